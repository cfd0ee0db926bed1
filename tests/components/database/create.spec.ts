import assert from "node:assert/strict";

import { waits } from "../deployed";
import { deployment, inLayer } from "../deployment";
import { databaseObject } from "./objects";

describe("the order of the database's objects", () => {
    it("is charts, certificates and roles, instances, poolers", async () => {
        const prod = await deployment("aws", "prod");
        const found = waits(prod, inLayer(prod, "database"));
        // The namespace resolves when its policies and its quota exist, which are those of every layer.
        const own = (title: string) =>
            found[title]?.filter((last) => !/^(LimitRange|NetworkPolicy|ResourceQuota) /.test(last));
        const services = ["inventory", "maintenance", "order", "owner", "payment", "pgpool", "product", "user"];
        const roles = ["cache-warm", ...services];
        assert.deepEqual(own("Release cloudnative-pg"), ["Release cert-manager", "Release prometheus-operator-crds"]);
        assert.deepEqual(own("Release plugin-barman-cloud"), [
            "PodDisruptionBudget cloudnative-pg-controller-budget",
            "Release cloudnative-pg",
        ]);
        assert.deepEqual(own("ObjectStore database-backups")?.includes("Release plugin-barman-cloud"), true);
        assert.deepEqual(own("Cluster database-cluster"), [
            "Certificate database-certificate",
            "ConfigMap database-queries",
            "ConfigMap database-statements",
            "ObjectStore database-backups",
            "PodIdentityAssociation database-postgres",
            ...roles.map((role) => `Secret database-roles-${role}-data`),
        ]);
        for (const later of [
            "Pooler database-pooler-rw",
            "Pooler database-pooler-ro",
            "ScheduledBackup database-schedules-full",
        ]) {
            assert.deepEqual(own(later), ["Cluster database-cluster"]);
        }
        assert.deepEqual(own("Deployment database-pgpool"), [
            "Certificate database-pgpool-certificate",
            "Cluster database-cluster",
            "ConfigMap database-pgpool",
            "Secret database-pgpool-passwords",
            "ServiceAccount database-pgpool",
        ]);
        for (const title of ["PodMonitor database-monitors-postgres", "PrometheusRule database-rules"]) {
            assert.deepEqual(own(title), ["Release cert-manager", "Release prometheus-operator-crds"]);
        }
    });
});

describe("the certificate of the instances and the poolers (SC-06)", () => {
    it("has the names of all Services, and the operator notices a new one", async () => {
        const { spec } = await databaseObject("Certificate database-certificate", "gcp", "prod");
        const { secretName, commonName, dnsNames, secretTemplate } = spec as Record<string, unknown>;
        const services = ["postgres-rw", "postgres-ro", "postgres-r", "postgres-pooler-rw", "postgres-pooler-ro"];
        assert.deepEqual([secretName, commonName], ["postgres-server", "postgres-rw"]);
        assert.deepEqual(
            dnsNames,
            services.flatMap((name) => ["", ".data", ".data.svc", ".data.svc.cluster.local"].map((end) => name + end)),
        );
        const { labels } = secretTemplate as { readonly labels: Record<string, string> };
        assert.equal(labels["cnpg.io/reload"], "true");
    });
});

describe("the stores of the database", () => {
    it("give a caller its Secret, the database and the check of the server's name", async () => {
        const { resources } = await deployment("gcp", "prod");
        const { inputs } = resources.find(({ title }) => title === "Deployment order")!;
        const text = JSON.stringify(inputs);
        for (const part of [
            '{"name":"POSTGRES_RW_ADDRESS","value":"postgres-pooler-rw.data.svc.cluster.local:5432"}',
            '{"name":"POSTGRES_RW_DATABASE","value":"shop"}',
            '{"name":"POSTGRES_RO_SSL_MODE","value":"verify-full"}',
            '"name":"store-postgres-ro"',
        ]) {
            assert.ok(text.includes(part), part);
        }
        const [secret] = /"name":"store-postgres-rw","secret":\{[^}]*\}/.exec(text) ?? [""];
        assert.ok(secret.includes('"secretName":"postgres-order"'), secret || text);
    });
});
