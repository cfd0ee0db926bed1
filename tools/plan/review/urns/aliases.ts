import { isObject, type JsonObject, textAt } from "../../json";
import { makeUrn, nameOf } from "../../record/urn";
import type { PlannedResource } from "../../record/types";

/**
 * The former URNs under which the engine finds a plan's resources in the state: from a resource's own aliases, and inherited
 * from its parent's.
 *
 * @param known whether a stack may contain a URN: children inherit only such URNs from their parent.
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

/** The URN of an alias, which is a URN or the parts in which it differs: name, type, parent, stack or project. */
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

/** The URN of a child below its parent's former URN; a name that begins with the parent's begins with the former name. */
function inheritedUrn(urn: string, parentName: string, parentUrn: string): string {
    const [place = "", project = "", types = ""] = urn.split("::");
    const name = nameOf(urn);
    const formerName = name.startsWith(parentName) ? nameOf(parentUrn) + name.slice(parentName.length) : name;
    const type = types.slice(types.lastIndexOf("$") + 1);
    return makeUrn(place.replace("urn:pulumi:", ""), project, parentUrn, type, formerName);
}
