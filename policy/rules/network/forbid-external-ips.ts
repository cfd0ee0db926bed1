import { finding } from "../../lib/checks";
import { objectRule, type ObjectView } from "../../lib/object-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** An external IP lets a Service intercept traffic to that address (CVE-2020-8554). */
export function checkExternalIps(service: ObjectView): Finding[] {
    const list = leaf(service, "spec", "externalIPs");
    const empty = list.state === "absent" || (Array.isArray(list.value) && list.value.length === 0);
    return empty ? [] : [finding(list, "lets the Service intercept traffic to arbitrary addresses")];
}

export const forbidExternalIps = objectRule({
    name: "forbid-external-ips",
    description: "Services must not have external IP addresses.",
    severity: "high",
    area: "network",
    reference: "PO-01",
    kinds: ["Service"],
    remediationSteps: "Remove spec.externalIPs and route through the gateway.",
    url: "https://nvd.nist.gov/vuln/detail/CVE-2020-8554",
    check: checkExternalIps,
});
