import assert from "node:assert/strict";
import { keptOf } from "../stacks/account/kept";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { POLICY_PACK, shortName, typeAndName } from "./lifecycle";

const key = (name: string): string => `ecommerce-platform:${name}`;
const managed = { kind: "opensearch-service" };
const domain = "aws:opensearch/domain:Domain::search-engine";
const job = "kubernetes:batch/v1:Job::search-create-users";

/** The stand-ins accept the managed search in prod's size, and change it in place (SE-01). */
describe("engine: managed search", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    it("prod with OpenSearch Service is created with the policy pack enforced, changed without a replacement, and destroyed", async () => {
        const stack = "managed-search";
        let session: Session | undefined;
        try {
            session = await environment?.start(stack, {
                stack: "prod",
                config: { [key("cloud")]: "aws", [key("search")]: managed },
                policyPack: POLICY_PACK,
            });
            assert.ok(session);
            const { violations } = await session.succeed({ kind: "up", policyPack: true });
            assert.deepEqual(
                violations.filter(({ level }) => level === "mandatory"),
                [],
            );
            const state = (await session.export()).resources ?? [];
            const names = state.map(({ urn }) => typeAndName(urn));
            assert.deepEqual(
                names.filter((one) => one.startsWith("aws:opensearch/") || one.endsWith("search-create-users")).sort(),
                [domain, job, "shop:search:UsersJob::search-create-users"].sort(),
            );
            assert.deepEqual(
                names.filter((one) => /Elasticsearch|Release::eck/.test(one)),
                [],
            );
            assert.equal(state.find(({ urn }) => typeAndName(urn) === domain)?.protect, true);
            const product = state.find(({ urn }) => typeAndName(urn) === "kubernetes:apps/v1:Deployment::product");
            assert.match(
                JSON.stringify(product),
                /"value":"vpc-shop-prod-[0-9a-f]{7}\.us-east-1\.es\.amazonaws\.com:443"/,
            );
            await session.succeed({ kind: "preview", expectNoChanges: true });
            await session.succeed({ kind: "refresh", expectNoChanges: true });

            const larger = { ...managed, instanceType: "m6g.xlarge.search", volumeGiB: 200 };
            const sized = await session.succeed({ kind: "up", config: { [key("search")]: larger } });
            assert.deepEqual(
                sized.changes.map(({ urn, op }) => [op, typeAndName(urn)]),
                [["update", domain]],
            );

            const renewed = { ...larger, passwordGeneration: 2 };
            const { changes } = await session.succeed({ kind: "up", config: { [key("search")]: renewed } });
            const operations = changes.map(({ urn, op }) => `${op} ${typeAndName(urn)}`);
            assert.ok(operations.includes(`update ${domain}`), operations.join("\n"));
            assert.ok(
                operations.some((one) => /replace/.test(one) && one.endsWith(job)),
                operations.join("\n"),
            );

            await session.succeed({ kind: "up", config: { [key("cluster")]: { deletionProtection: false } } });
            await session.succeed({ kind: "destroy" });
            const left = (await session.store.entries()).map(({ value }) => shortName(value));
            assert.deepEqual(left.sort(), keptOf("prod", "aws"));
        } finally {
            await environment?.finish(stack, session);
        }
    });
});
