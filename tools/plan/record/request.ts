import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import type { Json, JsonObject } from "../json";
import { providerUrn } from "./urn";
import type { PlannedOptions } from "./types";

/** The options that a registration sets. */
export function optionsOf(request: RegisterResourceRequest): PlannedOptions {
    const timeouts = timeoutsOf(request);
    const providers = providersOf(request);
    return {
        ...list("dependsOn", request.getDependenciesList().toSorted()),
        ...(request.getProtect() === true ? { protect: true } : {}),
        ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
        ...(request.getDeletebeforereplacedefined() ? { deleteBeforeReplace: request.getDeletebeforereplace() } : {}),
        ...list("ignoreChanges", request.getIgnorechangesList()),
        ...list("replaceOnChanges", request.getReplaceonchangesList()),
        ...list("additionalSecretOutputs", request.getAdditionalsecretoutputsList()),
        ...list("hideDiffs", request.getHidediffsList()),
        ...list(
            "aliases",
            request.getAliasesList().map((alias) => aliasOf(alias, request.getParent())),
        ),
        ...(Object.keys(timeouts).length > 0 ? { customTimeouts: timeouts } : {}),
        ...text("deletedWith", request.getDeletedwith()),
        ...list("replaceWith", request.getReplaceWithList()),
        ...text("import", request.getImportid()),
        ...text("pluginDownloadUrl", request.getPlugindownloadurl()),
        ...(Object.keys(providers).length > 0 ? { providers } : {}),
    };
}

function list<Key extends string, T>(key: Key, values: readonly T[]): Partial<Record<Key, readonly T[]>> {
    return values.length > 0 ? ({ [key]: values } as Record<Key, readonly T[]>) : {};
}

function text<Key extends string>(key: Key, value: string): Partial<Record<Key, string>> {
    return value === "" ? {} : ({ [key]: value } as Record<Key, string>);
}

function timeoutsOf(request: RegisterResourceRequest): JsonObject {
    const timeouts = request.getCustomtimeouts();
    return {
        ...text("create", timeouts?.getCreate() ?? ""),
        ...text("update", timeouts?.getUpdate() ?? ""),
        ...text("delete", timeouts?.getDelete() ?? ""),
        ...text("read", timeouts?.getRead() ?? ""),
    };
}

function providersOf(request: RegisterResourceRequest): Record<string, string> {
    const providers: Record<string, string> = {};
    request.getProvidersMap().forEach((reference: string, name: string) => {
        providers[name] = providerUrn(reference);
    });
    return providers;
}

/** An alias as a URN, or as the parts that differ from the resource's own URN. */
function aliasOf(alias: Alias, parent: string): string | JsonObject {
    const spec = alias.getSpec();
    if (spec === undefined) {
        return alias.getUrn();
    }
    const parts: Record<string, Json> = {
        ...text("name", spec.getName()),
        ...text("type", spec.getType()),
        ...text("stack", spec.getStack()),
        ...text("project", spec.getProject()),
        ...(spec.getNoparent() ? { noParent: true } : {}),
        // The SDK adds the resource's parent if the alias has none.
        ...(spec.getParenturn() === parent ? {} : text("parent", spec.getParenturn())),
    };
    return parts;
}
