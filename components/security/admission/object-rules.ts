import { namespaces, type NamespaceName } from "../../../catalog/types";
import type { AdmissionRule } from "./rule";

/** Nobody reads the memory of a payment, and no shell is in its network: administrators neither (SC-03, SC-14). */
export const noDebuggingOfPayment: AdmissionRule = {
    name: "no-debugging-of-payment",
    namespaces: ["payment"],
    requests: [
        {
            apiGroup: "",
            apiVersion: "v1",
            resources: ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy"],
            operations: ["CONNECT"],
        },
        { apiGroup: "", apiVersion: "v1", resources: ["pods/ephemeralcontainers"], operations: ["UPDATE"] },
    ],
    validations: [
        {
            expression: "false",
            refusal: {
                message:
                    "no request reaches into a pod of namespace payment; read its logs, metrics and traces, or reproduce it in staging",
            },
        },
    ],
};

const services = (within: readonly NamespaceName[], name: string): Omit<AdmissionRule, "validations"> => ({
    name,
    namespaces: within,
    requests: [{ apiGroup: "", apiVersion: "v1", resources: ["services"], operations: ["CREATE", "UPDATE"] }],
});

/**
 * Only the gateway is reachable from outside (NW-10). A Service of type ExternalName names an address that no network policy
 * knows.
 */
export const internalServices: AdmissionRule = {
    ...services(
        namespaces.filter((namespace) => namespace !== "ingress"),
        "internal-services",
    ),
    validations: [
        {
            expression: "object.spec.?type.orValue('ClusterIP') == 'ClusterIP'",
            refusal: {
                messageExpression:
                    "'Service of type ' + object.spec.type + ': only the gateway, in namespace ingress, is reachable from outside; " +
                    "give ClusterIP, and a route of the gateway'",
            },
        },
    ],
};

/** Any user who may create Services could take over an address with it: CVE-2020-8554 (NW-10). */
export const noExternalIps: AdmissionRule = {
    ...services(namespaces, "no-external-ips"),
    validations: [
        {
            expression: "size(object.spec.?externalIPs.orValue([])) == 0",
            refusal: { message: "spec.externalIPs takes over traffic to these addresses; remove it" },
        },
    ],
};

/**
 * Two controllers that react to the use of CPU and memory would work against each other: beside a HorizontalPodAutoscaler,
 * recommendations only (AS-09).
 *
 * @param within the namespaces of autoscaled workloads
 */
export function verticalAutoscalersRecommend(within: readonly NamespaceName[]): AdmissionRule {
    return {
        name: "vertical-autoscalers-recommend",
        namespaces: within,
        requests: [
            {
                apiGroup: "autoscaling.k8s.io",
                apiVersion: "v1",
                resources: ["verticalpodautoscalers"],
                operations: ["CREATE", "UPDATE"],
            },
        ],
        validations: [
            {
                expression: "object.spec.?updatePolicy.?updateMode.orValue('Recreate') == 'Off'",
                refusal: {
                    message:
                        'a HorizontalPodAutoscaler scales these workloads by the same metrics; set spec.updatePolicy.updateMode to "Off"',
                },
            },
        ],
    };
}
