import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";

import { usedKinds, type UsedKind } from "../../custom-resources/kinds";
import { differences, writeTypes } from "../../tools/crd-types/files";
import { typeFiles } from "../../tools/crd-types/generate";
import { crdsFolder } from "../../tools/crds/folder";
import { readLock } from "../../tools/crds/lock";

const root = resolve(__dirname, "../..");

/** Kinds of the data layers, whose definitions are the largest and the least regular ones that are pinned. */
const dataKinds: readonly UsedKind[] = [
    ...["Cluster", "Pooler", "ScheduledBackup"].map(of("cloudnative-pg", "postgresql.cnpg.io")),
    ...["ObjectStore"].map(of("plugin-barman-cloud", "barmancloud.cnpg.io")),
    ...["Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser"].map(of("strimzi", "kafka.strimzi.io")),
    ...["Elasticsearch"].map(of("eck", "elasticsearch.k8s.elastic.co")),
];

function of(project: string, apiGroup: string): (kind: string) => UsedKind {
    return (kind) => ({ project, apiGroup, version: "v1", kind });
}

/** Objects as a layer writes them, and after `// wrong:` what the definition does not have. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import type { Inputs } from "${join(root, "custom-resources/inputs").replaceAll("\\", "/")}";
import type { Elasticsearch } from "./elasticsearch.k8s.elastic.co/Elasticsearch";
import type { Kafka } from "./kafka.strimzi.io/Kafka";
import type { KafkaNodePool } from "./kafka.strimzi.io/KafkaNodePool";
import type { Cluster } from "./postgresql.cnpg.io/Cluster";
import type { Pooler } from "./postgresql.cnpg.io/Pooler";

const text = pulumi.output("text");
const metadata = { name: "main", namespace: text };
const resources = { requests: { cpu: "1", memory: text }, limits: { cpu: 2 } };
export const cluster: Inputs<Cluster> = {
    apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster", metadata,
    spec: { instances: pulumi.output(3), resources, storage: { size: text, storageClass: text } },
};
export const pooler: Inputs<Pooler> = {
    apiVersion: "postgresql.cnpg.io/v1", kind: "Pooler", metadata,
    spec: {
        cluster: { name: text }, pgbouncer: {}, type: "rw", instances: 2,
        template: { spec: { containers: [{ name: "pgbouncer", resources, securityContext: { privileged: false } }] } },
    },
};
export const kafka: Inputs<Kafka> = {
    apiVersion: "kafka.strimzi.io/v1", kind: "Kafka", metadata,
    spec: { kafka: { listeners: [{ name: "tls", port: 9093, type: "internal", tls: true }], config: { a: 1 } } },
};
export const brokers: Inputs<KafkaNodePool> = {
    apiVersion: "kafka.strimzi.io/v1", kind: "KafkaNodePool", metadata,
    spec: { replicas: 3, roles: ["broker"], resources, storage: { type: "persistent-claim", size: text } },
};
export const search: Inputs<Elasticsearch> = {
    apiVersion: "elasticsearch.k8s.elastic.co/v1", kind: "Elasticsearch", metadata,
    spec: { version: "9.1.0", nodeSets: [{ name: "data", count: 3, podTemplate: { spec: { anything: text } } }] },
};
// wrong:
export const type: NonNullable<Pooler["spec"]["type"]> = "rx";
export const roles: KafkaNodePool["spec"]["roles"] = ["other"];
export const instances: Cluster["spec"]["instances"] = "3";
export const group: Kafka["apiVersion"] = "kafka.strimzi.io/v1beta2";
`;

describe("types of custom resources from the pinned definitions", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "crd-types-"));
        // What the program imports is found from where it lies.
        symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("are committed as the definitions give them", async () => {
        const files = await typeFiles(usedKinds, crdsFolder(), readLock());
        assert.deepEqual(differences(files, join(root, "custom-resources/types")), []);
    });

    it("are right for the kinds of the data layers too, and small", async () => {
        const files = await typeFiles(dataKinds, crdsFolder(), readLock());
        assert.equal(files.length, 9);
        for (const { path, text } of files) {
            assert.ok(text.length < 30_000, `${path} has ${text.length} characters`);
        }
        const types = join(folder, "types");
        writeTypes(files, types);
        const file = join(types, "program.ts");
        writeFileSync(file, program);
        const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
            config: unknown;
        };
        const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
        const sources = files.map(({ path }) => join(types, path));
        const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file, ...sources], options));
        const wrong = program.split("\n").indexOf("// wrong:") + 1;
        const lines = diagnostics.map((one) => {
            const line = one.file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? -1;
            const where = one.file?.fileName === file ? line - wrong : `${one.file?.fileName ?? ""}:${line}`;
            return `${where} TS${one.code}`;
        });
        // Each line of what is wrong, and no other.
        assert.deepEqual(lines, ["0 TS2322", "1 TS2322", "2 TS2322", "3 TS2322"]);
    });
});
