import assert from "node:assert/strict";
import { join } from "node:path";
import { keptOf } from "../stacks/account/kept";
import type { Account } from "../stacks/account/updated";
import type { Json } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { shortName } from "./lifecycle";
import { LOCKED_VERSION } from "./providers/aws/storage";
import { bagsAt, stringAt, type Bag } from "./providers/core/value";

const key = (name: string): string => `ecommerce-platform:${name}`;

const unprotected = { [key("cluster")]: { deletionProtection: false } };

const locked = "shop-audit-prod-333333333333-us-east-1";

/** What is left of the storage and audit layers. */
const leftOf = async (session: Session): Promise<string[]> =>
    (await session.store.entries())
        .map(({ value }) => shortName(value))
        .filter((name) => name !== " ")
        .sort();

/** A version in a bucket that Object Lock protects. */
const lockVersion = (session: Session, bucket: string): Promise<void> =>
    session.store.put("aws", `${LOCKED_VERSION} ${bucket}/record`, { type: LOCKED_VERSION, inputs: { bucket } });

/** Keys of the buckets that are left, by bucket, and whether the key is left too. */
async function decryptable(session: Session): Promise<Record<string, boolean>> {
    const all = (await session.store.list("aws")).map(({ value }) => value);
    const ofType = (type: string): Bag[] => all.filter((value) => stringAt(value, "type") === type);
    const keys = ofType("aws:kms/key:Key").map((value) => stringAt(value, "outputs.arn"));
    const settings = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    return Object.fromEntries(
        ofType(settings).flatMap((value) => {
            const arns = bagsAt(value, "inputs.rules").map((rule) =>
                stringAt(rule, "applyServerSideEncryptionByDefault.kmsMasterKeyId"),
            );
            const bucket = stringAt(value, "inputs.bucket") ?? "";
            return arns.flatMap((arn) => (arn === undefined ? [] : [[bucket, keys.includes(arn)] as const]));
        }),
    );
}

describe("engine: data that outlives its stack", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    async function withStack(
        stack: string,
        cloud: Account,
        config: Readonly<Record<string, Json>>,
        steps: (session: Session) => Promise<void>,
    ): Promise<void> {
        const name = `kept-${stack}-${cloud}-${Object.keys(config).length}`;
        const program = join(__dirname, "programs/records.ts");
        const session = await environment?.start(name, {
            stack,
            config: { [key("cloud")]: cloud, ...config },
            program,
        });
        try {
            assert.ok(session);
            await session.succeed({ kind: "up" });
            await steps(session);
        } finally {
            await environment?.finish(name, session);
        }
    }

    /** What prod leaves of these two layers. */
    const kept = (cloud: Account): string[] =>
        keptOf("prod", cloud).filter((name) => !/ (storage-volumes|network-)/.test(name));

    it("buckets of prod on AWS stay with their settings, locks and keys, by the documented steps", async () => {
        await withStack("prod", "aws", {}, async (session) => {
            await lockVersion(session, locked);
            const refused = await session.run({ kind: "destroy", previewOnly: true });
            assert.match(refused.output, /cannot be deleted/);
            await session.succeed({ kind: "up", config: unprotected });
            await session.succeed({ kind: "destroy" });
            assert.deepEqual((await session.export()).resources ?? [], []);
            assert.deepEqual(await leftOf(session), kept("aws"));
            const bucketsWithKeys = ["audit", "backup", "logs"].map((purpose) => `shop-${purpose}-prod-333333333333`);
            assert.deepEqual(
                await decryptable(session),
                Object.fromEntries(
                    [
                        ...bucketsWithKeys.map((bucket) => `${bucket}-us-east-1`),
                        `${bucketsWithKeys[1] ?? ""}-us-west-2`,
                    ].map((bucket) => [bucket, true]),
                ),
            );
            const lock = await session.store.get(
                "aws",
                `aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration ${locked}`,
            );
            assert.deepEqual(lock?.["inputs"], {
                bucket: locked,
                rule: { defaultRetention: { mode: "GOVERNANCE", days: 400 } },
            });
        });
    });

    it("buckets of prod on GCP stay with their keys and grants", async () => {
        await withStack("prod", "gcp", {}, async (session) => {
            await session.succeed({ kind: "up", config: unprotected });
            await session.succeed({ kind: "destroy" });
            assert.deepEqual(await leftOf(session), kept("gcp"));
        });
    });

    it("a bucket that S3 does not delete, because it was locked before, does not lose its key", async () => {
        const data = (keepOnDestroy: boolean) => ({ [key("data")]: { keepOnDestroy } });
        await withStack("staging", "aws", data(true), async (session) => {
            const bucket = "shop-audit-staging-222222222222-us-east-1";
            await lockVersion(session, bucket);
            await session.succeed({ kind: "up", config: data(false) });
            const outcome = await session.run({ kind: "destroy", continueOnError: true });
            assert.match(outcome.output, /AccessDenied: Access Denied because object protected by object lock/);
            const left = await leftOf(session);
            assert.ok(left.includes("Bucket audit-records"), left.join("\n"));
            assert.ok(left.includes("Key audit-key"), left.join("\n"));
        });
    });

    for (const cloud of ["aws", "gcp"] as const) {
        it(`nothing of dev stays on ${cloud}, since nothing of it is locked`, async () => {
            await withStack("dev", cloud, {}, async (session) => {
                await session.succeed({ kind: "destroy" });
                assert.deepEqual(await leftOf(session), []);
            });
        });
    }
});
