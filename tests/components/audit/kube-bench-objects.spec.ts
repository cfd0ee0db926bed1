import assert from "node:assert/strict";

import { audit, createBenchmark } from "../../../components/audit";
import { workloads } from "../../../catalog/workloads";
import { order, unusualOptions } from "../../stacks/account/order";
import { ofType, stacks, updated } from "../../stacks/account/updated";
import { sharedPlan } from "../../stacks/plans";
import { configOf, created, createdOne } from "../layers";
import { locked } from "../locked";

const labels = {
    "app.kubernetes.io/name": "kube-bench",
    "app.kubernetes.io/instance": "kube-bench",
    "app.kubernetes.io/component": "audit",
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/managed-by": "pulumi",
};
const metadata = { name: "kube-bench", namespace: "security", labels };
const rbac = "rbac.authorization.k8s.io";

/** What the checks may read: no Secrets and no ConfigMaps. */
const readable: readonly (readonly [group: string, resources: string])[] = [
    ["", "namespaces pods replicationcontrollers serviceaccounts services"],
    ["apps", "daemonsets deployments replicasets statefulsets"],
    ["autoscaling", "horizontalpodautoscalers"],
    ["batch", "cronjobs jobs"],
    ["certificates.k8s.io", "certificatesigningrequests"],
    ["networking.k8s.io", "networkpolicies"],
    [rbac, "clusterrolebindings clusterroles rolebindings roles"],
];

const podSpec = (benchmark: string) => ({
    restartPolicy: "Never",
    serviceAccountName: "kube-bench",
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
        {
            name: "kube-bench",
            image: locked("docker.io/aquasec/kube-bench:v0.15.6"),
            imagePullPolicy: "Always",
            command: ["kube-bench"],
            args: ["run", "--targets", "policies", "--benchmark", benchmark, "--json"],
            env: [{ name: "HOME", value: "/tmp" }],
            resources: {
                requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
                limits: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "128Mi" },
            },
            securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
        },
    ],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
});

const objects = (benchmark: string) => ({
    "kube-bench-account": {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata,
        automountServiceAccountToken: false,
    },
    "kube-bench-role": {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRole",
        metadata: { name: "kube-bench", labels },
        rules: readable.map(([group, resources]) => ({
            apiGroups: [group],
            resources: resources.split(" "),
            verbs: ["get", "list"],
        })),
    },
    "kube-bench-binding": {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name: "kube-bench", labels },
        roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "kube-bench" },
        subjects: [{ kind: "ServiceAccount", name: "kube-bench", namespace: "security" }],
    },
    "kube-bench": {
        apiVersion: "batch/v1",
        kind: "CronJob",
        metadata,
        spec: {
            schedule: "0 5 * * 1",
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            startingDeadlineSeconds: 3600,
            successfulJobsHistoryLimit: 1,
            failedJobsHistoryLimit: 1,
            jobTemplate: {
                spec: {
                    backoffLimit: 1,
                    activeDeadlineSeconds: 900,
                    template: { metadata: { labels }, spec: podSpec(benchmark) },
                },
            },
        },
    },
});

const types = [
    "kubernetes:core/v1:ServiceAccount",
    `kubernetes:${rbac}/v1:ClusterRole`,
    `kubernetes:${rbac}/v1:ClusterRoleBinding`,
    "kubernetes:batch/v1:CronJob",
];

describe("kube-bench's objects (SC-12)", () => {
    for (const [cloud, benchmark] of [
        ["gcp", "gke-1.9.0"],
        ["aws", "eks-1.8.0"],
    ] as const) {
        for (const stack of stacks) {
            it(`have exactly these fields in ${stack} on ${cloud}`, async () => {
                const all = await updated(stack, cloud);
                const found = types.flatMap((type) => Object.entries(ofType(all, type)));
                const own = found.filter(([name]) => name.startsWith("kube-bench"));
                assert.deepEqual(Object.fromEntries(own), objects(benchmark));
            });
        }

        it(`run on ${cloud} when account, role and namespace exist`, async () => {
            const { resources } = await sharedPlan("prod", cloud);
            const own = resources.filter(({ name, type }) => name.startsWith("kube-bench") && types.includes(type));
            const namespace = ["LimitRange security-limits", "Namespace security", "ResourceQuota security-quota"];
            const needs = Object.entries(order(own)).map(([name, all]) => [
                name,
                all.filter((one) => !one.startsWith("NetworkPolicy ")),
            ]);
            assert.deepEqual(Object.fromEntries(needs), {
                "ServiceAccount kube-bench-account": namespace,
                "ClusterRole kube-bench-role": [],
                "ClusterRoleBinding kube-bench-binding": [
                    "ClusterRole kube-bench-role",
                    ...namespace,
                    "ServiceAccount kube-bench-account",
                ],
                "CronJob kube-bench": ["ClusterRoleBinding kube-bench-binding", ...namespace],
            });
            // Default deny exists before the pod.
            const cronJob = order(own)["CronJob kube-bench"] ?? [];
            assert.ok(cronJob.includes("NetworkPolicy security-default-deny"));
            assert.deepEqual(unusualOptions(own), []);
        });
    }

    it("have the image of the stack's mirror", async () => {
        const config = configOf("gcp", "prod", { images: { mirror: "mirror.example.com/shop" } });
        const all = await created(() => createBenchmark("kube-bench", { config, namespace: "security" }, {}), {});
        const text = JSON.stringify(createdOne(all, "kubernetes:batch/v1:CronJob", "kube-bench"));
        assert.match(text, /"image":"mirror\.example\.com\/shop\/docker\.io\/aquasec\/kube-bench:v0\.15\.6"/);
    });

    it("are declared as one pod of the app pool that calls DNS and the API server", () => {
        const declaration = {
            images: [{ image: "docker.io/aquasec/kube-bench:v0.15.6" }],
            pods: [
                {
                    name: "kube-bench",
                    namespace: "security",
                    labels: {
                        "app.kubernetes.io/name": "kube-bench",
                        "app.kubernetes.io/part-of": "ecommerce-platform",
                    },
                    app: { name: "kube-bench", component: "audit" },
                    source: "object",
                    pool: "app",
                    count: { min: 0, max: 1, surge: 0 },
                    job: true,
                    resources: {
                        requests: { cpu: "100m", memory: "128Mi" },
                        limits: { cpu: "500m", memory: "512Mi" },
                    },
                    spread: "preferred",
                    callers: [],
                    calls: ["dns", "api-server"],
                },
            ],
        };
        for (const [cloud, expected] of [
            ["gcp", declaration],
            ["aws", declaration],
            ["existing", {}],
        ] as const) {
            assert.deepEqual(audit.declare?.({ config: configOf(cloud, "prod"), workloads }), expected, cloud);
        }
    });
});
