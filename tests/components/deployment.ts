import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import type { RegisterResourceOutputsRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { workloads } from "../../catalog/workloads";
import { cloudProviders, drProvider } from "../../components/cloud";
import { createCluster } from "../../components/cluster";
import { LayerComponent } from "../../components/layer/layer";
import { createNetwork } from "../../components/network";
import { type PlatformConfig, Platform } from "../../components/platform";
import type { Settings } from "../../components/platform-config";
import type { Cloud, Tier } from "../../config/schema";
import type { Json, JsonObject } from "../../tools/plan/json";
import { isObject } from "../../tools/plan/json";
import { optionsOf } from "../../tools/plan/record/request";
import { withoutTraces } from "../../tools/plan/record/traces";
import type { PlannedOptions } from "../../tools/plan/record/types";
import { makeUrn, nameOf, providerUrn } from "../../tools/plan/record/urn";
import { watchFailures } from "../../tools/plan/record/watch";
import { answer, cloudOutputs } from "./cloud-outputs";
import { configOf, declaredOf, networkArgs } from "./layers";

/** A resource as an update creates it: every value is known, a secret is `{ secret: value }`. */
export interface Deployed {
    readonly urn: string;
    /** Last part of the type and name: `NodePool cluster-app`. */
    readonly title: string;
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** Titles; of the provider where one is explicit. */
    readonly parent: string | undefined;
    readonly provider: string | undefined;
    readonly inputs: JsonObject;
    /** URNs of everything that has to exist before, by `dependsOn` or through an input. */
    readonly dependsOn: readonly string[];
    readonly options: Omit<PlannedOptions, "dependsOn">;
    /** What the component registered as its outputs. */
    outputs?: JsonObject;
}

/** All resources of a program, and its outputs. */
export interface Deployment {
    readonly resources: readonly Deployed[];
    readonly outputs: JsonObject;
}

/** Type and name of a URN, without the types of its parents. */
export function titleOf(urn: string): string {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    return `${type.split(":").at(-1) ?? ""} ${nameOf(urn)}`;
}

const secretKey = "4dabf18193072939515e22adb298388d";

/** Values of the wire format, with secrets marked. */
function marked(value: Json): Json {
    if (Array.isArray(value)) {
        return (value as readonly Json[]).map(marked);
    }
    if (!isObject(value)) {
        return value;
    }
    return secretKey in value
        ? { secret: marked(value["value"] ?? null) }
        : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, marked(part)]));
}

/** Values without the marks of secrets, as a provider gets them. */
function bare(value: Json): Json {
    if (Array.isArray(value)) {
        return (value as readonly Json[]).map(bare);
    }
    if (!isObject(value)) {
        return value;
    }
    const keys = Object.keys(value);
    return keys.length === 1 && keys[0] === "secret"
        ? bare(value["secret"] ?? null)
        : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, bare(part)]));
}

type Reply<T> = (error: Error | null, response: T) => void;

/** Runs a program as a first update: each resource has the id `<name>-id`, and outputs that name it. */
export function deploy(program: () => unknown): Promise<Deployment> {
    return withoutTraces(() => run(program));
}

async function run(program: () => unknown): Promise<Deployment> {
    const resources = new Map<string, Deployed>();
    let outputs: JsonObject = {};
    await pulumi.runtime.setMocks(
        {
            call: ({ token }) => answer(token),
            newResource: ({ name }) => {
                throw new Error(`unexpected registration of ${name}`);
            },
        },
        "shop",
        "test",
        false,
    );
    Object.assign(pulumi.runtime.getMonitor() ?? {}, {
        registerResource: (request: RegisterResourceRequest, reply: Reply<proto.RegisterResourceResponse>) => {
            const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
            const urn = makeUrn("test", "shop", parent, type, name);
            assert.ok(!resources.has(urn), `${urn} is registered twice`);
            const inputs = marked(request.getObject()?.toJavaScript() ?? {}) as JsonObject;
            const { dependsOn = [], ...options } = optionsOf(request);
            const provider = providerUrn(request.getProvider());
            resources.set(urn, {
                ...{ urn, title: titleOf(urn), type, name, custom: request.getCustom(), inputs, dependsOn, options },
                parent: parent === "" ? undefined : titleOf(parent),
                provider: provider === "" ? undefined : titleOf(provider),
            });
            const response = new proto.RegisterResourceResponse();
            response.setUrn(urn);
            response.setId(request.getCustom() ? `${name}-id` : "");
            const state = request.getCustom() ? cloudOutputs(type, name, bare(inputs) as JsonObject) : {};
            const struct = request.getObject()?.clone();
            response.setObject(Object.assign(struct ?? {}, { toJavaScript: () => state }) as never);
            reply(null, response);
        },
        registerResourceOutputs: (request: RegisterResourceOutputsRequest, reply: Reply<object>) => {
            const own = marked(request.getOutputs()?.toJavaScript() ?? {}) as JsonObject;
            const resource = resources.get(request.getUrn());
            assert.ok(resource, `outputs of ${request.getUrn()}, which is not registered`);
            resource.outputs = own;
            if (resource.type === "pulumi:pulumi:Stack") {
                outputs = own;
            }
            reply(null, {});
        },
    });
    await watchFailures(async () => {
        await pulumi.runtime.runInPulumiStack(() => Promise.resolve(program() ?? {}));
        await pulumi.runtime.disconnect();
    });
    const all = [...resources.values()].filter(({ type }) => type !== "pulumi:pulumi:Stack");
    return { resources: all.sort((a, b) => (a.urn < b.urn ? -1 : 1)), outputs };
}

/** Creates the whole platform, with the providers that the program creates. */
export function deployPlatform(config: PlatformConfig): Promise<Deployment> {
    return deploy(() => {
        new Platform(
            "platform",
            { config, workloads, drProvider: drProvider(config) },
            { providers: cloudProviders(config) },
        );
    });
}

const known = new Map<string, Promise<Deployment>>();

/** The platform of a tier on a cloud, created once per test run. */
export function deployment(cloud: Cloud, tier: Tier): Promise<Deployment> {
    const key = `${cloud} ${tier}`;
    const found = known.get(key) ?? deployPlatform(configOf(cloud, tier));
    known.set(key, found);
    return found;
}

/** The network and the cluster alone, below the components of their layers, with the tier's settings changed by `own`. */
export function deployCluster(cloud: Cloud, tier: Tier, own: Partial<Settings>): Promise<Deployment> {
    const config = configOf(cloud, tier, own);
    return deploy(() => {
        const opts = { providers: cloudProviders(config) };
        const create = (child: pulumi.ComponentResourceOptions) => createNetwork("network", networkArgs(config), child);
        const { promise: network } = new LayerComponent("network", { create }, opts);
        const args = { config, declared: declaredOf(config), network };
        new LayerComponent("cluster", { create: (child) => createCluster("cluster", args, child) }, opts);
    });
}

/** Resources below the component of a layer. */
export function inLayer({ resources }: Deployment, layer: string): readonly Deployed[] {
    return resources.filter(({ urn }) => urn.replaceAll("::", "$").includes(`$shop:${layer}:Layer`));
}
