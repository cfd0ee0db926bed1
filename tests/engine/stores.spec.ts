import assert from "node:assert/strict";
import { join } from "node:path";
import type { Change, Json } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { typeAndName } from "./lifecycle";
import { copyJob, jobImage } from "./store-jobs";

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
    ...["cache", "data", "messaging"].map((name) => `kubernetes:core/v1:ResourceQuota::${name}-quota`),
];

/** Everything that holds data: none of it is ever replaced. */
const holders = [
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
    "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch",
    "kubernetes:kafka.strimzi.io/v1:Kafka",
    "kubernetes:kafka.strimzi.io/v1:KafkaNodePool",
    "kubernetes:postgresql.cnpg.io/v1:Cluster",
];

interface Step {
    readonly title: string;
    readonly config: Readonly<Record<string, Json>>;
    readonly operations: readonly string[];
}

const cluster = "update kubernetes:postgresql.cnpg.io/v1:Cluster::database-cluster";

const quota = (namespace: string, ...resources: readonly string[]): string =>
    [
        `update kubernetes:core/v1:ResourceQuota::${namespace}-quota`,
        ...resources.map((name) => (name === "pods" ? "spec.hard.pods" : `spec.hard["${name}"]`)),
    ].join(" ");

const all = ["pods", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

const grown = { maxConnections: 720, storageGiB: 300, walGiB: 75 };

const members = ["0-a", "0-b", "1-a", "1-b", "2-a", "2-b"];

const image = (container: number): string => `spec.template.spec.containers[${container}].image`;

/** Changes of a running stack, applied one after the other. */
const steps: readonly Step[] = [
    {
        title: "a parameter of PostgreSQL changes it alone",
        config: { [key("database")]: { maxConnections: 720 } },
        operations: [`${cluster} spec.postgresql.parameters.max_connections`],
    },
    {
        title: "larger volumes of PostgreSQL grow in place, with the log that fits them",
        config: { [key("database")]: grown },
        operations: [
            [
                cluster,
                ...["max_slot_wal_keep_size", "max_wal_size", "min_wal_size"].map(
                    (name) => `spec.postgresql.parameters.${name}`,
                ),
                "spec.storage.size",
                "spec.walStorage.size",
            ].join(" "),
        ],
    },
    {
        title: "one more instance has a node and room in the quota",
        config: {
            [key("database")]: { ...grown, instances: 5 },
            [key("nodePools")]: { database: { max: 5 } },
        },
        operations: [
            `${cluster} spec.instances`,
            "update gcp:container/nodePool:NodePool::cluster-database autoscaling.totalMaxNodeCount",
            quota("data", ...all),
        ],
    },
    {
        title: "a minor version of PostgreSQL changes the image, and runs the schema's Job again with its client",
        config: { "test:images": { postgresql: "18.5-system-trixie" } },
        operations: [
            `${cluster} spec.imageName`,
            // Their names have a hash of what the Job is given.
            "replace kubernetes:core/v1:ConfigMap::database-schema-migrations metadata.name",
            "replace kubernetes:core/v1:ConfigMap::database-schema-rights metadata.name",
            [
                "replace kubernetes:batch/v1:Job::database-schema metadata.name",
                ...[image(0), "spec.template.spec.volumes[1].configMap.name"],
                "spec.template.spec.volumes[2].configMap.name",
            ].join(" "),
            ...["retention-monthly", "retention-snapshots", "schema-maintenance"].map(jobImage),
            ...["schema-scheduled-daily-report", "schema-scheduled-reservation-cleanup"].map(jobImage),
        ],
    },
    {
        title: "Kafka's volumes grow in place, and a broker is added",
        config: { [key("messaging")]: { volumeGiB: 150, brokers: 4 } },
        operations: [
            "update kubernetes:kafka.strimzi.io/v1:KafkaNodePool::messaging-kafka-broker " +
                "spec.replicas spec.storage.volumes[0].size",
            quota("messaging", ...all),
        ],
    },
    {
        title: "Elasticsearch's volumes grow in place",
        config: { [key("search")]: { volumeGiB: 150 } },
        operations: [
            "update kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch::search-elasticsearch " +
                "spec.nodeSets[0].volumeClaimTemplates[0].spec.resources.requests.storage",
        ],
    },
    {
        title: "more memory of the carts' store restarts its members and keeps their volumes",
        config: { [key("cache")]: { stateMemory: "3Gi" } },
        operations: [
            'replace kubernetes:core/v1:ConfigMap::valkey-state-config data["valkey.conf"]',
            ...members.map((member) =>
                [
                    `update kubernetes:apps/v1:StatefulSet::valkey-state-${member}`,
                    'spec.template.metadata.annotations["cache.shop/config"]',
                    "spec.template.spec.containers[0].resources.limits.memory",
                    "spec.template.spec.containers[0].resources.requests.memory",
                ].join(" "),
            ),
            // The jobs that copy the data hold it in a file, and the restore loads it into a server.
            copyJob(
                "backup",
                'initContainers[0].resources.limits["ephemeral-storage"]',
                'initContainers[0].resources.requests["ephemeral-storage"]',
                "volumes[0].emptyDir.sizeLimit",
            ),
            copyJob(
                "restore",
                "containers[0].resources.limits.memory",
                'containers[0].resources.limits["ephemeral-storage"]',
                "containers[0].resources.requests.memory",
                'containers[0].resources.requests["ephemeral-storage"]',
                "volumes[0].emptyDir.sizeLimit",
            ),
            quota("cache", "limits.memory", "requests.memory"),
        ],
    },
    {
        title: "a minor version of Valkey changes the members' images, and the Jobs that wait for them",
        config: { "test:images": { postgresql: "18.5-system-trixie", valkey: "9.1.2-alpine" } },
        operations: [
            ...["valkey-cache", "valkey-state"].flatMap((store) => [
                `replace kubernetes:batch/v1:Job::${store}-formed ${image(0)}`,
                ...members.map(
                    (member) => `update kubernetes:apps/v1:StatefulSet::${store}-${member} ${image(0)} ${image(1)}`,
                ),
            ]),
            copyJob("backup", "initContainers[0].image"),
            copyJob("restore", "containers[0].image"),
        ],
    },
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

            it("gets its stores in an update that deletes and replaces nothing", async () => {
                assert.ok(session);
                const before = (await session.export()).resources ?? [];
                for (const kind of ["preview", "up"] as const) {
                    const { changes } = await session.succeed({ kind, config: { "test:stores": "now" } });
                    assert.deepEqual([...new Set(changes.map(({ op }) => op))].sort(), ["create", "update"], kind);
                    const updates = changes.filter(({ op }) => op === "update").map(({ urn }) => typeAndName(urn));
                    assert.deepEqual(updates.sort(), [...updated[cloud], ...services].sort(), kind);
                }
                const now = new Map((await session.export()).resources?.map(({ urn, id }) => [urn, id]));
                assert.deepEqual(
                    before.filter(({ urn, id }) => !now.has(urn) || now.get(urn) !== id).map(({ urn }) => urn),
                    [],
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
            for (const { title, config, operations } of steps) {
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
