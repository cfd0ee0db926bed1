import { checkOptional } from "../../lib/checks";
import { configList, listSchema, objectId, objectRule, type ObjectView } from "../../lib/object-rule";
import { leaf } from "../../lib/read";
import type { Finding, RuleConfig } from "../../lib/types";

/** A load balancer exposes the Service; only listed Services may have one. */
export function checkLoadBalancer(service: ObjectView, config: RuleConfig): Finding[] {
    const id = objectId(service);
    return id !== undefined && configList(config, "allow").includes(id)
        ? []
        : checkOptional(
              leaf(service, "spec", "type"),
              (type) => type !== "LoadBalancer",
              "creates a load balancer for a Service that is not on the allow list",
          );
}

export const forbidLoadBalancerServices = objectRule({
    name: "forbid-load-balancer-services",
    description: "Services must not be load balancers unless the config lists them.",
    severity: "high",
    area: "network",
    reference: "PO-01",
    kinds: ["Service"],
    remediationSteps: "Route through the gateway, or add namespace/name to `allow` in this policy's config.",
    url: "https://kubernetes.io/docs/concepts/services-networking/service/",
    configSchema: listSchema("allow", "Services, as namespace/name, that may be load balancers."),
    check: checkLoadBalancer,
});
