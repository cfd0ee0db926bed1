import assert from "node:assert/strict";

import { cloudProviders, drProvider } from "../../../components/cloud";
import { configOf, created, createdOne, inputs, planned } from "../../components/layers";
import { sharedPlan } from "../plans";
import { awsSites, gcpSites } from "./sites";
import { ofType, stacks, type StackName, updated } from "./updated";

const tiers: Readonly<Record<StackName, string>> = { dev: "dev", staging: "staging", prod: "prod", "prod-dr": "prod" };
const labelsOf = (stack: StackName) => ({
    "part-of": "ecommerce-platform",
    "managed-by": "pulumi",
    stack,
    tier: tiers[stack],
});

for (const stack of stacks) {
    describe(`the cloud providers of ${stack}`, () => {
        it("are bound on AWS to one account, one for each region", async () => {
            const { account, region, drRegion } = awsSites[stack];
            const provider = (place: string) => ({
                region: place,
                allowedAccountIds: JSON.stringify([account]),
                defaultTags: JSON.stringify({ tags: labelsOf(stack) }),
                // Set by the provider's SDK.
                skipCredentialsValidation: "false",
                skipRegionValidation: "true",
            });
            assert.deepEqual(ofType(await updated(stack, "aws"), "pulumi:providers:aws"), {
                aws: provider(region),
                ...(drRegion === undefined ? {} : { "aws-dr": provider(drRegion) }),
            });
        });

        it("are bound on GCP to one project and region", async () => {
            const { project, region } = gcpSites[stack];
            assert.deepEqual(ofType(await updated(stack, "gcp"), "pulumi:providers:gcp"), {
                gcp: { project, region, defaultLabels: JSON.stringify(labelsOf(stack)) },
            });
        });

        it("create every resource of the cloud, and the second region's only the copy of backups (CL-18)", async () => {
            for (const cloud of ["aws", "gcp"] as const) {
                const { resources } = await sharedPlan(stack, cloud);
                const own = resources.filter(({ type }) => type.startsWith(`${cloud}:`));
                const others = own.filter(({ provider }) => provider?.split("::").pop() !== cloud);
                const copied = awsSites[stack].drRegion !== undefined && cloud === "aws";
                const copies = others.map(({ name, provider }) => [name, provider?.split("::").pop()]);
                const isCopy = (name: string) => name.startsWith("storage-buckets-copy-");
                assert.deepEqual(
                    copies,
                    own.filter(({ name }) => isCopy(name)).map(({ name }) => [name, "aws-dr"]),
                );
                // Two buckets with seven settings each and one of access logs, the key, and the lock in prod.
                const settings = 2 + 2 * 6 + 1 + 1 + (awsSites[stack].locked ? 1 : 0);
                assert.equal(copies.length, copied ? settings : 0);
            }
        });
    });
}

describe("the cloud providers", () => {
    it("add the configuration's labels to their own, which they cannot replace", async () => {
        const labels = { team: "shop", tier: "another" };
        const aws = await planned(() => cloudProviders(configOf("aws", "dev", { labels })));
        const gcp = await planned(() => cloudProviders(configOf("gcp", "dev", { labels })));
        const own = { ...labels, "part-of": "ecommerce-platform", "managed-by": "pulumi", stack: "dev", tier: "dev" };
        const read = (text: unknown) => JSON.parse(text as string) as unknown;
        assert.deepEqual(read(inputs(aws, "pulumi:providers:aws", "aws")["defaultTags"]), { tags: own });
        assert.deepEqual(read(inputs(gcp, "pulumi:providers:gcp", "gcp")["defaultLabels"]), own);
    });

    it("do not exist for an existing cluster, nor in a second region where nothing is copied", async () => {
        assert.deepEqual(await planned(() => cloudProviders(configOf("existing", "prod"))), []);
        assert.equal(drProvider(configOf("existing", "prod")), undefined);
        assert.equal(drProvider(configOf("gcp", "prod")), undefined);
        assert.equal(drProvider(configOf("aws", "dev")), undefined);
        const all = await created(() => drProvider(configOf("aws", "prod")), {});
        assert.equal(createdOne(all, "pulumi:providers:aws", "aws-dr")["region"], "us-west-2");
    });
});
