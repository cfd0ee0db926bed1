import { isObject, type JsonObject, textAt } from "../../json";
import { makeUrn, nameOf } from "../../record/urn";
import type { PlannedResource } from "../../record/types";

/**
 * The URNs that the engine takes a plan's resources for besides their own, as it works them out: from a resource's own
 * aliases, and from those of its parents, whose children it finds below the parent's earlier URN.
 *
 * @param known whether a URN is one that a stack may hold: only then do children inherit it from their parent.
 */
export function formerUrns(resources: readonly PlannedResource[], known: (urn: string) => boolean): Set<string> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const found = new Map<string, readonly string[]>();
    const former = (resource: PlannedResource): readonly string[] => {
        const before = found.get(resource.urn);
        if (before !== undefined) {
            return before;
        }
        const own = (resource.options.aliases ?? []).map((alias) => aliasUrn(resource, alias));
        const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
        const parents = parent === undefined ? [] : former(parent).filter(known);
        const inherited = parents.flatMap((parentUrn) =>
            [resource.urn, ...own].map((urn) => inheritedUrn(urn, nameOf(parent?.urn ?? ""), parentUrn)),
        );
        const all = [...new Set([...own, ...inherited])];
        found.set(resource.urn, all);
        return all;
    };
    return new Set(resources.flatMap(former));
}

/** An alias is a URN, or the parts in which the earlier URN differs: name, type, parent, stack or project. */
function aliasUrn(resource: PlannedResource, alias: string | JsonObject): string {
    if (!isObject(alias)) {
        return alias;
    }
    const [place = "", project = ""] = resource.urn.split("::");
    const parent = alias["noParent"] === true ? "" : (textAt(alias, "parent") ?? resource.parent ?? "");
    return makeUrn(
        textAt(alias, "stack") ?? place.replace("urn:pulumi:", ""),
        textAt(alias, "project") ?? project,
        parent,
        textAt(alias, "type") ?? resource.type,
        textAt(alias, "name") ?? resource.name,
    );
}

/** A child below the earlier URN of its parent; a name that begins with the parent's begins with the earlier one. */
function inheritedUrn(urn: string, parentName: string, parentUrn: string): string {
    const [place = "", project = "", types = ""] = urn.split("::");
    const name = nameOf(urn);
    const formerName = name.startsWith(parentName) ? nameOf(parentUrn) + name.slice(parentName.length) : name;
    const type = types.slice(types.lastIndexOf("$") + 1);
    return makeUrn(place.replace("urn:pulumi:", ""), project, parentUrn, type, formerName);
}
