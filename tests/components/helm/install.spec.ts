import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { type Chart, installCharts, settingsOf } from "../../../components/helm";
import type { Permissions } from "../../../components/identity/types";
import type { Cloud } from "../../../config/schema";
import { inputsOf, waits, without } from "../deployed";
import { deploy } from "../deployment";
import { configOf, namespaceNames as namespaces } from "../layers";

type Site = { readonly vpc: string };

function chart(name: string, own: Partial<Chart<Site>> = {}): Chart<Site> {
    return {
        name,
        chart: name,
        repo: "https://charts.example.com",
        version: "1.0.0",
        appVersion: "1.0.0",
        namespace: "security",
        crds: "none",
        images: [{ repository: "quay.io/a/b", tag: "1.0" }],
        pods: {},
        values: ({ image, ...settings }, site) => ({ ...settings, image: image("quay.io/a/b"), ...site }),
        ...own,
    };
}

const permissions: Permissions = {
    google: [{ key: "read", role: "roles/viewer", on: { kind: "project" } }],
    amazon: [{ actions: ["s3:GetObject"], resources: ["*"] }],
};

async function installed(cloud: Cloud, charts: readonly Chart<Site>[], needs?: () => pulumi.Resource[]) {
    const config = configOf(cloud, "prod", { images: { mirror: "mirror.example.com/m" } });
    let names: string[] = [];
    const all = await deploy(() => {
        const args = { config, cluster: { name: pulumi.output("shop") }, namespaces, site: { vpc: "vpc-1" } };
        const more = needs === undefined ? {} : { needs: needs() };
        names = Object.keys(installCharts("layer", charts, { ...args, ...more }, {}));
    });
    const { resources } = all;
    const order = waits(all, resources);
    return { resources, names, order, releases: inputsOf(resources, "kubernetes:helm.sh/v3:Release") };
}

describe("installing charts", () => {
    it("gives each its settings, its namespace and the site", async () => {
        const { releases, names } = await installed("existing", [
            chart("one"),
            chart("two", { namespace: "kube-system" }),
        ]);
        assert.deepEqual(names, ["one", "two"]);
        const common = {
            replicas: 2,
            spread: "required",
            accountAnnotations: {},
            image: { repository: "mirror.example.com/m/quay.io/a/b" },
            vpc: "vpc-1",
        };
        assert.deepEqual(releases["one"]?.["values"], {
            ...common,
            name: "one",
            namespace: "security",
            priorityClassName: "platform-addon",
        });
        assert.deepEqual(releases["two"]?.["values"], {
            ...common,
            name: "two",
            namespace: "kube-system",
            // GKE admits the system's classes in kube-system only.
            priorityClassName: "system-cluster-critical",
        });
        assert.deepEqual([releases["one"]["namespace"], releases["two"]["namespace"]], ["security", "kube-system"]);
    });

    it("is in order: each after the charts that it needs, and after the needs of all", async () => {
        const charts = [
            chart("one"),
            chart("two", { needs: ["one"] }),
            chart("three", { needs: ["one", "two", "elsewhere"] }),
            chart("four"),
        ];
        const { order } = await installed("existing", charts, () => [new k8s.core.v1.ConfigMap("needed")]);
        assert.deepEqual(order, {
            "ConfigMap needed": [],
            "Release one": ["ConfigMap needed"],
            "Release two": ["Release one"],
            "Release three": ["Release two"],
            "Release four": ["ConfigMap needed"],
        });
    });

    it("gives a chart with permissions an identity of its service account, which the release waits for", async () => {
        const charts = [chart("plain"), chart("cloudy", { permissions: () => permissions })];
        const onAws = await installed("aws", charts);
        assert.deepEqual(inputsOf(onAws.resources, "aws:eks/podIdentityAssociation:PodIdentityAssociation"), {
            "layer-cloudy": {
                clusterName: "shop",
                namespace: "security",
                serviceAccount: "cloudy",
                roleArn: "arn:layer-cloudy",
            },
        });
        assert.deepEqual(onAws.order["Release cloudy"], ["PodIdentityAssociation layer-cloudy"]);
        assert.deepEqual(onAws.order["Release plain"], []);
        const onGcp = await installed("gcp", charts);
        const both = ["IAMMember layer-cloudy-read", "IAMMember layer-cloudy-user"];
        assert.deepEqual(onGcp.order["Release cloudy"], both);
        const annotations = (name: string) =>
            (onGcp.releases[name]?.["values"] as { accountAnnotations: unknown }).accountAnnotations;
        assert.deepEqual(annotations("cloudy"), { "iam.gke.io/gcp-service-account": "layer-cloudy@shop" });
        assert.deepEqual(annotations("plain"), {});
        const existing = await installed("existing", charts);
        assert.deepEqual(
            existing.resources.filter(({ type }) => /^(aws|gcp):/.test(type)),
            [],
        );
    });

    it("takes an image from its own registry where the stack has no mirror", () => {
        const settings = settingsOf(chart("one"), configOf("gcp", "dev"));
        assert.deepEqual(settings.image("quay.io/a/b"), { repository: "quay.io/a/b" });
        assert.deepEqual(without(settings, "image"), {
            name: "one",
            namespace: "security",
            replicas: 1,
            spread: "preferred",
            priorityClassName: "platform-addon",
            accountAnnotations: {},
        });
    });
});
