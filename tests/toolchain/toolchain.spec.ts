import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import { cloudNativePgChart } from "../../components/database/operator";
import { karpenterCharts } from "../../components/nodes/aws/karpenter";
import { eck } from "../../components/search/eck";
import { buildFlags, cacheFolder, plannedPath, type Recipe, recipeHash, toolPath } from "../../tools/toolchain/paths";
import { prometheusRelease, selectTools, type Tool, TOOLS } from "../../tools/toolchain/tools";
import { FakeGo } from "./fake-go";
import { readGoMod } from "./go-mod";

const FAMILIES = [...new Set(TOOLS.map((tool) => tool.family))];

function toolNamed(name: string): Tool {
    const tool = TOOLS.find((candidate) => candidate.binary === name);
    assert(tool !== undefined);
    return tool;
}

describe("toolchain table", () => {
    it("has the same families as there are Go modules", () => {
        const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
        assert.deepEqual(folders.map((entry) => entry.name).sort(), [...FAMILIES].sort());
    });

    it("has unique binary names", () => {
        const names = TOOLS.map((tool) => tool.binary);
        assert.equal(new Set(names).size, names.length);
    });

    for (const family of FAMILIES) {
        const rows = TOOLS.filter((tool) => tool.family === family);

        it(`agrees with the go.mod of ${family}`, () => {
            const goMod = readGoMod(family);
            assert.equal(goMod.module, `toolchain/${family}`);
            assert.deepEqual([...goMod.tools].sort(), rows.map((row) => row.package).sort());
            for (const row of rows) {
                assert.equal(goMod.requires.get(row.module), row.version);
                assert(row.package === row.module || row.package.startsWith(`${row.module}/`), row.package);
            }
        });
    }

    it("replaces every staging module of Kubernetes by the version of the release", () => {
        const { requires, replaces } = readGoMod("kubernetes");
        const staging = toolNamed("kube-apiserver").version.replace("v1.", "v0.");
        // Kubernetes requires its staging modules at v0.0.0, which is not published: without a replacement builds fail.
        const unpublished = [...requires].filter(([, version]) => version === "v0.0.0").map(([module]) => module);
        assert.notEqual(unpublished.length, 0);
        assert.deepEqual(
            unpublished.filter((module) => !replaces.has(module)),
            [],
        );
        for (const [module, target] of replaces) {
            assert.equal(target, `${module} ${staging}`);
        }
    });

    it("builds the Pulumi CLI against the SDK of the same release", () => {
        assert.equal(readGoMod("pulumi").requires.get("github.com/pulumi/pulumi/sdk/v3"), toolNamed("pulumi").version);
    });

    it("builds Karpenter in the version of the program's chart, with the node class of that version", () => {
        const { version } = toolNamed("karpenter");
        assert.equal(version, `v${karpenterCharts.find(({ name }) => name === "karpenter")!.version}`);
        const nodeClass = readFileSync(join(__dirname, "../cluster/provisioning/kwok-node-class.yaml"), "utf8");
        assert(nodeClass.startsWith("# kwok/apis/crds/karpenter.kwok.sh_kwoknodeclasses.yaml of "));
        assert(nodeClass.includes(`, ${version},`));
    });

    it("builds the operators of the databases and of the search in the versions of the program's charts", () => {
        const built = (name: string): string => toolNamed(name).version;
        assert.deepEqual(
            [built("cloudnative-pg"), built("eck")],
            [`v${cloudNativePgChart.appVersion}`, `v${eck.appVersion}`],
        );
    });

    it("builds what is built on Kubernetes with the same libraries, which are compiled once", () => {
        const versions = new Map<string, Set<string>>();
        for (const family of ["kubernetes", "karpenter", "cloudnative-pg", "eck", "prometheus", "etcd"]) {
            const { requires, replaces } = readGoMod(family);
            for (const [module, version] of requires) {
                const used = replaces.get(module)?.split(" ")[1] ?? version;
                versions.set(module, (versions.get(module) ?? new Set()).add(used));
            }
        }
        const shared =
            /^(?:k8s\.io|sigs\.k8s\.io|golang\.org\/x|go\.opentelemetry\.io|google\.golang\.org\/(?:grpc|protobuf))/;
        const different = [...versions].filter(([module, used]) => shared.test(module) && used.size > 1);
        assert.deepEqual(different, []);
    });

    it("sets the versions that the released binaries report", () => {
        const endsWith = (name: string, stamp: (version: string) => string): void => {
            const { ldflags, version } = toolNamed(name);
            assert.equal(ldflags.at(-1), `-X ${stamp(version)}`);
        };
        endsWith("pulumi", (version) => `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`);
        endsWith("kubectl", (version) => `k8s.io/client-go/pkg/version.gitMinor=${version.split(".")[1]!}`);
        endsWith("karpenter", (version) => `sigs.k8s.io/karpenter/pkg/operator.Version=${version.slice(1)}`);
        endsWith(
            "cloudnative-pg",
            (version) => `github.com/cloudnative-pg/cloudnative-pg/pkg/versions.buildVersion=${version.slice(1)}`,
        );
        endsWith("eck", (version) => `github.com/elastic/cloud-on-k8s/v3/pkg/about.version=${version.slice(1)}`);
        endsWith("kube-score", (version) => `main.version=${version.slice(1)}`);
        endsWith("migrate", (version) => `main.Version=${version.slice(1)}`);
        endsWith("amtool", (version) => `github.com/prometheus/common/version.Version=${version.slice(1)}`);
        endsWith("promtool", (version) => `github.com/prometheus/common/version.Version=${prometheusRelease(version)}`);
    });

    it("computes the release of Prometheus from the version of its Go module", () => {
        assert.equal(prometheusRelease("v0.308.0"), "3.8.0");
        assert.equal(prometheusRelease("v0.312.1"), "3.12.1");
    });

    it("builds golang-migrate with the driver of the schema's migrations, and no other", () => {
        assert.equal(toolNamed("migrate").tags, "pgx5");
        assert.deepEqual(buildFlags(toolNamed("migrate")).slice(-1), ["-tags=pgx5"]);
        assert.equal(buildFlags(toolNamed("etcd")).length, 3);
    });

    it("sets the version in both version packages of Kubernetes", () => {
        const { ldflags, version } = toolNamed("kube-apiserver");
        for (const pkg of ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"]) {
            assert(ldflags.includes(`-X ${pkg}.gitVersion=${version}`), pkg);
        }
    });

    it("selects by binary and by family, without duplicates and in build order", () => {
        const selected = selectTools(["etcd", "kubectl", "kubernetes"]).map((tool) => tool.binary);
        assert.deepEqual(selected, ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl", "etcd"]);
        assert.deepEqual(selectTools([]), TOOLS);
        assert.throws(
            () => selectTools(["etcd", "trivy"]),
            /^Error: The toolchain has no "trivy"; known names: "alertmanager", /,
        );
    });
});

describe("toolchain hash", () => {
    const recipe: Recipe = {
        goMod: "module a\n",
        goSum: "b v1.0.0 h1:c=\n",
        package: "example.org/d",
        flags: ["-trimpath"],
        ldflags: ["-s", "-w"],
        go: "go1.26.8 linux amd64",
    };

    it("stays the same for the same recipe", () => {
        // A literal, because a changed hash makes every user rebuild for 20 minutes.
        assert.equal(recipeHash(recipe), "4c3e485832f4bb70");
        assert.equal(recipeHash({ ...recipe }), recipeHash(recipe));
    });

    const changes: Partial<Recipe>[] = [
        { goMod: "module a\n\ngo 1.26\n" },
        { goSum: "" },
        { package: "example.org/e" },
        { flags: [] },
        { ldflags: ["-s -w"] },
        { go: "go1.26.9 linux amd64" },
    ];
    for (const change of changes) {
        it(`changes with ${Object.keys(change).join()}`, () => {
            assert.notEqual(recipeHash({ ...recipe, ...change }), recipeHash(recipe));
        });
    }
});

describe("toolchain paths", () => {
    let go: FakeGo;
    beforeEach(() => {
        go = new FakeGo();
    });
    afterEach(() => {
        go.remove();
    });

    it("names the build command of a tool that is not built", () => {
        assert.throws(() => toolPath("kube-score", go.env()), {
            message: `kube-score ${toolNamed("kube-score").version} is not built yet. Run: npm run toolchain -- kube-score`,
        });
    });

    it("names the Go version to install when go is missing", () => {
        assert.throws(() => toolPath("kubectl", go.envWithoutGo()), {
            message:
                "kubectl needs `go`, which is not on the PATH. " +
                "Install Go 1.26 or later, then run: npm run toolchain -- kubectl",
        });
    });

    it("refuses an unknown tool", () => {
        assert.throws(() => toolPath("trivy", go.env()), { message: 'No tool "trivy" in tools/toolchain/tools.ts.' });
    });

    it("returns the path of a built tool until the version of go changes", () => {
        const path = plannedPath(toolNamed("amtool"), go.env());
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, "");
        assert.equal(toolPath("amtool", go.env()), path);
        assert.throws(() => toolPath("amtool", go.env({ FAKE_GO_VERSION: "go1.27.0" })), /is not built yet/);
    });

    it("puts the cache below ECOMMERCE_PLATFORM_CACHE, XDG_CACHE_HOME or ~/.cache", () => {
        const end = join("ecommerce-platform", "toolchain");
        assert.equal(cacheFolder({ ECOMMERCE_PLATFORM_CACHE: "/a", XDG_CACHE_HOME: "/b" }), join("/a", end));
        assert.equal(cacheFolder({ ECOMMERCE_PLATFORM_CACHE: "", XDG_CACHE_HOME: "/b" }), join("/b", end));
        assert.equal(cacheFolder({}), join(homedir(), ".cache", end));
    });
});
