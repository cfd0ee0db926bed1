import * as assert from "node:assert/strict";
import { evaluate, type Violation } from "../../policy/evaluate";
import { put, resource, type Json } from "./fixtures";

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const policy = "pin-helm-releases";

function good(): Json {
    return {
        name: "cert-manager",
        namespace: "security",
        chart: "cert-manager",
        version: "v1.21.1",
        repositoryOpts: { repo: "https://charts.example.com" },
        atomic: true,
        createNamespace: false,
        values: { replicaCount: 2 },
    };
}

function judge(path: string, value: unknown, base: Json = good()): readonly Violation[] {
    put(base, path.split("."), value);
    return evaluate([resource("kubernetes:helm.sh/v3:Release", base)], { tier: "dev" }).violations;
}

describe("policy about Helm releases (PO-01)", () => {
    it("accepts an exact version from a repository, a registry, a folder and an archive", () => {
        for (const version of ["1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3+build.7"]) {
            assert.deepEqual(judge("version", version), [], version);
        }
        for (const chart of [
            "oci://registry.example.com/charts/web",
            "./charts/web",
            "../web-1.2.3.tgz",
            "/charts/web",
        ]) {
            assert.deepEqual(judge("chart", chart, { ...good(), repositoryOpts: undefined }), [], chart);
        }
        assert.deepEqual(judge("createNamespace", undefined), []);
        assert.deepEqual(judge("valueYamlFiles", []), []);
        assert.deepEqual(judge("values", unknownValue), []);
    });

    const rows: readonly (readonly [path: string, bad: readonly unknown[]])[] = [
        ["version", ["1.2", "1.x", "^1.2.3", ">=1.2.3", "latest", "", null, undefined, 1, unknownValue]],
        ["repositoryOpts.repo", ["http://charts.example.com", "stable", "", undefined, unknownValue]],
        ["chart", ["", undefined, unknownValue]],
        ["atomic", [false, "true", undefined, unknownValue]],
        ["valueYamlFiles", [[{ path: "values.yaml" }], unknownValue]],
        ["createNamespace", [true, unknownValue]],
    ];

    for (const [path, bad] of rows) {
        for (const value of bad) {
            it(`rejects ${path} = ${value === undefined ? "unset" : JSON.stringify(value)}`, () => {
                const base = path === "chart" ? { ...good(), repositoryOpts: undefined } : good();
                const [found, ...others] = judge(path, value, base);
                assert.deepEqual([found?.policy, found?.level, others], [policy, "mandatory", []]);
                assert.ok(
                    found?.message.includes(path === "chart" && value === "" ? "repo " : `${path} `),
                    found?.message,
                );
            });
        }
    }

    it("reports each bad field without the values", () => {
        const all = { chart: "web", values: { token: "hunter2" }, version: "1" };
        const { violations } = evaluate([resource("kubernetes:helm.sh/v3:Release", all)], { tier: "prod" });
        assert.equal(violations.length, 3);
        assert.ok(!JSON.stringify(violations).includes("hunter2"));
    });

    it("ignores other kinds", () => {
        for (const type of ["kubernetes:helm.sh/v4:Chart", "kubernetes:apps/v1:Release", "shop:addons:ChartRelease"]) {
            const { violations } = evaluate([resource(type, { metadata: { namespace: "shop" } })], { tier: "prod" });
            assert.deepEqual(violations, [], type);
        }
    });

    it("can be exempted, one release at a time", () => {
        const exemptions = [
            { policy, urnPattern: "*Release::web", reason: "moves with its vendor", expires: "2099-01-01" },
        ];
        const config = { "pack-settings": { exemptions } };
        const one = resource("kubernetes:helm.sh/v3:Release", { ...good(), version: "1.x" });
        assert.deepEqual(evaluate([one], { tier: "prod", config }).violations, []);
        const other = resource("kubernetes:helm.sh/v3:Release", { ...good(), version: "1.x" }, "other");
        assert.equal(evaluate([one, other], { tier: "prod", config }).violations.length, 1);
    });
});
