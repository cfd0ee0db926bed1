import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { planStack, renderKubernetes } from "../../tools/plan";
import { toolPath } from "../../tools/toolchain/paths";

interface Check {
    readonly check: { readonly id: string };
    /** 1 critical, 5 warning, 7 almost OK, 10 OK. */
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly summary: string }[] | null;
}

interface Scored {
    readonly object_name: string;
    readonly type_meta: { readonly kind: string };
    readonly checks: readonly Check[];
}

const critical = 1;

/** What kube-score says about manifests. */
interface Findings {
    /** Number of checked objects by kind. */
    readonly objects: Readonly<Record<string, number>>;
    /** Each as `object: check: summary`. */
    readonly critical: readonly string[];
}

function findings(manifests: string): Findings {
    const { stdout, stderr } = spawnSync(
        toolPath("kube-score"),
        ["score", "--output-format", "json", "--kubernetes-version", "v1.36", "-"],
        { input: manifests, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    assert.ok(stdout.startsWith("["), `kube-score wrote no report: ${stderr}`);
    const scored = JSON.parse(stdout) as readonly Scored[];
    const numbers: Record<string, number> = {};
    for (const { type_meta: meta } of scored) {
        numbers[meta.kind] = (numbers[meta.kind] ?? 0) + 1;
    }
    return {
        objects: numbers,
        critical: scored.flatMap(({ object_name: object, checks }) =>
            checks
                .filter(({ grade, skipped }) => grade === critical && !skipped)
                .map(({ check, comments }) => `${object}: ${check.id}: ${comments?.[0]?.summary ?? ""}`),
        ),
    };
}

/** The objects that kube-score checks, by kind. */
const checked = {
    staging: {
        gcp: objects({ CronJob: 11, Deployment: 11, NetworkPolicy: 74, PodDisruptionBudget: 21 }),
        aws: objects({ CronJob: 11, Deployment: 11, NetworkPolicy: 76, PodDisruptionBudget: 21 }),
        existing: objects({ CronJob: 4, Deployment: 10, NetworkPolicy: 66, PodDisruptionBudget: 20 }),
    },
    prod: {
        gcp: objects({ CronJob: 11, Deployment: 11, NetworkPolicy: 75, PodDisruptionBudget: 21 }),
        aws: objects({ CronJob: 11, Deployment: 11, NetworkPolicy: 80, PodDisruptionBudget: 21 }),
        existing: objects({ CronJob: 4, Deployment: 10, NetworkPolicy: 70, PodDisruptionBudget: 20 }),
    },
} as const;

/** With those that every stack has: 9 services, eight of them without a queue, two Valkey clusters of 6 members, Memcached, and the stores' Services. */
function objects(own: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
    return { ...own, HorizontalPodAutoscaler: 8, Job: 3, Service: 16, StatefulSet: 13 };
}

describe("kube-score on the rendered manifests", () => {
    for (const stack of ["staging", "prod"] as const) {
        for (const cloud of ["gcp", "aws", "existing"] as const) {
            it(`has no critical findings in ${stack} on ${cloud}`, async () => {
                const rendered = renderKubernetes(await planStack({ stack, cloud }));
                const result = findings(rendered.map(({ file }) => file.text).join("---\n"));
                assert.deepEqual(result.objects, checked[stack][cloud]);
                assert.deepEqual(result.critical, []);
            });
        }
    }

    it("reports critical findings for a Deployment without security settings", () => {
        const bare = {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: "bare", namespace: "services" },
            spec: {
                selector: { matchLabels: { app: "bare" } },
                template: {
                    metadata: { labels: { app: "bare" } },
                    spec: { containers: [{ name: "bare", image: "example.com/bare:latest" }] },
                },
            },
        };
        const result = findings(JSON.stringify(bare));
        assert.ok(
            result.critical.some((line) => line.includes("container-image-tag")),
            result.critical.join("\n"),
        );
        assert.ok(
            result.critical.some((line) => line.includes("container-resources")),
            result.critical.join("\n"),
        );
    });
});
