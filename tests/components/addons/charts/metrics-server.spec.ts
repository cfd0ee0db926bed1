import assert from "node:assert/strict";

import type { PlatformConfig } from "../../../../components/platform";
import type { Settings } from "../../../../components/platform-config";
import { createAddons } from "../../../../components/addons";
import * as pulumi from "@pulumi/pulumi";
import { inputsOf } from "../../deployed";
import { deploy } from "../../deployment";
import {
    budgets,
    containerSecurity,
    describeRelease,
    evictable,
    podSecurity,
    releaseOf,
    replicas,
    resources,
    spread,
} from "../../helm/expected";
import type { Tier } from "../../../../config/schema";
import { configOf, namespaceNames as namespaces } from "../../layers";

const origin = {
    name: "metrics-server",
    chart: "metrics-server",
    version: "3.13.1",
    repo: "https://kubernetes-sigs.github.io/metrics-server",
    namespace: "kube-system",
    skipCrds: true,
};

function values(tier: Tier, args: readonly string[] = []): object {
    return {
        image: { repository: "registry.k8s.io/metrics-server/metrics-server" },
        replicas: replicas[tier],
        podSecurityContext: podSecurity,
        securityContext: containerSecurity,
        resources: resources("100m", "200Mi", "500m", "500Mi"),
        topologySpreadConstraints: spread(tier, {
            "app.kubernetes.io/name": "metrics-server",
            "app.kubernetes.io/instance": "metrics-server",
        }),
        priorityClassName: "system-cluster-critical",
        podDisruptionBudget: { ...budgets[tier], ...evictable },
        args,
        metrics: { enabled: true },
        tls: { type: "cert-manager" },
        apiService: { insecureSkipTLSVerify: false },
    };
}

describeRelease(origin, { existing: ["dev", "staging", "prod"] }, (tier) => values(tier));

describe("metrics-server on an existing cluster", () => {
    const releases = async (existing: NonNullable<Settings["existing"]>) => {
        const config: PlatformConfig = configOf("existing", "dev", { existing });
        const cluster = { name: pulumi.output("kind") };
        const { resources: all } = await deploy(() => {
            createAddons("addons", { config, cluster, network: undefined, namespaces }, {});
        });
        return inputsOf(all, "kubernetes:helm.sh/v3:Release");
    };

    it("accepts kubelets with self-signed certificates only where the stack says so", async () => {
        const insecure = await releases({ metricsServer: "install-insecure" });
        assert.deepEqual(insecure["metrics-server"], releaseOf(origin, values("dev", ["--kubelet-insecure-tls"])));
        const secure = await releases({ metricsServer: "install" });
        assert.deepEqual(secure["metrics-server"], releaseOf(origin, values("dev")));
        assert.equal((await releases({ metricsServer: "present" }))["metrics-server"], undefined);
    });
});
