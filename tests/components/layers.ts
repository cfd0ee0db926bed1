import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { namespaces } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";
import type { Declared } from "../../components/layer";
import { createNetwork } from "../../components/network";
import { layers, Platform } from "../../components/platform";
import { type PlatformConfig, platformConfig, type Settings } from "../../components/platform-config";
import type { Namespaces } from "../../components/security/types";
import type { Cloud, Tier } from "../../config/schema";
import { type JsonObject, type PlannedResource, record } from "../../tools/plan";
import { answer } from "./cloud-outputs";

/** Configuration of a stack with its tier's name, on a cloud; `own` overrides the tier's defaults. */
export function configOf(cloud: Cloud, tier: Tier, own: Partial<Settings> = {}): PlatformConfig {
    return platformConfig.resolve(tier, {
        tier,
        cloud,
        domain: "demo.example.com",
        gcp: { project: "shop-project" },
        aws: { accountId: "123456789012" },
        ...own,
    });
}

/** Resources that a preview of the program registers, without the stack itself. */
export async function planned(program: () => unknown): Promise<readonly PlannedResource[]> {
    const { resources } = await record({
        project: "shop",
        stack: "test",
        config: { values: {}, secretKeys: [] },
        program: () => {
            program();
            return Promise.resolve({});
        },
    });
    return resources.filter(({ type }) => type !== "pulumi:pulumi:Stack");
}

/** The declarations of all layers. */
export function declaredOf(config: PlatformConfig): Declared {
    return layers.declare({ config, workloads });
}

/** Inputs of the network layer. */
export function networkArgs(config: PlatformConfig) {
    return { config, declared: declaredOf(config) };
}

/** Inputs of the cluster layer, its network included. */
export function clusterArgs(config: PlatformConfig) {
    const args = networkArgs(config);
    return { ...args, network: createNetwork("network", args) };
}

/** The interface of the security layer, without its resources. */
export const namespaceNames = Object.fromEntries(
    [...namespaces, "kube-system"].map((name) => [name, pulumi.output(name)]),
) as unknown as Namespaces;

/** Resources that a preview of the whole platform registers. */
export function platformPlan(config: PlatformConfig): Promise<readonly PlannedResource[]> {
    return planned(() => new Platform("platform", { config, workloads }));
}

/** The one resource of a type and a name. */
export function one(resources: readonly PlannedResource[], type: string, name: string): PlannedResource {
    const found = resources.filter((resource) => resource.type === type && resource.name === name);
    assert.equal(found.length, 1, `${found.length} of ${name} (${type}) among:\n${names(resources).join("\n")}`);
    return found[0]!;
}

/** A resource's inputs. */
export function inputs(resources: readonly PlannedResource[], type: string, name: string): JsonObject {
    return one(resources, type, name).inputs;
}

export function names(resources: readonly PlannedResource[]): string[] {
    return resources.map(({ type, name }) => `${type} ${name}`).sort();
}

/** Number of resources by type. */
export function tally(resources: readonly PlannedResource[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of [...resources].sort((a, b) => (a.type < b.type ? -1 : 1))) {
        counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
}

/** A resource of {@link created}. */
export interface CreatedResource {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** Runs the program as an update: each resource has the id `<name>-id`, and the outputs that `outputs` gives by type. */
export async function created(
    program: () => unknown,
    outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<readonly CreatedResource[]> {
    const all: CreatedResource[] = [];
    await pulumi.runtime.setMocks(
        {
            call: ({ token }) => answer(token),
            newResource: (args) => {
                const own = args.inputs as Record<string, unknown>;
                all.push({ type: args.type, name: args.name, inputs: unwrapped(own) });
                return { id: `${args.name}-id`, state: { ...own, ...outputs[args.type] } };
            },
        },
        "shop",
        "test",
        false,
    );
    program();
    await pulumi.runtime.disconnect();
    return all;
}

/** Inputs with secrets unwrapped. */
function unwrapped(own: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(own).map(([key, value]) => [
            key,
            pulumi.runtime.isRpcSecret(value) ? (value as { value: unknown }).value : value,
        ]),
    );
}

/** Inputs of the one created resource of a type and a name. */
export function createdOne(
    all: readonly CreatedResource[],
    type: string,
    name: string,
): Readonly<Record<string, unknown>> {
    const found = all.filter((entry) => entry.type === type && entry.name === name);
    assert.equal(found.length, 1, `${found.length} of ${name} (${type})`);
    return found[0]!.inputs;
}
