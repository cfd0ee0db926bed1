/**
 * Generates docs/traffic.md from the traffic graph and the declared pods; `--check` compares only and fails on a
 * difference. Requirements NW-05, NW-06, NW-09.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as prettier from "prettier";

import type { Edge, TrafficGraph } from "../catalog/graph";
import type { Workloads } from "../catalog/types";
import { workloads } from "../catalog/workloads";
import type { Caller, Declared, Destination, PodGroup, PodSelector } from "../components/layer";
import { planStack } from "./plan";

const file = path.join(__dirname, "../docs/traffic.md");
const command = "npm run docs:traffic";

const intro = `# Traffic

Generated from \`catalog/\` and from what the layers declare by \`${command}\`; do not edit.

Every connection that is allowed, and no other one is: each namespace denies all connections in both directions, and the
rules below are added as NetworkPolicies. To allow a new one, add the call to the workload in \`catalog/workloads.ts\`, or to
the pods that a layer declares. Prod on GCP is shown; the other stacks and clouds differ in which stores and add-ons they have.`;

const named = (text: string): string => `\`${text}\``;

/** The diagram's id of a target: hosts have dots, which Mermaid does not accept. */
function idOf({ to }: Edge): string {
    return to.name.replace(/\W/g, "_");
}

function nodeOf(edge: Edge): string {
    const { to } = edge;
    const shape = to.kind === "store" ? `[(${to.name})]` : to.kind === "host" ? `([${to.name}])` : `[${to.name}]`;
    return `${idOf(edge)}${shape}`;
}

/** The shop as a Mermaid flowchart: workloads by namespace, stores and external hosts beside them. */
export function diagram({ edges }: Pick<TrafficGraph, "edges">, shop: Workloads): string {
    const entries = Object.entries(shop);
    const namespaces = [...new Set(entries.map(([, { namespace }]) => namespace))];
    const outside = new Set(edges.filter(({ to }) => to.kind !== "workload").map(nodeOf));
    const open = entries.filter(([, entry]) => entry.public === true);
    return [
        "```mermaid",
        "flowchart LR",
        "internet((internet))",
        ...namespaces.flatMap((namespace) => [
            `subgraph ${namespace}_namespace [namespace ${namespace}]`,
            ...entries.filter(([, entry]) => entry.namespace === namespace).map(([name]) => `${name}[${name}]`),
            "end",
        ]),
        ...[...outside].sort(),
        ...open.map(([name]) => `internet --> ${name}`),
        ...edges.filter(({ from }) => Object.hasOwn(shop, from)).map((edge) => `${edge.from} --> ${idOf(edge)}`),
        "```",
    ].join("\n");
}

function edgeTable({ edges }: Pick<TrafficGraph, "edges">): string {
    const rows = edges.map(({ from, to, port }) => `| ${from} | ${to.name} | ${to.kind} | ${port} |`);
    return ["| from | to | kind | port |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** The pods of a selector by the names of their groups, or by the selector if no group has it. */
function podsOf({ namespace, labels }: PodSelector, groups: readonly PodGroup[]): string {
    const found = groups.filter(
        (group) =>
            group.namespace === namespace &&
            Object.entries(labels).every(([key, value]) => group.labels[key] === value),
    );
    const texts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return found.length === 0
        ? named(`${namespace}: ${texts.join(", ") || "all pods"}`)
        : found.map(({ name }) => named(`${namespace}/${name}`)).join(", ");
}

function callerText(caller: Caller, groups: readonly PodGroup[]): string {
    if ("webhook" in caller) {
        return `the API server on ${caller.webhook}`;
    }
    if ("metrics" in caller) {
        return `Prometheus on ${caller.metrics}`;
    }
    if ("callersOf" in caller) {
        return `callers of ${named(caller.callersOf)}`;
    }
    return "anyAddress" in caller
        ? `any address on ${caller.anyAddress}`
        : `${podsOf(caller.pods, groups)} on ${caller.port}`;
}

function destinationText(destination: Destination, groups: readonly PodGroup[]): string {
    if (typeof destination === "string") {
        const texts = {
            dns: "DNS",
            "api-server": "the API server",
            cloud: "the cloud's APIs",
            kubelets: "the kubelets",
        };
        return texts[destination];
    }
    if ("store" in destination) {
        return `store ${named(destination.store)}`;
    }
    return "internet" in destination
        ? `the internet on ${destination.internet}`
        : `${podsOf(destination.pods, groups)} on ${destination.port}`;
}

function podTable(groups: readonly PodGroup[]): string {
    const rows = [...groups]
        .sort((a, b) => `${a.namespace}/${a.name}`.localeCompare(`${b.namespace}/${b.name}`, "en"))
        .map(({ name, namespace, callers, calls }) => {
            const cells = [
                namespace,
                name,
                callers.map((caller) => callerText(caller, groups)).join("<br>") || "nothing",
                calls.map((call) => destinationText(call, groups)).join("<br>") || "nothing",
            ];
            return `| ${cells.join(" | ")} |`;
        });
    return ["| namespace | pods | may be called by | may call |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** The whole page, formatted with the repository's prettier options. */
export async function render({ graph, pods }: Pick<Declared, "graph" | "pods">): Promise<string> {
    const parts = [
        intro,
        "## The shop",
        diagram(graph, workloads),
        "## Calls of services and jobs",
        edgeTable(graph),
        "## All pods",
        podTable(pods),
    ];
    const options = (await prettier.resolveConfig(file)) ?? {};
    return prettier.format(parts.join("\n\n"), { ...options, parser: "markdown" });
}

/** What prod on GCP declares. */
export async function declaredInProd(): Promise<Declared> {
    const { declared } = await planStack({ stack: "prod", cloud: "gcp", checkPolicies: false });
    if (declared === undefined) {
        throw new Error("the plan of prod has no declarations");
    }
    return declared;
}

async function main(check: boolean): Promise<void> {
    const page = await render(await declaredInProd());
    const current = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (check && current !== page) {
        console.error(`docs/traffic.md is out of date; run \`${command}\``);
        process.exitCode = 1;
    } else if (!check) {
        writeFileSync(file, page);
    }
}

if (require.main === module) {
    void main(process.argv.includes("--check"));
}
