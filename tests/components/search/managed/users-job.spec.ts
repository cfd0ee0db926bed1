import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Settings } from "../../../../components/platform-config";
import { inputOf } from "../../deployed";
import { type Deployed, deployPlatform, inLayer } from "../../deployment";
import { containerSecurity, podSecurity } from "../../helm/expected";
import { managedConfig, managedSearch } from "../kinds";

const program = readFileSync(resolve(__dirname, "../../../../components/search/managed/users.py"), "utf8");
const labels = {
    "app.kubernetes.io/name": "search-users",
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/instance": "search-users",
    "app.kubernetes.io/component": "search",
    "app.kubernetes.io/managed-by": "pulumi",
};
const name = "search-create-users";

function jobName(resources: readonly Deployed[]): string {
    const { metadata } = inputOf(resources, "kubernetes:batch/v1:Job", name) as { metadata: { name: string } };
    return metadata.name;
}

async function jobNameWith(own: Settings["search"]): Promise<string> {
    return jobName(inLayer(await deployPlatform(managedConfig("dev", own)), "search"));
}

describe("the Job that creates the users of OpenSearch (SE-01, SC-05)", () => {
    it("is exactly this", async () => {
        const own = await managedSearch("dev");
        const found = jobName(own);
        const size = { "ephemeral-storage": "64Mi" };
        const credential = (variable: string, key: string) => ({
            name: variable,
            valueFrom: { secretKeyRef: { name: "search-administrator", key } },
        });
        assert.match(found, /^search-users-[0-9a-f]{10}$/);
        assert.deepEqual(inputOf(own, "kubernetes:batch/v1:Job", name), {
            apiVersion: "batch/v1",
            kind: "Job",
            metadata: { name: found, namespace: "data", labels },
            spec: {
                backoffLimit: 6,
                activeDeadlineSeconds: 1800,
                ttlSecondsAfterFinished: 86_400,
                template: {
                    metadata: { labels },
                    spec: {
                        restartPolicy: "Never",
                        serviceAccountName: "search-users",
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        securityContext: podSecurity,
                        ...placement,
                        containers: [
                            {
                                name: "users",
                                image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
                                imagePullPolicy: "Always",
                                command: ["python3", "-c", program, "/users/users.json"],
                                env: [
                                    { name: "HOST", value: "vpc-search-engine.us-east-1.es.amazonaws.com" },
                                    credential("USERNAME", "username"),
                                    credential("PASSWORD", "password"),
                                ],
                                resources: {
                                    requests: { cpu: "50m", memory: "64Mi", ...size },
                                    limits: { cpu: "500m", memory: "128Mi", ...size },
                                },
                                securityContext: containerSecurity,
                                volumeMounts: [{ name: "users", mountPath: "/users", readOnly: true }],
                            },
                        ],
                        volumes: [{ name: "users", secret: { secretName: found, defaultMode: 0o440 } }],
                    },
                },
            },
        });
    });

    it("gets the hashes of the passwords, in a Secret that is secret in the state", async () => {
        const own = await managedSearch("dev");
        const { data, metadata, immutable } = inputOf(own, "kubernetes:core/v1:Secret", `${name}-file`) as {
            data: { readonly "users.json"?: unknown; readonly secret?: { readonly "users.json": string } };
            metadata: { readonly name: string };
            immutable: boolean;
        };
        const file = data.secret?.["users.json"] ?? (data["users.json"] as { readonly secret: string }).secret;
        assert.deepEqual(JSON.parse(Buffer.from(file, "base64").toString()), {
            users: {
                product: {
                    hash: "hash of search-users-product",
                    role: {
                        cluster_permissions: [
                            "indices:data/write/bulk",
                            "indices:data/read/mget",
                            "indices:data/read/msearch",
                            "indices:data/read/scroll*",
                        ],
                        index_permissions: [
                            {
                                index_patterns: ["product", "product-*"],
                                allowed_actions: ["create_index", "manage", "read", "write"],
                            },
                        ],
                    },
                },
            },
        });
        assert.deepEqual([metadata.name, immutable], [jobName(own), true]);
    });

    it("is another one for other passwords, and the same for another size", async () => {
        const first = jobName(await managedSearch("dev"));
        assert.equal(await jobNameWith({ volumeGiB: 20 }), first);
        assert.notEqual(await jobNameWith({ passwordGeneration: 2 }), first);
    });

    it("runs after the domain", async () => {
        const own = await managedSearch("dev");
        const job = own.find(({ title }) => title === `Job ${name}`);
        const domain = own.find(({ type }) => type === "aws:opensearch/domain:Domain");
        assert.ok(job?.dependsOn.includes(domain?.urn ?? ""), "the Job does not wait for the domain");
    });
});

const matchLabels = {
    "app.kubernetes.io/name": "search-users",
    "app.kubernetes.io/part-of": "ecommerce-platform",
};

/** Of a Job in dev: other nodes than its own pods', and no pool of its own. */
const placement = {
    affinity: {
        podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
                {
                    weight: 100,
                    podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels } },
                },
            ],
        },
    },
};
