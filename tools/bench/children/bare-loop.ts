import * as pulumi from "@pulumi/pulumi";

import { record, type PlannedResource } from "../../plan";
import { loadClasses, readResources } from "./constructors";
import { measured } from "./measured";

/**
 * Registers the plan's resources with the same inputs, parents, providers and recorder in a loop: without components,
 * configuration, policies and rendering. The first argument is the file with the resources; with `plain` as the second
 * every resource is a `CustomResource` instead of an instance of its SDK class.
 */
const [file = "", mode] = process.argv.slice(2);
const { resources } = readResources(file);
const rootType = "pulumi:pulumi:Stack";
const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
const classes = mode === "plain" ? new Map<string, never>() : loadClasses(resources.map(({ type }) => type));

class Provider extends pulumi.ProviderResource {
    constructor({ type, name, inputs }: PlannedResource, options: pulumi.ResourceOptions) {
        super(type.slice("pulumi:providers:".length), name, inputs, options);
    }
}

class Plain extends pulumi.CustomResource {}

function loop(): Promise<Record<string, unknown>> {
    const created = new Map<string, pulumi.Resource>();
    const create = (resource: PlannedResource | undefined): pulumi.Resource | undefined => {
        if (resource === undefined || resource.type === rootType) {
            return undefined;
        }
        const existing = created.get(resource.urn);
        if (existing !== undefined) {
            return existing;
        }
        const parent = create(byUrn.get(resource.parent ?? ""));
        const provider = create(byUrn.get(resource.provider ?? "")) as pulumi.ProviderResource | undefined;
        const options = { ...(parent && { parent }), ...(provider && { provider }) };
        const constructed = construct(resource, options);
        created.set(resource.urn, constructed);
        return constructed;
    };
    resources.forEach(create);
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
