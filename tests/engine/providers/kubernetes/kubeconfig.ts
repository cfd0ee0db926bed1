import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { bagAt, bagsAt, isUnknown, stringAt, type Bag, type Value } from "../core/value";
import type { Failure } from "../core/provider";

const failure = (reason: string): readonly Failure[] => [{ property: "kubeconfig", reason }];

/** The real provider accepts the contents of a kubeconfig or the path of one. */
function contents(kubeconfig: string): string {
    return !kubeconfig.includes("\n") && existsSync(kubeconfig) ? readFileSync(kubeconfig, "utf8") : kubeconfig;
}

function parsed(kubeconfig: Value | undefined): Bag | undefined {
    if (typeof kubeconfig !== "string") {
        return bagAt({ kubeconfig: kubeconfig ?? null }, "kubeconfig");
    }
    try {
        return bagAt({ kubeconfig: parse(contents(kubeconfig)) as Value }, "kubeconfig");
    } catch {
        return undefined;
    }
}

/** Server of the cluster of a kubeconfig's current context. */
export function serverOf(kubeconfig: Value | undefined, context: string | undefined): string | undefined {
    const config = parsed(kubeconfig);
    const current = context ?? stringAt(config, "current-context");
    const found = bagsAt(config, "contexts").find((entry) => stringAt(entry, "name") === current);
    const cluster = bagsAt(config, "clusters").find(
        (entry) => stringAt(entry, "name") === stringAt(found, "context.cluster"),
    );
    return stringAt(cluster, "cluster.server");
}

/**
 * Failures of the provider's kubeconfig. An unknown one is accepted; a missing or an empty one means the machine's
 * (`Configure` in provider/pkg/provider/provider.go of https://github.com/pulumi/pulumi-kubernetes at 94977969).
 */
export function kubeconfigFailures(inputs: Bag): readonly Failure[] {
    const kubeconfig = inputs["kubeconfig"];
    if (kubeconfig === undefined || kubeconfig === null || kubeconfig === "" || isUnknown(kubeconfig)) {
        return [];
    }
    const config = parsed(kubeconfig);
    if (config === undefined) {
        return failure("failed to parse kubeconfig: neither a YAML object nor the path of a YAML file");
    }
    const context = stringAt(inputs, "context") ?? stringAt(config, "current-context");
    if (context === undefined || context === "") {
        return failure("kubeconfig has no current-context and the provider sets no context");
    }
    if (!bagsAt(config, "contexts").some((entry) => stringAt(entry, "name") === context)) {
        return failure(`context "${context}" does not exist`);
    }
    if (serverOf(kubeconfig, context) === undefined) {
        return failure(`context "${context}" has no cluster with a server`);
    }
    return [];
}
