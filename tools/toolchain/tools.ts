/** One Go module of `tests/toolchain/` and the binaries that are built from it. */
interface Family {
    /** The module whose version stands for the whole family. */
    readonly module: string;
    /** As in the family's `go.mod`; a test holds the two together. */
    readonly version: string;
    /** Binary name to Go package. */
    readonly binaries: Readonly<Record<string, string>>;
    /** Go variables that the project's own release build sets at link time. @default none */
    readonly stamps?: (version: string) => Readonly<Record<string, string>>;
}

/** One binary of the toolchain. */
export interface Tool {
    readonly binary: string;
    readonly family: string;
    readonly module: string;
    readonly package: string;
    readonly version: string;
    readonly ldflags: readonly string[];
}

// Every version is said here once; whatever a binary is to answer to `version` is derived from it.
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
        version: "v3.6.5",
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
        // The controller itself with its simulated cloud, instead of AWS': the rest of the code is the same.
        binaries: { karpenter: "sigs.k8s.io/karpenter/kwok" },
        stamps: (version) => ({ "sigs.k8s.io/karpenter/pkg/operator.Version": bare(version) }),
    },
    "kube-score": {
        module: "github.com/zegl/kube-score",
        version: "v1.20.0",
        binaries: { "kube-score": "github.com/zegl/kube-score/cmd/kube-score" },
        stamps: (version) => ({ "main.version": bare(version) }),
    },
    prometheus: {
        module: "github.com/prometheus/prometheus",
        version: "v0.308.0",
        binaries: { promtool: "github.com/prometheus/prometheus/cmd/promtool" },
        stamps: (version) => ({ "github.com/prometheus/common/version.Version": prometheusRelease(version) }),
    },
    alertmanager: {
        module: "github.com/prometheus/alertmanager",
        version: "v0.28.1",
        binaries: { amtool: "github.com/prometheus/alertmanager/cmd/amtool" },
        stamps: (version) => ({ "github.com/prometheus/common/version.Version": bare(version) }),
    },
};

/** Every binary, in the order in which they are built: what most suites wait for comes first. */
export const TOOLS: readonly Tool[] = Object.entries(FAMILIES).flatMap(([family, row]) => toolsOf(family, row));

/**
 * The tools that `names` (binaries or families, none for all) stand for, each once and in build order.
 *
 * @throws Error when a name is neither, listing what there is.
 */
export function selectTools(names: readonly string[]): readonly Tool[] {
    const unknown = names.filter((name) => !TOOLS.some((tool) => tool.binary === name || tool.family === name));
    if (unknown.length > 0) {
        const known = [...new Set(TOOLS.flatMap((tool) => [tool.binary, tool.family]))].sort();
        throw new Error(`The toolchain has no ${quoted(unknown)}; it has ${quoted(known)}.`);
    }
    return TOOLS.filter((tool) => names.length === 0 || names.includes(tool.binary) || names.includes(tool.family));
}

function toolsOf(family: string, { module, version, binaries, stamps }: Family): Tool[] {
    const stamped = Object.entries(stamps?.(version) ?? {}).map(([variable, value]) => `-X ${variable}=${value}`);
    // -s -w: nobody debugs these binaries, and without symbols they are a third smaller.
    const ldflags = ["-s", "-w", ...stamped];
    return Object.entries(binaries).map(([binary, pkg]) => ({
        binary,
        family,
        module,
        package: pkg,
        version,
        ldflags,
    }));
}

/**
 * Without these an API server says v0.0.0-master and clients that check for a minimum version turn away.
 * The release build stamps both copies of the version package; client-go's goes into the user agent.
 */
function kubernetesStamps(version: string): Record<string, string> {
    const [major = "", minor = ""] = bare(version).split(".");
    const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
    const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
    return Object.fromEntries(
        packages.flatMap((pkg) => Object.entries(values).map(([key, value]) => [`${pkg}.${key}`, value])),
    );
}

/** Prometheus tags release 3.8.0 as Go module v0.308.0: major, then the minor in two digits. */
export function prometheusRelease(version: string): string {
    const [, code = "0", patch = "0"] = bare(version).split(".");
    return `${Math.floor(Number(code) / 100)}.${Number(code) % 100}.${patch}`;
}

function bare(version: string): string {
    return version.replace(/^v/, "");
}

function quoted(names: readonly string[]): string {
    return names.map((name) => `"${name}"`).join(", ");
}
