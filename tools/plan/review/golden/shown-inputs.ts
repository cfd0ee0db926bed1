import { isObject, type Json, type JsonObject } from "../../json";
import type { PlannedResource } from "../../record/types";
import { awsInputs } from "./aws";
import { gcpInputs } from "./gcp";
import { kubernetesInputs } from "./kubernetes";
import { pulumiInputs } from "./pulumi";
import { onlyPresence, type ShownInputs } from "./types";

/** The inputs that a reviewer must see, by resource type. */
export const inputTable: Readonly<Record<string, ShownInputs>> = {
    ...pulumiInputs,
    ...awsInputs,
    ...gcpInputs,
    ...kubernetesInputs,
};

/** The inputs of one resource in a golden plan, without those that are not set. */
export function shownInputs({ type, inputs, options }: PlannedResource): JsonObject {
    const shown = inputTable[type] ?? onlyPresence;
    const found =
        typeof shown === "function"
            ? shown(inputs)
            : Object.fromEntries(shown.flatMap((path) => labelled(inputs, path)));
    return {
        ...found,
        ...(options.protect === true ? { protect: true } : {}),
        ...(options.retainOnDelete === true ? { retainOnDelete: true } : {}),
    };
}

function labelled(inputs: JsonObject, shown: string): [string, Json][] {
    const [label, path = label] = shown.split(": ") as [string, string?];
    const steps = path.split(/(?<!\\)\./);
    const value = select(inputs, steps);
    return value === undefined ? [] : [[path === label ? (steps.at(-1) ?? path) : label, value]];
}

function select(value: Json, path: readonly string[]): Json | undefined {
    const [step, ...rest] = path;
    if (step === undefined) {
        return value;
    }
    const each = step.endsWith("[]");
    const next = isObject(value) ? value[step.replace("[]", "").replaceAll("\\", "")] : undefined;
    if (next === undefined) {
        return undefined;
    }
    if (!each || !Array.isArray(next)) {
        return select(next, rest);
    }
    const items = next.flatMap((item) => select(item, rest) ?? []);
    return items.length === 0 ? undefined : items;
}
