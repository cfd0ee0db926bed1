import assert from "node:assert/strict";

import type { JsonObject } from "../../../tools/plan";
import { each, expectedSecrets, type ExpectedService, expectedSelector, same } from "./shop";
import { objectsOf, type ShopStack, shopStacks, types } from "./stacks";

interface Deployment {
    readonly spec: { readonly template: { readonly spec: JsonObject } };
}

/** All fields of a pod; `tolerations` only where a pool has a taint. */
const fields = [
    "affinity",
    "automountServiceAccountToken",
    "containers",
    "enableServiceLinks",
    "priorityClassName",
    "securityContext",
    "serviceAccountName",
    "terminationGracePeriodSeconds",
    "tolerations",
    "topologySpreadConstraints",
    "volumes",
];

const isIn = (key: string, value: string) => ({ key, operator: "In", values: [value] });

const required = (...matchExpressions: readonly object[]) => ({
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
});

const preferred = (...matchExpressions: readonly object[]) => ({
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: { matchExpressions } }],
});

/** Node affinity of a service (CL-05 to CL-07, CL-12, CL-15). */
function nodeAffinity({ nodes, spot }: ShopStack, service: ExpectedService): object | undefined {
    if (nodes === "compact") {
        return required(isIn("workload", service.compactPool));
    }
    if (nodes === "standard" && service.pool === "payment") {
        return required(isIn("workload", "payment"), isIn("pci", "true"));
    }
    return nodes === "standard" && service.spot && spot ? preferred(isIn("workload", "spot")) : undefined;
}

/** Tolerations of a service: of the payment nodes' taint, or of the spot nodes'. */
function tolerations({ nodes, spot }: ShopStack, service: ExpectedService): object[] | undefined {
    const toleration = (key: string, value: string) => [{ key, operator: "Equal", value, effect: "NoSchedule" }];
    if (nodes !== "standard") {
        return undefined;
    }
    return service.pool === "payment"
        ? toleration("pci", "true")
        : service.spot && spot
          ? toleration("workload", "spot")
          : undefined;
}

for (const stack of shopStacks) {
    describe(`the pod of every service in ${stack.title}`, () => {
        let pods: Record<string, JsonObject>;
        const field = (name: string) => each((service) => pods[service]?.[name]);

        before(async () => {
            const deployment = objectsOf((await stack.plan()).resources, types.deployment);
            pods = each((name) => (deployment(name) as unknown as Deployment).spec.template.spec);
        });

        it("has no field besides these", () => {
            assert.deepEqual(
                each((name) => Object.keys(pods[name] ?? {}).sort()),
                each((_name, service) =>
                    fields.filter((one) => one !== "tolerations" || tolerations(stack, service) !== undefined),
                ),
            );
        });

        it("has an account of its own and no token of it (SC-04)", () => {
            assert.deepEqual(
                field("serviceAccountName"),
                each((name) => name),
            );
            assert.deepEqual(field("automountServiceAccountToken"), same(false));
        });

        it("has no variables of other Services", () => {
            assert.deepEqual(field("enableServiceLinks"), same(false));
        });

        it("has the priority of its importance", () => {
            assert.deepEqual(
                field("priorityClassName"),
                each((_name, { importance }) => `shop-${importance}`),
            );
        });

        it("runs as user 10001, with the runtime's seccomp profile (SC-01)", () => {
            assert.deepEqual(
                field("securityContext"),
                same({
                    runAsNonRoot: true,
                    runAsUser: 10001,
                    runAsGroup: 10001,
                    fsGroup: 10001,
                    fsGroupChangePolicy: "OnRootMismatch",
                    seccompProfile: { type: "RuntimeDefault" },
                }),
            );
        });

        it("is spread over zones with a skew of one, then over nodes, each revision separately (CL-13, CL-14)", () => {
            const constraint = (name: string, topologyKey: string, maxSkew: number) => ({
                maxSkew,
                topologyKey,
                whenUnsatisfiable: stack.whenUnsatisfiable,
                labelSelector: { matchLabels: expectedSelector(name) },
                matchLabelKeys: ["pod-template-hash"],
                nodeTaintsPolicy: "Honor",
                nodeAffinityPolicy: "Honor",
            });
            assert.deepEqual(
                field("topologySpreadConstraints"),
                each((name) => [
                    constraint(name, "topology.kubernetes.io/zone", 1),
                    // A node that is full without the service would keep its other pods pending.
                    constraint(name, "kubernetes.io/hostname", stack.whenUnsatisfiable === "DoNotSchedule" ? 2 : 1),
                ]),
            );
        });

        it("prefers nodes without its like, and requires or prefers those of its pool (CL-05 to CL-07, CL-12)", () => {
            assert.deepEqual(
                field("affinity"),
                each((name, service) => {
                    const own = nodeAffinity(stack, service);
                    return {
                        podAntiAffinity: {
                            preferredDuringSchedulingIgnoredDuringExecution: [
                                {
                                    weight: 100,
                                    podAffinityTerm: {
                                        topologyKey: "kubernetes.io/hostname",
                                        labelSelector: { matchLabels: expectedSelector(name) },
                                    },
                                },
                            ],
                        },
                        ...(own === undefined ? {} : { nodeAffinity: own }),
                    };
                }),
            );
        });

        it("tolerates the taint of its pool and no other (CL-07, CL-12)", () => {
            assert.deepEqual(
                field("tolerations"),
                each((_name, service) => tolerations(stack, service)),
            );
        });

        it("has 45 s to stop: the pause of five, and 40 to finish requests (SV-15)", () => {
            assert.deepEqual(field("terminationGracePeriodSeconds"), same(45));
        });

        it("has an empty folder of at most 64 MiB, and its Secrets, which only its group can read (SC-05)", () => {
            assert.deepEqual(
                field("volumes"),
                each((name) => [
                    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
                    ...expectedSecrets(name).map(({ volume, secretName }) => ({
                        name: volume,
                        secret: { secretName, defaultMode: 0o440 },
                    })),
                ]),
            );
        });
    });
}
