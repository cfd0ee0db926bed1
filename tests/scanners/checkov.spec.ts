import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { planStack, renderKubernetes } from "../../tools/plan";
import { listAt, textAt, type Json } from "../../tools/plan/json";
import { checkovPath } from "./checkov/program";
import { waivers } from "./waivers";

interface Report {
    readonly results: {
        readonly failed_checks: readonly {
            readonly check_id: string;
            readonly check_name: string;
            readonly file_path: string;
            readonly check_result: { readonly evaluated_keys: readonly string[] | null };
        }[];
        readonly parsing_errors: readonly string[];
    };
    readonly summary: { readonly passed: number; readonly parsing_errors: number; readonly resource_count: number };
}

interface Finding {
    readonly check: string;
    readonly where: string;
    readonly name: string;
}

/** The container that a finding is of: Checkov names its place in the list. */
function container(manifest: Json, keys: readonly string[]): string {
    const place = keys.map((key) => /^(?<path>.*\/containers)\/\[(?<index>\d+)\]/.exec(key)?.groups).find(Boolean);
    const path = place?.["path"]?.split("/") ?? [];
    const found = listAt(manifest, ...path)[Number(place?.["index"])];
    return place === undefined ? "" : ` ${textAt(found, "name") ?? "?"}`;
}

function where(manifest: Json, keys: readonly string[]): string {
    const namespace = textAt(manifest, "metadata", "namespace");
    const name = [...(namespace === undefined ? [] : [namespace]), textAt(manifest, "metadata", "name")].join("/");
    return `${textAt(manifest, "kind") ?? "?"} ${name}${container(manifest, keys)}`;
}

/** What Checkov's checks of Kubernetes find in manifests, one file each. */
function scan(manifests: readonly Json[]): { readonly report: Report; readonly findings: readonly Finding[] } {
    const folder = mkdtempSync(join(tmpdir(), "checkov-"));
    try {
        manifests.forEach((manifest, index) => {
            writeFileSync(join(folder, `${index}.json`), JSON.stringify(manifest, null, 2));
        });
        const { stdout, stderr } = spawnSync(
            checkovPath(),
            ["--directory", folder, "--framework", "kubernetes", "--output", "json", "--skip-download", "--compact"],
            { encoding: "utf8", maxBuffer: 2 ** 28 },
        );
        assert.ok(stdout.startsWith("{"), `Checkov wrote no report: ${stderr}`);
        const report = JSON.parse(stdout) as Report;
        const findings = report.results.failed_checks.map((failed) => ({
            check: failed.check_id,
            name: failed.check_name,
            where: where(
                manifests[Number(/(\d+)\.json$/.exec(failed.file_path)?.[1])] ?? null,
                failed.check_result.evaluated_keys ?? [],
            ),
        }));
        return { report, findings };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

describe("Checkov on the rendered manifests of prod", () => {
    const used = new Set<number>();

    for (const cloud of ["gcp", "aws", "existing"] as const) {
        it(`finds nothing on ${cloud} but what has a reason`, async () => {
            const rendered = renderKubernetes(await planStack({ stack: "prod", cloud }));
            const { report, findings } = scan(rendered.map(({ manifest }) => manifest));
            assert.equal(report.summary.parsing_errors, 0);
            // Objects, and the pods in them.
            assert.ok(report.summary.resource_count > rendered.length);
            const left = findings.filter((finding) => {
                const index = waivers.findIndex(
                    (waiver) => waiver.check === finding.check && waiver.where.test(finding.where),
                );
                used.add(index);
                return index < 0;
            });
            assert.deepEqual(left, []);
        });
    }

    it("has no reason for what is not found", () => {
        assert.deepEqual(
            waivers.filter((_, index) => !used.has(index)),
            [],
        );
    });

    it("finds a Deployment without security settings", () => {
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
        const { findings } = scan([bare]);
        for (const check of ["CKV_K8S_8", "CKV_K8S_20", "CKV_K8S_22", "CKV_K8S_28"]) {
            assert.ok(
                findings.some(
                    (finding) => finding.check === check && finding.where.startsWith("Deployment services/bare"),
                ),
                check,
            );
        }
    });
});
