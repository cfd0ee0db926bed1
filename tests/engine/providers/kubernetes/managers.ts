import { bagAt, isBag, merge, stringAt, type Bag } from "../core/value";

/** Entries whose fields an update takes over, by prefix of the manager's name. */
const adopted: readonly { readonly prefix: string; readonly operation: "Apply" | "Update" }[] = [
    { prefix: "kubectl", operation: "Apply" },
    { prefix: "kubectl", operation: "Update" },
    { prefix: "before-first-apply", operation: "Update" },
    { prefix: "pulumi-kubernetes", operation: "Update" },
    { prefix: "pulumi-resource-kubernetes", operation: "Update" },
];

function isAdopted(entry: Bag): boolean {
    // `kubectl scale` writes through a subresource and keeps its field.
    return (
        (stringAt(entry, "subresource") ?? "") === "" &&
        adopted.some(
            ({ prefix, operation }) =>
                stringAt(entry, "manager")?.startsWith(prefix) === true && entry["operation"] === operation,
        )
    );
}

/**
 * `metadata.managedFields` in which `manager` has taken over the fields of kubectl and of client-side tools; undefined if
 * there are none. As `fixCSAFieldManagers` in provider/pkg/await/await.go of https://github.com/pulumi/pulumi-kubernetes
 * at 94977969, which calls `PatchReplaceFieldsManagers` in ssa/patch.go of https://github.com/fluxcd/pkg: names are
 * compared by prefix. The real provider does so before every update, but not in a preview, where the conflict is reported.
 */
export function takenOver(entries: readonly Bag[], manager: string): readonly Bag[] | undefined {
    const taken = entries.filter(isAdopted);
    const [first] = taken;
    if (first === undefined) {
        return undefined;
    }
    const isOwn = (entry: Bag): boolean => entry["manager"] === manager && entry["operation"] === "Apply";
    const own = entries.find(isOwn) ?? { ...first, manager, operation: "Apply" };
    const fields = taken.reduce(
        (sum, entry) => merge(sum, bagAt(entry, "fieldsV1") ?? {}),
        bagAt(own, "fieldsV1") ?? {},
    );
    return [
        ...entries.filter((entry) => isBag(entry) && !isAdopted(entry) && !isOwn(entry)),
        { ...own, fieldsV1: fields },
    ];
}
