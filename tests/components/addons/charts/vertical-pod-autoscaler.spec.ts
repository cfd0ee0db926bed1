import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { createAddons } from "../../../../components/addons";
import { inputsOf } from "../../deployed";
import { deploy } from "../../deployment";
import { containerSecurity, describeRelease, podSecurity, releaseOf, resources } from "../../helm/expected";
import { configOf, namespaceNames as namespaces } from "../../layers";

const name = "vertical-pod-autoscaler";
const origin = {
    name,
    chart: name,
    version: "0.11.0",
    repo: "https://kubernetes.github.io/autoscaler",
    namespace: "kube-system",
    skipCrds: false,
};

/** Preferred anti-affinity: the chart has no key for spread. */
function apart(component: string): object {
    const matchLabels = {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": component,
    };
    const term = (weight: number, topologyKey: string) => ({
        weight,
        podAffinityTerm: { topologyKey, labelSelector: { matchLabels } },
    });
    return {
        podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
                term(100, "topology.kubernetes.io/zone"),
                term(50, "kubernetes.io/hostname"),
            ],
        },
    };
}

function part(component: string, replicas: number): object {
    return {
        image: { repository: `registry.k8s.io/autoscaling/vpa-${component}` },
        replicas,
        affinity: apart(component),
        priorityClassName: "system-cluster-critical",
        podDisruptionBudget: { enabled: replicas > 1 },
    };
}

function values(replicas: number): object {
    return {
        podSecurityContext: podSecurity,
        containerSecurityContext: containerSecurity,
        admissionController: {
            ...part("admission-controller", replicas),
            resources: resources("50m", "128Mi", "250m", "512Mi"),
            certGen: { enabled: false },
            certManager: { enabled: true, createSelfSignedIssuer: { enabled: true } },
        },
        recommender: {
            ...part("recommender", replicas),
            resources: resources("50m", "256Mi", "500m", "1Gi"),
        },
        updater: {
            ...part("updater", replicas),
            resources: resources("50m", "128Mi", "250m", "512Mi"),
        },
    };
}

// GKE has its own; the other tiers do not measure the load of production (AS-09).
describeRelease(origin, { aws: ["prod"], existing: ["prod"] }, () => values(2));

describe("the vertical autoscaler with one replica", () => {
    it("has no budgets", async () => {
        const config = { ...configOf("existing", "dev"), verticalAutoscaler: true };
        const cluster = { name: pulumi.output("kind") };
        const { resources: all } = await deploy(() => {
            createAddons("addons", { config, cluster, network: undefined, namespaces }, {});
        });
        assert.deepEqual(inputsOf(all, "kubernetes:helm.sh/v3:Release")[name], releaseOf(origin, values(1)));
    });
});
