import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { bagAt, bagsAt, isUnknown, stringAt, type Bag, type Value } from "../core/value";
import type { Failure } from "../core/provider";

const failure = (reason: string): readonly Failure[] => [{ property: "kubeconfig", reason }];

/** Contents, or the path of a file with the contents: the real provider takes both. */
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

/** The cluster that a kubeconfig's current context leads to: its server's address. */
export function serverOf(kubeconfig: Value | undefined, context: string | undefined): string | undefined {
    const config = parsed(kubeconfig);
    const current = context ?? stringAt(config, "current-context");
    const found = bagsAt(config, "contexts").find((entry) => stringAt(entry, "name") === current);
    const cluster = bagsAt(config, "clusters").find(
        (entry) => stringAt(entry, "name") === stringAt(found, "context.cluster"),
    );
    return stringAt(cluster, "cluster.server");
}

/** What is wrong with the provider's kubeconfig; one that is not known yet, or left to the environment, is let pass. */
export function kubeconfigFailures(inputs: Bag): readonly Failure[] {
    const kubeconfig = inputs["kubeconfig"];
    if (kubeconfig === undefined || isUnknown(kubeconfig)) {
        return [];
    }
    if (kubeconfig === null || kubeconfig === "") {
        return failure("kubeconfig is empty");
    }
    const config = parsed(kubeconfig);
    if (config === undefined) {
        return failure("failed to parse kubeconfig: neither a YAML object nor the path of a file that holds one");
    }
    const context = stringAt(inputs, "context") ?? stringAt(config, "current-context");
    if (context === undefined || context === "") {
        return failure("kubeconfig has no current-context and none is chosen");
    }
    if (!bagsAt(config, "contexts").some((entry) => stringAt(entry, "name") === context)) {
        return failure(`context "${context}" does not exist`);
    }
    if (serverOf(kubeconfig, context) === undefined) {
        return failure(`context "${context}" leads to no cluster with a server`);
    }
    return [];
}
