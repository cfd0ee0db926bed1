import assert from "node:assert/strict";

import { aliveScript, attachScript, controlScript } from "../../../components/database/pgpool-attach";
import { pgpoolConf } from "../../../components/database/pgpool-config";
import { deploymentSpec } from "./pgpool-deployment";
import { databaseObject, databaseObjects, labelsOf } from "./objects";

const metadata = { name: "pgpool", namespace: "data", labels: labelsOf("pgpool") };
const selector = { "app.kubernetes.io/name": "pgpool", "app.kubernetes.io/part-of": "ecommerce-platform" };

describe("Pgpool-II", () => {
    it("runs as two pods without rights, with its files from a ConfigMap and Secrets (DB-07, X16)", async () => {
        assert.deepEqual(await databaseObject("Deployment database-pgpool", "gcp", "prod"), {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { ...metadata, annotations: { "reloader.stakater.com/auto": "true" } },
            spec: deploymentSpec,
        });
        assert.deepEqual(await databaseObject("Deployment database-pgpool", "aws", "staging"), {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { ...metadata, annotations: { "reloader.stakater.com/auto": "true" } },
            spec: deploymentSpec,
        });
    });

    it("has configuration without a secret, and its passwords in a Secret (DB-17)", async () => {
        assert.deepEqual(await databaseObject("ConfigMap database-pgpool", "gcp", "prod"), {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata,
            data: {
                "pgpool.conf": pgpoolConf({
                    enabled: true,
                    instances: 2,
                    children: 50,
                    pools: 4,
                    queryCacheSeconds: 0,
                }),
                "pool_hba.conf": "hostssl all all all scram-sha-256\n",
                "control.sh": controlScript,
                "attach.sh": attachScript,
                "alive.sh": aliveScript,
            },
        });
        // No workload calls it yet: only its own checks log in.
        const line = "pgpool:TEXTpassword of database-roles-pgpool\n";
        assert.deepEqual(await databaseObject("Secret database-pgpool-passwords", "gcp", "prod"), {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { ...metadata, name: "pgpool-passwords" },
            data: { secret: { pool_passwd: Buffer.from(line).toString("base64") } },
        });
    });

    it("answers at postgres-split, with a certificate of that name and a budget", async () => {
        assert.deepEqual(await databaseObject("Service database-pgpool", "gcp", "prod"), {
            apiVersion: "v1",
            kind: "Service",
            metadata: { ...metadata, name: "postgres-split" },
            spec: { selector, ports: [{ name: "postgresql", port: 5432, targetPort: "postgresql" }] },
        });
        assert.deepEqual(await databaseObject("PodDisruptionBudget database-pgpool", "gcp", "prod"), {
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata,
            spec: {
                maxUnavailable: 1,
                selector: { matchLabels: selector },
                unhealthyPodEvictionPolicy: "AlwaysAllow",
            },
        });
        assert.deepEqual(await databaseObject("ServiceAccount database-pgpool", "gcp", "prod"), {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata,
            automountServiceAccountToken: false,
        });
        const { spec } = await databaseObject("Certificate database-pgpool-certificate", "gcp", "prod");
        const { secretName, commonName, dnsNames } = spec as Record<string, unknown>;
        assert.deepEqual(
            { secretName, commonName, dnsNames },
            {
                secretName: "pgpool-certificate",
                commonName: "postgres-split",
                dnsNames: [
                    "postgres-split",
                    "postgres-split.data",
                    "postgres-split.data.svc",
                    "postgres-split.data.svc.cluster.local",
                ],
            },
        );
    });

    it("does not run in dev and in a replica", async () => {
        for (const objects of [await databaseObjects("gcp", "dev"), await databaseObjects("replica")]) {
            assert.deepEqual(
                Object.keys(objects).filter((title) => title.includes("pgpool")),
                [],
            );
        }
    });
});
