import assert from "node:assert/strict";

import { type Cloud, cloudNames, tierNames, type Tier } from "../../../config/schema";
import { sharedPlan } from "../../stacks/plans";
import { inputOf, inputsOf } from "../deployed";
import { deployment } from "../deployment";
import { containerSecurity } from "../helm/expected";

const kind = "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch";

const shapes: Readonly<
    Record<Tier, { nodes: number; cpu: [string, string]; memory: string; heap: string; size: string }>
> = {
    dev: { nodes: 1, cpu: ["100m", "1"], memory: "2Gi", heap: "1g", size: "10Gi" },
    staging: { nodes: 3, cpu: ["250m", "1"], memory: "2Gi", heap: "1g", size: "20Gi" },
    prod: { nodes: 3, cpu: ["500m", "2"], memory: "4Gi", heap: "2g", size: "100Gi" },
};

const nodeLabels = { "elasticsearch.k8s.elastic.co/cluster-name": "search" };

const moduleFolder = "/usr/share/elasticsearch/config/repository-s3";

/** What the nodes have for the bucket: on Google Cloud the service account is enough (BK-06). */
const bucket: Readonly<
    Record<Cloud, { account: object; settings: object; env: object[]; mounts: object; volumes: object }>
> = {
    gcp: {
        account: { serviceAccountName: "search-es" },
        settings: {},
        env: [],
        mounts: {},
        volumes: {},
    },
    aws: {
        account: { serviceAccountName: "search-es" },
        settings: { "s3.client.default.region": "us-east-1" },
        env: [
            { name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", value: "http://169.254.170.23/v1/credentials" },
            {
                name: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                value: `${moduleFolder}/aws-web-identity-token-file`,
            },
        ],
        mounts: { volumeMounts: [{ name: "aws-token", mountPath: moduleFolder, readOnly: true }] },
        volumes: {
            volumes: [
                {
                    name: "aws-token",
                    projected: {
                        sources: [
                            {
                                serviceAccountToken: {
                                    audience: "pods.eks.amazonaws.com",
                                    expirationSeconds: 86400,
                                    path: "aws-web-identity-token-file",
                                },
                            },
                        ],
                    },
                },
            ],
        },
    },
    existing: { account: {}, settings: {}, env: [], mounts: {}, volumes: {} },
};

function podTemplate(tier: Tier, cloud: Cloud): object {
    const { cpu, memory, heap } = shapes[tier];
    const [request, limit] = cpu;
    const { account, env, mounts, volumes } = bucket[cloud];
    return {
        metadata: { labels: nodeLabels },
        spec: {
            ...account,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: {
                runAsNonRoot: true,
                runAsUser: 1000,
                runAsGroup: 1000,
                fsGroup: 1000,
                fsGroupChangePolicy: "OnRootMismatch",
                seccompProfile: { type: "RuntimeDefault" },
            },
            affinity: {},
            topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
                maxSkew: 1,
                topologyKey,
                whenUnsatisfiable: tier === "dev" ? "ScheduleAnyway" : "DoNotSchedule",
                labelSelector: { matchLabels: nodeLabels },
                nodeTaintsPolicy: "Honor",
                nodeAffinityPolicy: "Honor",
            })),
            priorityClassName: "platform-addon",
            containers: [
                {
                    name: "elasticsearch",
                    securityContext: containerSecurity,
                    resources: { requests: { cpu: request, memory }, limits: { cpu: limit, memory } },
                    env: [{ name: "ES_JAVA_OPTS", value: `-Xms${heap} -Xmx${heap}` }, ...env],
                    ...mounts,
                },
            ],
            ...volumes,
        },
    };
}

function expected(tier: Tier, cloud: Cloud): object {
    const { nodes, size } = shapes[tier];
    return {
        apiVersion: "elasticsearch.k8s.elastic.co/v1",
        kind: "Elasticsearch",
        metadata: {
            name: "search",
            namespace: "data",
            labels: {
                "app.kubernetes.io/name": "search-es",
                "app.kubernetes.io/part-of": "ecommerce-platform",
                "app.kubernetes.io/instance": "search-es",
                "app.kubernetes.io/component": "search",
                "app.kubernetes.io/managed-by": "pulumi",
            },
            annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=Ready" },
        },
        spec: {
            version: "9.4.3",
            image: "docker.elastic.co/elasticsearch/elasticsearch:9.4.3",
            auth: {
                disableElasticUser: true,
                fileRealm: [{ secretName: "search-users" }],
                roles: [{ secretName: "search-roles" }],
            },
            http: { tls: { certificate: { secretName: "search-http" } } },
            volumeClaimDeletePolicy: "DeleteOnScaledownOnly",
            updateStrategy: { changeBudget: { maxUnavailable: 1, maxSurge: 0 } },
            nodeSets: [
                {
                    name: "default",
                    count: nodes,
                    config: {
                        "node.store.allow_mmap": false,
                        "ingest.geoip.downloader.enabled": false,
                        "xpack.ml.enabled": false,
                        ...bucket[cloud].settings,
                    },
                    ...(tier === "dev" ? {} : { zoneAwareness: {} }),
                    podTemplate: podTemplate(tier, cloud),
                    volumeClaimTemplates: [
                        {
                            metadata: { name: "elasticsearch-data" },
                            spec: {
                                accessModes: ["ReadWriteOnce"],
                                storageClassName: "fast-ssd",
                                resources: { requests: { storage: size } },
                            },
                        },
                    ],
                },
            ],
        },
    };
}

describe("the Elasticsearch cluster (SE-01)", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`is exactly this in ${tier} on ${cloud}`, async () => {
                const { resources } = await deployment(cloud, tier);
                assert.deepEqual(inputsOf(resources, kind), { "search-elasticsearch": expected(tier, cloud) });
            });
        }
    }

    it("is that of dev on a laptop, and does not exist in a replica before it is promoted (CL-18)", async () => {
        const found = async (stack: string, cloud: string) =>
            (await sharedPlan(stack, cloud)).resources.filter(({ type }) => type === kind).map(({ inputs }) => inputs);
        assert.deepEqual(await found("local", "existing"), [expected("dev", "existing")]);
        assert.deepEqual(await found("prod-dr", "gcp"), []);
        assert.deepEqual(await found("prod-dr", "aws"), []);
    });

    it("has a certificate for its two Services, of the authority of the services' certificates", async () => {
        const { resources } = await deployment("gcp", "prod");
        const type = "kubernetes:cert-manager.io/v1:Certificate";
        const { spec } = inputOf(resources, type, "search-elasticsearch-certificate");
        const { dnsNames, secretName, usages, issuerRef } = spec as Record<string, unknown>;
        const suffixes = ["", ".data", ".data.svc", ".data.svc.cluster.local"];
        assert.deepEqual(
            { dnsNames, secretName, usages, issuerRef },
            {
                secretName: "search-http",
                usages: ["digital signature", "key encipherment", "server auth"],
                issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "platform-internal" },
                dnsNames: ["search-es-http", "search-es-internal-http"].flatMap((name) =>
                    suffixes.map((suffix) => `${name}${suffix}`),
                ),
            },
        );
    });
});
