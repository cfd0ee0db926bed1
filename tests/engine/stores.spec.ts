import assert from "node:assert/strict";
import { join } from "node:path";
import type { Change } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { typeAndName } from "./lifecycle";
import { storeSteps } from "./store-steps";

const key = (name: string): string => `ecommerce-platform:${name}`;

const policy = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";

const program = join(__dirname, "programs/earlier-stores.ts");

/** `<op> <type>::<name> <paths>`. A replacement is one line: its creation and deletion are further operations. */
function view(changes: readonly Change[]): string[] {
    return changes
        .filter(({ op }) => op !== "create-replacement" && op !== "delete-replaced")
        .map(({ op, urn, paths = [] }) => [op, typeAndName(urn), ...paths].join(" "))
        .sort();
}

/** Every service that calls a store has its address already, and gets credentials; the others are not touched. */
const callers = ["inventory", "notification", "order", "payment", "product", "user"];
const admission = ["admitted-images", "images-by-digest"].map((name) => `${policy}::${name}`);

/** What an update from the release before the stores changes of what exists, by cloud: their images are admitted. */
const updated: Readonly<Record<"gcp" | "aws" | "existing", readonly string[]>> = {
    gcp: ["gcp:binaryauthorization/policy:Policy::cluster-admission", ...admission],
    aws: admission,
    existing: admission,
};

const services = [
    // In the program of before too, without credentials.
    "kubernetes:batch/v1:CronJob::cache-warm-job",
    ...callers.map((name) => `kubernetes:apps/v1:Deployment::${name}`),
    ...callers.map((name) => `kubernetes:networking.k8s.io/v1:NetworkPolicy::${name}-policy`),
    ...["cache", "data", "messaging", "monitoring"].map((name) => `kubernetes:core/v1:ResourceQuota::${name}-quota`),
];

/** KEDA takes the autoscaler of order over, and creates it again (AS-06). */
const deleted = ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler::order-autoscaler"];

/** Everything that holds data: none of it is ever replaced. */
const holders = [
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
    "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch",
    "kubernetes:kafka.strimzi.io/v1:Kafka",
    "kubernetes:kafka.strimzi.io/v1:KafkaNodePool",
    "kubernetes:postgresql.cnpg.io/v1:Cluster",
];

describe("engine: stores", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    for (const cloud of ["gcp", "aws", "existing"] as const) {
        describe(`prod on ${cloud}`, () => {
            const name = `stores-${cloud}`;
            let session: Session | undefined;
            before(async () => {
                session = await environment?.start(name, {
                    stack: "prod",
                    config: { [key("cloud")]: cloud, "test:stores": "earlier" },
                    program,
                });
                await session?.succeed({ kind: "up" });
            });
            after(() => environment?.finish(name, session));

            it("gets its stores in an update that replaces nothing, and deletes the autoscaler of order", async () => {
                assert.ok(session);
                const before = (await session.export()).resources ?? [];
                for (const kind of ["preview", "up"] as const) {
                    const { changes } = await session.succeed({ kind, config: { "test:stores": "now" } });
                    assert.deepEqual(
                        [...new Set(changes.map(({ op }) => op))].sort(),
                        ["create", "delete", "update"],
                        kind,
                    );
                    const deletions = changes.filter(({ op }) => op === "delete").map(({ urn }) => typeAndName(urn));
                    assert.deepEqual(deletions, deleted, kind);
                    const updates = changes.filter(({ op }) => op === "update").map(({ urn }) => typeAndName(urn));
                    assert.deepEqual(updates.sort(), [...updated[cloud], ...services].sort(), kind);
                }
                const now = new Map((await session.export()).resources?.map(({ urn, id }) => [urn, id]));
                assert.deepEqual(
                    before
                        .filter(({ urn, id }) => !now.has(urn) || now.get(urn) !== id)
                        .map(({ urn }) => typeAndName(urn)),
                    deleted,
                    "lost or replaced",
                );
                const holding = [...now.keys()]
                    .map(typeAndName)
                    .filter((one) => holders.includes(one.split("::")[0] ?? ""));
                assert.equal(new Set(holding.map((one) => one.split("::")[0])).size, cloud === "existing" ? 5 : 6);
                await session.succeed({ kind: "preview", expectNoChanges: true });
            });

            if (cloud !== "gcp") {
                return;
            }
            for (const { title, config, operations } of storeSteps) {
                it(title, async () => {
                    assert.ok(session);
                    const { changes } = await session.succeed({ kind: "up", config });
                    assert.deepEqual(view(changes), [...operations].sort());
                    const lost = changes.filter(
                        ({ op, urn }) => op !== "update" && holders.includes(typeAndName(urn).split("::")[0] ?? ""),
                    );
                    assert.deepEqual(lost, [], "what holds data is replaced");
                });
            }
            it("has no operations left after these changes", async () => {
                await session?.succeed({ kind: "preview", expectNoChanges: true });
            });
        });
    }
});
