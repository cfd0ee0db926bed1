import { Refusal } from "../core/provider";
import { at, bagAt, given, isUnknown, stringAt, type Bag, type Value } from "../core/value";
import { kindOf, referenceTo } from "./backend";
import { qualified, type Kind } from "./kinds";
import { badLabelKey, badLabelValue, badName } from "./names";
import { specErrors } from "./validate-spec";

const COMMON = ["apiVersion", "kind", "metadata"];

const METADATA = [
    ...["name", "namespace", "labels", "annotations", "generateName", "finalizers", "ownerReferences"],
    ...["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "managedFields", "selfLink"],
    "deletionGracePeriodSeconds",
];

function unknownFields(object: Bag, kind: Kind): string[] {
    const top = Object.keys(object).filter((key) => ![...COMMON, ...kind.fields].includes(key));
    const metadata = Object.keys(bagAt(object, "metadata") ?? {}).filter((key) => !METADATA.includes(key));
    return [...top, ...metadata.map((key) => `metadata.${key}`)];
}

/** Errors of a map of labels. */
function labelErrors(labels: Value | undefined, path: string): string[] {
    return Object.entries(labels === undefined || labels === null ? {} : (labels as Bag)).flatMap(([key, value]) => {
        const badKey = badLabelKey(key);
        if (badKey !== undefined) {
            return [`${path}: Invalid value: ${JSON.stringify(key)}: ${badKey}`];
        }
        const bad = typeof value === "string" ? badLabelValue(value) : undefined;
        return bad === undefined ? [] : [`${path}: Invalid value: ${JSON.stringify(value)}: ${bad}`];
    });
}

function metadataErrors(object: Bag, kind: Kind): string[] {
    const errors: string[] = [];
    const name = at(object, "metadata.name");
    if (!given(object, "metadata.name")) {
        // The API server accepts generateName and the real provider generates names; the program uses neither.
        errors.push("metadata.name: Required value: name or generateName is required");
    } else if (typeof name === "string") {
        const bad = badName(kind.names, name);
        errors.push(...(bad === undefined ? [] : [`metadata.name: Invalid value: ${JSON.stringify(name)}: ${bad}`]));
    }
    if (!kind.namespaced && given(object, "metadata.namespace")) {
        errors.push("metadata.namespace: Forbidden: not allowed on this type");
    }
    errors.push(...labelErrors(bagAt(object, "metadata.labels"), "metadata.labels"));
    errors.push(...labelErrors(bagAt(object, "spec.template.metadata.labels"), "spec.template.labels"));
    return errors;
}

/** The API server's error: `Deployment.apps "web" is invalid: ...`, with several errors in brackets. */
function invalid(kind: Kind, name: string, errors: readonly string[]): Refusal {
    const list = errors.length === 1 ? (errors[0] ?? "") : `[${errors.join(", ")}]`;
    return new Refusal(`${qualified(kind)} ${JSON.stringify(name)} is invalid: ${list}`);
}

/** Validates an object without other objects; unknown values are accepted. @throws Refusal with all errors. */
export function validate(object: Bag): void {
    const kind = kindOf(object);
    const { name } = referenceTo(object);
    const fields = unknownFields(object, kind);
    if (fields.length > 0) {
        const version = stringAt(object, "apiVersion")?.split("/").pop() ?? "";
        const list = fields.map((field) => `unknown field "${field}"`).join(", ");
        throw new Refusal(
            `${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}: strict decoding error: ${list}`,
        );
    }
    const errors = [...metadataErrors(object, kind), ...(isUnknown(object["spec"]) ? [] : specErrors(object, kind))];
    if (errors.length > 0) {
        throw invalid(kind, name, errors);
    }
}
