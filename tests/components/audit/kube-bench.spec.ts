import assert from "node:assert/strict";

import { createBenchmark } from "../../../components/audit";
import type { PlatformConfig } from "../../../components/platform";
import type { JsonObject, PlannedResource } from "../../../tools/plan";
import { sharedPlan } from "../../stacks/plans";
import { configOf, inputs, planned, tally } from "../layers";

const kind = (group: string, name: string) => `kubernetes:${group}:${name}`;
const cronJob = kind("batch/v1", "CronJob");
const clusterRole = kind("rbac.authorization.k8s.io/v1", "ClusterRole");

const layer = (config: PlatformConfig) =>
    planned(() => createBenchmark("kube-bench", { config, namespace: "security" }, {}));

function podOf(resources: readonly PlannedResource[]): JsonObject {
    const spec = inputs(resources, cronJob, "kube-bench")["spec"] as {
        jobTemplate: { spec: { template: { spec: JsonObject } } };
    };
    return spec.jobTemplate.spec.template.spec;
}

describe("kube-bench (SC-12)", () => {
    it("consists of a CronJob, a service account and its role", async () => {
        assert.deepEqual(tally(await layer(configOf("gcp", "prod"))), {
            [cronJob]: 1,
            [kind("core/v1", "ServiceAccount")]: 1,
            [clusterRole]: 1,
            [kind("rbac.authorization.k8s.io/v1", "ClusterRoleBinding")]: 1,
            "shop:audit:KubeBench": 1,
        });
    });

    it("uses the benchmark of the cloud, and is not created on an existing cluster", async () => {
        const args = async (config: PlatformConfig) =>
            (podOf(await layer(config))["containers"] as { args: string[] }[])[0]?.args.join(" ");
        const line = (name: string) => `run --targets policies --benchmark ${name} --json`;
        assert.equal(await args(configOf("gcp", "dev")), line("gke-1.9.0"));
        assert.equal(await args(configOf("aws", "dev")), line("eks-1.8.0"));
        assert.deepEqual(await layer(configOf("existing", "prod")), []);
        assert.deepEqual(tally(await layer(configOf("existing", "prod"))), {});
    });

    it("may read non-secret resources only (SC-07)", async () => {
        const rules = inputs(await layer(configOf("aws", "prod")), clusterRole, "kube-bench-role")["rules"] as {
            apiGroups: string[];
            resources: string[];
            verbs: string[];
        }[];
        assert.deepEqual(
            rules.map(({ apiGroups, resources }) => `${apiGroups.join()}: ${resources.join(", ")}`),
            [
                ": namespaces, pods, replicationcontrollers, serviceaccounts, services",
                "apps: daemonsets, deployments, replicasets, statefulsets",
                "autoscaling: horizontalpodautoscalers",
                "batch: cronjobs, jobs",
                "certificates.k8s.io: certificatesigningrequests",
                "networking.k8s.io: networkpolicies",
                "rbac.authorization.k8s.io: clusterrolebindings, clusterroles, rolebindings, roles",
            ],
        );
        assert.deepEqual([...new Set(rules.flatMap(({ verbs }) => verbs))], ["get", "list"]);
    });

    it("has no host mounts and writes below /tmp only (SC-01)", async () => {
        const pod = podOf(await layer(configOf("gcp", "prod")));
        assert.deepEqual(pod["volumes"], [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }]);
        assert.deepEqual(
            ["hostPID", "hostNetwork", "hostIPC"].map((key) => pod[key]),
            [undefined, undefined, undefined],
        );
        const [container] = pod["containers"] as JsonObject[];
        assert.deepEqual(container?.["securityContext"], {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ["ALL"] },
        });
        assert.deepEqual(container["volumeMounts"], [{ name: "tmp", mountPath: "/tmp" }]);
        assert.equal(container["image"], "docker.io/aquasec/kube-bench:v0.15.6");
    });

    it("is, with the job that deletes snapshots, the only pod with a service account token (SC-01)", async () => {
        for (const cloud of ["gcp", "aws"]) {
            const { resources, policy } = await sharedPlan("prod", cloud);
            const text = (own: PlannedResource) => JSON.stringify(own.inputs);
            const holders = resources.filter((own) => text(own).includes('"automountServiceAccountToken":true'));
            assert.deepEqual(
                holders.map(({ type, name }) => `${type} ${name}`),
                [`${cronJob} kube-bench`, `${cronJob} database-retention-snapshots`],
            );
            assert.deepEqual(policy.violations, []);
        }
    });

    it("reaches DNS and the control plane (NW-05)", async () => {
        const type = kind("networking.k8s.io/v1", "NetworkPolicy");
        const spec = inputs((await sharedPlan("prod", "gcp")).resources, type, "kube-bench-policy")[
            "spec"
        ] as JsonObject;
        const [dns, api, ...others] = spec["egress"] as JsonObject[];
        assert.deepEqual(spec["policyTypes"], ["Ingress", "Egress"]);
        assert.equal(spec["ingress"], undefined);
        assert.deepEqual((dns?.["ports"] as { port: number }[])[0]?.port, 53);
        assert.deepEqual(api, {
            to: [{ ipBlock: { cidr: "172.31.240.0/28" } }, { ipBlock: { cidr: "10.48.0.1/32" } }],
            ports: [{ port: 443, protocol: "TCP" }],
        });
        assert.deepEqual(others, []);
    });
});
