import * as pulumi from "@pulumi/pulumi";

import { record, type PlannedResource } from "../../plan";
import { loadClasses, readResources } from "./constructors";
import { measured } from "./measured";

/**
 * The same resources with the same inputs, parents and providers under the same recorder, but by a loop over a list:
 * no components, no configuration, no policies, nothing rendered. The first argument is the list's file; `plain` as the
 * second makes every resource by `CustomResource` alone rather than by its class of the SDK.
 */
const [file = "", how] = process.argv.slice(2);
const { resources } = readResources(file);
const rootType = "pulumi:pulumi:Stack";
const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
const classes = how === "plain" ? new Map<string, never>() : loadClasses(resources.map(({ type }) => type));

class Provider extends pulumi.ProviderResource {
    constructor({ type, name, inputs }: PlannedResource, options: pulumi.ResourceOptions) {
        super(type.slice("pulumi:providers:".length), name, inputs, options);
    }
}

class Plain extends pulumi.CustomResource {}

function loop(): Promise<Record<string, unknown>> {
    const made = new Map<string, pulumi.Resource>();
    const make = (resource: PlannedResource | undefined): pulumi.Resource | undefined => {
        if (resource === undefined || resource.type === rootType) {
            return undefined;
        }
        const existing = made.get(resource.urn);
        if (existing !== undefined) {
            return existing;
        }
        const parent = make(byUrn.get(resource.parent ?? ""));
        const provider = make(byUrn.get(resource.provider ?? "")) as pulumi.ProviderResource | undefined;
        const options = { ...(parent && { parent }), ...(provider && { provider }) };
        const created = construct(resource, options);
        made.set(resource.urn, created);
        return created;
    };
    resources.forEach(make);
    return Promise.resolve({});
}

function construct(resource: PlannedResource, options: pulumi.CustomResourceOptions): pulumi.Resource {
    const { type, name, inputs, custom } = resource;
    if (type.startsWith("pulumi:providers:")) {
        return new Provider(resource, options);
    }
    if (!custom) {
        return new pulumi.ComponentResource(type, name, {}, options);
    }
    const Class = classes.get(type);
    return Class === undefined ? new Plain(type, name, inputs, options) : new Class(name, inputs, options);
}

void measured(async () => {
    const config = { values: {}, secretKeys: [] };
    const recording = await record({ project: "ecommerce-platform", stack: "prod", config, program: loop });
    return recording.resources.length;
});
