import { finding } from "../../lib/judge";
import { objectRule, type ObjectView } from "../../lib/object-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** An external IP lets a Service take over traffic meant for somebody else (CVE-2020-8554). */
export function checkExternalIps(service: ObjectView): Finding[] {
    const list = leaf(service, "spec", "externalIPs");
    const empty = list.state === "absent" || (Array.isArray(list.value) && list.value.length === 0);
    return empty ? [] : [finding(list, "lets the Service receive traffic for addresses that it chooses")];
}

export const forbidExternalIps = objectRule({
    name: "forbid-external-ips",
    description: "Services must not claim external IP addresses.",
    severity: "high",
    area: "network",
    reference: "PO-01",
    kinds: ["Service"],
    remediationSteps: "Remove spec.externalIPs and route through the gateway.",
    url: "https://nvd.nist.gov/vuln/detail/CVE-2020-8554",
    check: checkExternalIps,
});
