import assert from "node:assert/strict";

import type { Settings } from "../../components/platform-config";
import type { PlannedResource } from "../../tools/plan";
import { changedInputs } from "../components/changed-inputs";
import { configOf, platformPlan } from "../components/layers";
import { page, rows, section } from "./tables";

const clouds = ["gcp", "aws"] as const;
type Cloud = (typeof clouds)[number];

/** A row of the table whose effect is computed from two plans of prod. */
interface Computed {
    readonly to: (cloud: Cloud) => Partial<Settings>;
    /** The operations on resources of the cloud, as `<operation> <type>`, or the only operation on any type. */
    readonly operations: Readonly<Record<Cloud, readonly string[] | "delete">>;
}

/** A row that another test proves. */
interface Proven {
    readonly file: string;
    readonly title: string;
}

interface Row {
    /** Start of the first cell. */
    readonly change: string;
    readonly by: Computed | Proven;
    /** Parts of the second cell. */
    readonly says: readonly string[];
}

const table: readonly Row[] = [
    {
        change: "a chart's version",
        by: { file: "tests/engine/changes.spec.ts", title: "a changed chart version updates its release" },
        says: ["updated in place"],
    },
    {
        change: "a pool's bounds, an EKS add-on's version",
        by: {
            to: () => ({ nodePools: { app: { min: 9, max: 24 } } }),
            operations: { gcp: ["update NodePool"], aws: ["update NodeGroup"] },
        },
        says: ["updated in place"],
    },
    {
        change: "`labels`",
        by: {
            to: () => ({ labels: { "cost-center": "shop-4711" } }),
            operations: {
                gcp: ["update Cluster", "update NodePool"],
                aws: ["update LaunchTemplate"],
            },
        },
        says: ["is updated in place", "because their tags are in the launch template"],
    },
    {
        change: "`cluster.authorizedNetworks`",
        by: {
            to: () => ({ cluster: { authorizedNetworks: ["203.0.113.0/24"] } }),
            operations: { gcp: ["update Cluster"], aws: ["create SecurityGroupIngressRule"] },
        },
        says: ["the cluster is updated in place", "on AWS with a private endpoint an ingress rule is created"],
    },
    {
        change: "a pool's machine type",
        by: {
            to: (cloud) => ({
                nodePools: { database: { machineType: cloud === "gcp" ? "c2-standard-16" : "m8i.2xlarge" } },
            }),
            operations: { gcp: ["update NodePool"], aws: ["replace NodeGroup"] },
        },
        says: ["GKE replaces the pool's nodes one at a time", "on AWS its node groups are replaced"],
    },
    {
        change: "a higher `kubernetesVersion`",
        by: {
            file: "tests/engine/way-in.spec.ts",
            title: "an update that raises the version is refused where it would lower it",
        },
        says: ["EKS with `cluster.upgrade`"],
    },
    {
        change: "`cluster.networkOnly`",
        by: { to: () => ({ cluster: { networkOnly: true } }), operations: { gcp: "delete", aws: "delete" } },
        says: ["everything but the network is deleted"],
    },
    {
        change: "`nodePools.generation`",
        by: {
            to: () => ({ nodePools: { generation: "latest" } }),
            operations: { gcp: ["update NodePool"], aws: ["replace NodeGroup"] },
        },
        says: ["the machines and boot disks of every pool change as above"],
    },
    {
        change: "`nodePools.profile`",
        by: { file: "tests/engine/compact.spec.ts", title: "engine: the compact profile" },
        says: ["for disposable dev stacks only"],
    },
    {
        change: "the name of a stack",
        // The replacements that follow from those of the network are not in a plan.
        by: {
            to: () => ({ network: { nodes: "10.99.0.0/16" } }),
            operations: {
                gcp: ["replace Subnetwork"],
                aws: ["replace Subnet", "replace Vpc", "update SecurityGroupIngressRule"],
            },
        },
        says: ["a new cluster is created"],
    },
];

function operation(before: PlannedResource | undefined, after: PlannedResource | undefined): string | undefined {
    if (before === undefined || after === undefined) {
        return before === undefined ? "create" : "delete";
    }
    const changed = changedInputs(before, after);
    return changed.length === 0 ? undefined : changed.some(({ replaces }) => replaces) ? "replace" : "update";
}

const unchanged = new Map<Cloud, Promise<readonly PlannedResource[]>>();

/** The plan of prod, computed once. */
function prod(cloud: Cloud): Promise<readonly PlannedResource[]> {
    const plan = unchanged.get(cloud) ?? platformPlan(configOf(cloud, "prod"));
    unchanged.set(cloud, plan);
    return plan;
}

/** The operations on resources of the cloud between two plans of prod, each once. */
async function operations(cloud: Cloud, to: Partial<Settings>): Promise<string[]> {
    const plans = [await prod(cloud), await platformPlan(configOf(cloud, "prod", to))];
    const [before = new Map<string, PlannedResource>(), after = new Map<string, PlannedResource>()] = plans.map(
        (plan) =>
            new Map(
                plan.filter(({ type }) => type.startsWith(`${cloud}:`)).map((resource) => [resource.urn, resource]),
            ),
    );
    const all = [...new Set([...before.keys(), ...after.keys()])].flatMap((urn) => {
        const found = operation(before.get(urn), after.get(urn));
        const type = (after.get(urn) ?? before.get(urn))?.type.split(":").pop() ?? "";
        return found === undefined ? [] : [`${found} ${type}`];
    });
    return [...new Set(all)].sort();
}

describe("docs/clusters.md's effects of changes", () => {
    const cells = rows(section(page("docs/clusters.md"), "## Effects of changes"));

    it("are the rows of this test", () => {
        assert.deepEqual(
            cells.map(([change = ""], index) => change.startsWith(table[index]?.change ?? "?")),
            table.map(() => true),
        );
    });

    for (const [index, { change, by, says }] of table.entries()) {
        it(`${change}: ${says.join("; ")}`, async () => {
            const [, effect = ""] = cells[index] ?? [];
            for (const part of says) {
                assert.ok(effect.includes(part), `${part}: ${effect}`);
            }
            if ("file" in by) {
                assert.ok(page(by.file).includes(`"${by.title}"`), `${by.file} has no test "${by.title}"`);
                return;
            }
            for (const cloud of clouds) {
                const found = await operations(cloud, by.to(cloud));
                const expected: readonly string[] | "delete" = by.operations[cloud];
                if (typeof expected === "string") {
                    assert.deepEqual([...new Set(found.map((one) => one.split(" ")[0]))], [expected], cloud);
                } else {
                    assert.deepEqual(found, expected, cloud);
                }
            }
        });
    }
});
