import type { PlannedResource } from "../../tools/plan";
import { serviceNames, shop } from "./services/shop";
import { membersOf } from "./security/connections";
import type { MemberStack } from "./security/members";

/** `type name` of a resource by its URN, with the last part of the type. */
export function shortName(urn: string): string {
    const [type = "", name = ""] = urn.split("::").slice(-2);
    return `${type.split(/[:$]/).at(-1) ?? ""} ${name}`;
}

/** What a resource waits for, sorted. */
export function waitsFor({ options }: PlannedResource): string[] {
    return (options.dependsOn ?? []).map(shortName).sort();
}

const security = [
    "cert-manager-cainjector",
    "cert-manager-controller",
    "cert-manager-startupapicheck",
    "cert-manager-webhook",
    "external-secrets-cert-controller",
    "external-secrets-controller",
    "external-secrets-webhook",
    "reloader-controller",
];

/** Groups of the pods of KEDA (AS-06). */
export const autoscalerGroups = ["keda-metrics-server", "keda-operator", "keda-webhooks"];

/** Groups of pods with a network policy in a namespace of a stack. */
export function podGroups(namespace: string, stack: MemberStack): string[] {
    const { cloud, tier } = stack;
    const dns = cloud === "existing" ? [] : ["external-dns-controller"];
    const balancer = cloud === "aws" ? ["aws-load-balancer-controller-controller"] : [];
    const recommender =
        tier === "prod" && cloud !== "gcp"
            ? ["admission-controller", "recommender", "updater"].map((part) => `vertical-pod-autoscaler-${part}`)
            : [];
    const system = { gcp: [], aws: ["karpenter-controller"], existing: ["metrics-server-controller"] }[cloud];
    const own: Readonly<Record<string, readonly string[]>> = {
        monitoring: tier === "dev" || stack.replica ? [] : autoscalerGroups,
        ingress: [...dns, ...balancer],
        security: [...security, ...(cloud === "existing" ? [] : ["kube-bench"])],
        "kube-system": [...system, ...recommender],
    };
    const services = serviceNames.filter((name) => shop[name].namespace === namespace);
    const stores = Object.entries(membersOf(stack)).filter(([, member]) => member.namespace === namespace);
    return [...services, ...stores.map(([name]) => name), ...(own[namespace] ?? [])].sort();
}

/** The namespace and the objects that every namespace has. */
export function namespaceDefaults(namespace: string): string[] {
    return [
        `Namespace ${namespace}`,
        `LimitRange ${namespace}-limits`,
        `ResourceQuota ${namespace}-quota`,
        `NetworkPolicy ${namespace}-default-deny`,
        `NetworkPolicy ${namespace}-allow-dns`,
    ];
}

/** What every object in a namespace waits for: the namespace, its defaults, and the network policies of all its pods. */
export function namespaceObjects(namespace: string, stack: MemberStack): string[] {
    const policies = podGroups(namespace, stack).map((group) => `NetworkPolicy ${group}-policy`);
    return [...namespaceDefaults(namespace), ...policies];
}
