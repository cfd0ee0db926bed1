/** A Go module of `tests/toolchain/` and its binaries. */
interface Family {
    /** The module whose version is the family's version. */
    readonly module: string;
    /** As in the family's `go.mod`; a test asserts that. */
    readonly version: string;
    /** Binary name to Go package. */
    readonly binaries: Readonly<Record<string, string>>;
    /** Build tags that select parts of the program. @default none */
    readonly tags?: string;
    /** Go variables that the project's release build sets at link time. @default none */
    readonly stamps?: (version: string) => Readonly<Record<string, string>>;
}

/** A binary of the toolchain. */
export interface Tool {
    readonly binary: string;
    readonly family: string;
    readonly module: string;
    readonly package: string;
    readonly version: string;
    readonly tags?: string;
    readonly ldflags: readonly string[];
}

// The only place for versions; the version that a binary reports is derived from them.
const FAMILIES: Readonly<Record<string, Family>> = {
    pulumi: {
        module: "github.com/pulumi/pulumi/pkg/v3",
        version: "v3.246.0",
        binaries: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
        stamps: (version) => ({ "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": version }),
    },
    kubernetes: {
        module: "k8s.io/kubernetes",
        version: "v1.36.2",
        binaries: {
            "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
            "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
            "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
            kubectl: "k8s.io/kubernetes/cmd/kubectl",
        },
        stamps: kubernetesStamps,
    },
    etcd: {
        module: "go.etcd.io/etcd/server/v3",
        version: "v3.6.8",
        binaries: { etcd: "go.etcd.io/etcd/server/v3" },
    },
    kwok: {
        module: "sigs.k8s.io/kwok",
        version: "v0.7.0",
        binaries: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
    },
    karpenter: {
        module: "sigs.k8s.io/karpenter",
        version: "v1.14.1",
        // The controller with its simulated cloud provider instead of AWS.
        binaries: { karpenter: "sigs.k8s.io/karpenter/kwok" },
        stamps: (version) => ({ "sigs.k8s.io/karpenter/pkg/operator.Version": withoutPrefix(version) }),
    },
    "cloudnative-pg": {
        module: "github.com/cloudnative-pg/cloudnative-pg",
        version: "v1.30.0",
        // The operator's image has it as /manager; instances run the same binary.
        binaries: { "cloudnative-pg": "github.com/cloudnative-pg/cloudnative-pg/cmd/manager" },
        stamps: (version) => ({
            "github.com/cloudnative-pg/cloudnative-pg/pkg/versions.buildVersion": withoutPrefix(version),
        }),
    },
    eck: {
        module: "github.com/elastic/cloud-on-k8s/v3",
        version: "v3.5.0",
        binaries: { eck: "github.com/elastic/cloud-on-k8s/v3/cmd" },
        // The operator writes its version into what it creates; without the second stamp it is a snapshot's.
        stamps: (version) => ({
            "github.com/elastic/cloud-on-k8s/v3/pkg/about.buildSnapshot": "false",
            "github.com/elastic/cloud-on-k8s/v3/pkg/about.version": withoutPrefix(version),
        }),
    },
    "kube-score": {
        module: "github.com/zegl/kube-score",
        version: "v1.20.0",
        binaries: { "kube-score": "github.com/zegl/kube-score/cmd/kube-score" },
        stamps: (version) => ({ "main.version": withoutPrefix(version) }),
    },
    migrate: {
        module: "github.com/golang-migrate/migrate/v4",
        version: "v4.19.1",
        binaries: { migrate: "github.com/golang-migrate/migrate/v4/cmd/migrate" },
        // The driver of the schema's migrations; the released binary has those of every database.
        tags: "pgx5",
        stamps: (version) => ({ "main.Version": withoutPrefix(version) }),
    },
    "postgres-exporter": {
        module: "github.com/prometheus-community/postgres_exporter",
        version: "v0.19.1",
        binaries: { "postgres-exporter": "github.com/prometheus-community/postgres_exporter/cmd/postgres_exporter" },
        stamps: (version) => ({ "github.com/prometheus/common/version.Version": withoutPrefix(version) }),
    },
    prometheus: {
        module: "github.com/prometheus/prometheus",
        version: "v0.314.0",
        binaries: { promtool: "github.com/prometheus/prometheus/cmd/promtool" },
        // Rules are tested without service discovery, whose clouds' libraries are most of the build.
        tags: "remove_all_sd",
        stamps: (version) => ({ "github.com/prometheus/common/version.Version": prometheusRelease(version) }),
    },
    alertmanager: {
        module: "github.com/prometheus/alertmanager",
        version: "v0.28.1",
        binaries: { amtool: "github.com/prometheus/alertmanager/cmd/amtool" },
        stamps: (version) => ({ "github.com/prometheus/common/version.Version": withoutPrefix(version) }),
    },
};

/** Every binary in build order. */
export const TOOLS: readonly Tool[] = Object.entries(FAMILIES).flatMap(([family, row]) => toolsOf(family, row));

/**
 * The tools with `names` (binaries or families; empty for all), without duplicates and in build order.
 *
 * @throws Error that lists the known names when a name is unknown.
 */
export function selectTools(names: readonly string[]): readonly Tool[] {
    const unknown = names.filter((name) => !TOOLS.some((tool) => tool.binary === name || tool.family === name));
    if (unknown.length > 0) {
        const known = [...new Set(TOOLS.flatMap((tool) => [tool.binary, tool.family]))].sort();
        throw new Error(`The toolchain has no ${quoted(unknown)}; known names: ${quoted(known)}.`);
    }
    return TOOLS.filter((tool) => names.length === 0 || names.includes(tool.binary) || names.includes(tool.family));
}

function toolsOf(family: string, { module, version, binaries, tags, stamps }: Family): Tool[] {
    const stamped = Object.entries(stamps?.(version) ?? {}).map(([variable, value]) => `-X ${variable}=${value}`);
    // -s -w: without debug symbols the binaries are a third smaller.
    const ldflags = ["-s", "-w", ...stamped];
    return Object.entries(binaries).map(([binary, pkg]) => ({
        binary,
        family,
        module,
        package: pkg,
        version,
        ...(tags === undefined ? {} : { tags }),
        ldflags,
    }));
}

/**
 * Without these an API server reports v0.0.0-master, which clients with a minimum version refuse. The release build sets
 * both copies of the version package; client-go's is in the user agent.
 */
function kubernetesStamps(version: string): Record<string, string> {
    const [major = "", minor = ""] = withoutPrefix(version).split(".");
    const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
    const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
    return Object.fromEntries(
        packages.flatMap((pkg) => Object.entries(values).map(([key, value]) => [`${pkg}.${key}`, value])),
    );
}

/** Prometheus tags release 3.8.0 as Go module v0.308.0: major, then the minor in two digits. */
export function prometheusRelease(version: string): string {
    const [, code = "0", patch = "0"] = withoutPrefix(version).split(".");
    return `${Math.floor(Number(code) / 100)}.${Number(code) % 100}.${patch}`;
}

function withoutPrefix(version: string): string {
    return version.replace(/^v/, "");
}

function quoted(names: readonly string[]): string {
    return names.map((name) => `"${name}"`).join(", ");
}
