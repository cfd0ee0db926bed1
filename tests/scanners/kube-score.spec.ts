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
    readonly checks: readonly Check[];
}

const critical = 1;

/** Runs kube-score on manifests and returns its critical findings as `object: check: summary`. */
function findings(manifests: string): { readonly objects: number; readonly critical: readonly string[] } {
    const { stdout, stderr } = spawnSync(
        toolPath("kube-score"),
        ["score", "--output-format", "json", "--kubernetes-version", "v1.36", "-"],
        { input: manifests, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    assert.ok(stdout.startsWith("["), `kube-score wrote no report: ${stderr}`);
    const scored = JSON.parse(stdout) as readonly Scored[];
    return {
        objects: scored.length,
        critical: scored.flatMap(({ object_name: object, checks }) =>
            checks
                .filter(({ grade, skipped }) => grade === critical && !skipped)
                .map(({ check, comments }) => `${object}: ${check.id}: ${comments?.[0]?.summary ?? ""}`),
        ),
    };
}

describe("kube-score on the rendered manifests", () => {
    for (const stack of ["staging", "prod"]) {
        for (const cloud of ["gcp", "aws", "existing"] as const) {
            it(`has no critical findings in ${stack} on ${cloud}`, async () => {
                const objects = renderKubernetes(await planStack({ stack, cloud }));
                const result = findings(objects.map(({ file }) => file.text).join("---\n"));
                const addons = objects.filter(
                    ({ kind, file }) =>
                        kind === "NetworkPolicy" && file.text.includes("app.kubernetes.io/component: addon"),
                );
                assert.ok(addons.length >= 9, `${addons.length} policies of add-ons`);
                // 9 services with 5 kinds that kube-score checks, 10 namespaces with 2 network policies, and on managed
                // clusters 2 objects each of the placeholders and of kube-bench.
                assert.equal(result.objects, 9 * 5 + 10 * 2 + addons.length + (cloud === "existing" ? 0 : 4));
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
