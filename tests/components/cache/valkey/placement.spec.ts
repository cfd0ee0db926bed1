import assert from "node:assert/strict";

import { instancesOf, membersOf } from "../../../../components/cache/instances";
import { memberLabels, memberPlacement } from "../../../../components/cache/valkey/placement";
import { configOf } from "../../layers";

const selector = { "app.kubernetes.io/name": "valkey-state", "app.kubernetes.io/part-of": "ecommerce-platform" };
const [instance] = instancesOf(configOf("gcp", "prod"));
const members = membersOf(instance!);
const args = { instance: "valkey-state", members: 6, pool: "cache", dedicatedPools: true } as const;

interface Term {
    readonly topologyKey: string;
    readonly labelSelector: {
        readonly matchLabels: Readonly<Record<string, string>>;
        readonly matchExpressions: readonly { readonly operator: string; readonly values: readonly string[] }[];
    };
}

/** Whether the scheduler may place the member in the zone, by its required terms, as kube-scheduler reads them. */
function allowed(member: (typeof members)[number], zone: string, placed: ReadonlyMap<number, string>): boolean {
    const { affinity } = memberPlacement({ ...args, member, spread: "required" }) as {
        affinity: Record<string, { requiredDuringSchedulingIgnoredDuringExecution: readonly Term[] }>;
    };
    const matches = (term: Term, index: number) => {
        const [{ operator, values }] = term.labelSelector.matchExpressions as [{ operator: string; values: string[] }];
        const place = memberLabels(members[index]!)["cache.shop/place"]!;
        return operator === "In" ? values.includes(place) : !values.includes(place);
    };
    const others = [...placed];
    const near = affinity["podAffinity"]!.requiredDuringSchedulingIgnoredDuringExecution.every((term) => {
        const found = others.filter(([index]) => matches(term, index));
        // The first pod of a group that matches its own term may run anywhere.
        return found.length === 0 || found.some(([, where]) => where === zone);
    });
    const apart = affinity["podAntiAffinity"]!.requiredDuringSchedulingIgnoredDuringExecution.every(
        (term) => !others.some(([index, where]) => where === zone && matches(term, index)),
    );
    return near && apart;
}

/** All orders of some items. */
function orders(items: readonly number[]): number[][] {
    return items.length <= 1
        ? [[...items]]
        : items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

describe("the zones of a cluster's members (CA-01)", () => {
    const zones = ["a", "b", "c"];

    it("separate master and replica, and the masters' homes, whatever the order of scheduling and the choice of zones", () => {
        let seen = 0;
        for (const order of orders(members.map((_, index) => index))) {
            // The scheduler takes any zone that is allowed: the first, the last, and the one with the fewest pods.
            const count = (zone: string, placed: ReadonlyMap<number, string>) =>
                [...placed.values()].filter((one) => one === zone).length;
            for (const choose of [
                (free: string[]) => free[0],
                (free: string[]) => free[free.length - 1],
                (free: string[], placed: ReadonlyMap<number, string>) =>
                    [...free].sort((a, b) => count(a, placed) - count(b, placed))[0],
            ]) {
                const placed = new Map<number, string>();
                for (const index of order) {
                    const free = zones.filter((one) => allowed(members[index]!, one, placed));
                    const zone = choose(free, placed);
                    assert.ok(zone !== undefined, `${members[index]!.name} is pending in order ${order.join()}`);
                    placed.set(index, zone);
                }
                const zoneOf = (shard: number, member: number) =>
                    placed.get(members.findIndex((one) => one.shard === shard && one.member === member));
                for (const shard of [0, 1, 2]) {
                    assert.notEqual(zoneOf(shard, 0), zoneOf(shard, 1));
                }
                assert.equal(new Set([0, 1, 2].map((shard) => zoneOf(shard, 0))).size, 3);
                seen += 1;
            }
        }
        assert.equal(seen, 2160);
    });

    it("are the same after a member was rescheduled without its volume", () => {
        const placed = new Map(members.map((one, index) => [index, zones[one.place]!]));
        members.forEach((one, index) => {
            const others = new Map([...placed].filter(([key]) => key !== index));
            assert.deepEqual(
                zones.filter((zone) => allowed(one, zone, others)),
                [zones[one.place]],
                one.name,
            );
        });
    });
});

describe("the placement of a member", () => {
    const member = members[5]!;
    const spread = (topologyKey: string) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: selector },
        matchLabelKeys: ["pod-template-hash"],
        nodeTaintsPolicy: "Honor",
        nodeAffinityPolicy: "Honor",
    });
    const topologySpreadConstraints = [spread("topology.kubernetes.io/zone"), spread("kubernetes.io/hostname")];
    const place = (operator: string) => ({
        topologyKey: "topology.kubernetes.io/zone",
        labelSelector: {
            matchLabels: selector,
            matchExpressions: [{ key: "cache.shop/place", operator, values: ["0"] }],
        },
    });
    const hosts = {
        weight: 100,
        podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: selector } },
    };

    it("has exactly these fields on the cache pool", () => {
        assert.deepEqual(memberPlacement({ ...args, member, spread: "required" }), {
            affinity: {
                nodeAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: {
                        nodeSelectorTerms: [
                            { matchExpressions: [{ key: "workload", operator: "In", values: ["cache"] }] },
                        ],
                    },
                },
                podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [place("In")] },
                podAntiAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [hosts],
                    requiredDuringSchedulingIgnoredDuringExecution: [place("NotIn")],
                },
            },
            tolerations: [{ key: "workload", operator: "Equal", value: "cache", effect: "NoSchedule" }],
            topologySpreadConstraints,
        });
    });

    it("only prefers zones where the spread is preferred, and none for a single member", () => {
        const shared = { ...args, member, dedicatedPools: false, spread: "preferred" } as const;
        assert.deepEqual(memberPlacement(shared), {
            affinity: {
                podAntiAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: place("NotIn") }],
                },
            },
            topologySpreadConstraints,
        });
        assert.deepEqual(memberPlacement({ ...shared, members: 1 }), {
            affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [hosts] } },
            topologySpreadConstraints,
        });
    });

    it("follows from labels of the pod", () => {
        assert.deepEqual(memberLabels(member), { "cache.shop/shard": "2", "cache.shop/place": "0" });
    });
});
