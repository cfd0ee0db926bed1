import { at, isObject, listAt, textAt, type Json, type JsonObject } from "../control-plane/json";
import type { NodeView, PodView } from "./snapshot";

/** Whether a pod may run on a node as far as labels and taints go; whether there is room is another matter. */
export function accepts(node: NodeView, pod: Pick<PodView, "spec">): boolean {
    return selects(pod.spec, node.labels) && keepingOff(node, pod).length === 0;
}

/** Whether a pod's node selector and required node affinity take a node with these labels. */
export function selects(spec: JsonObject, labels: Readonly<Record<string, string>>): boolean {
    const selector = spec["nodeSelector"];
    const chosen = Object.entries(isObject(selector) ? selector : {}).every(([key, value]) => labels[key] === value);
    const required = at(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
    const terms = listAt(required, "nodeSelectorTerms");
    const anyTerm = terms.some((term) => listAt(term, "matchExpressions").every((one) => matches(one, labels)));
    return chosen && (terms.length === 0 || anyTerm);
}

/** Whether a pod asks for a node with these labels first, without needing one. */
export function prefers(spec: JsonObject, labels: Readonly<Record<string, string>>): boolean {
    const terms = listAt(at(spec, "affinity", "nodeAffinity"), "preferredDuringSchedulingIgnoredDuringExecution").map(
        (term) => listAt(at(term, "preference"), "matchExpressions"),
    );
    return terms.some((expressions) => expressions.length > 0 && expressions.every((one) => matches(one, labels)));
}

/** Taints of a node that the pod does not tolerate. */
export function keepingOff(node: NodeView, { spec }: Pick<PodView, "spec">): Json[] {
    return hardTaints(node).filter((taint) => !listAt(spec, "tolerations").some((one) => tolerates(one, taint)));
}

/** Taints that keep pods off, not those that only make a node less liked, nor those of a node's state. */
export function hardTaints({ taints }: NodeView): Json[] {
    return taints.filter((taint) => {
        const ofState = (textAt(taint, "key") ?? "").startsWith("node.kubernetes.io/");
        return textAt(taint, "effect") !== "PreferNoSchedule" && !ofState;
    });
}

/** Whether a toleration is for this taint. */
export function tolerates(toleration: Json, taint: Json): boolean {
    const [key, operator] = [textAt(toleration, "key") ?? "", textAt(toleration, "operator") ?? "Equal"];
    const effect = textAt(toleration, "effect") ?? "";
    const sameEffect = effect === "" || effect === textAt(taint, "effect");
    const sameKey = key === textAt(taint, "key") || (key === "" && operator === "Exists");
    const sameValue = operator === "Exists" || (textAt(toleration, "value") ?? "") === (textAt(taint, "value") ?? "");
    return sameEffect && sameKey && sameValue;
}

function matches(expression: Json, labels: Readonly<Record<string, string>>): boolean {
    const label = labels[textAt(expression, "key") ?? ""];
    const values = listAt(expression, "values");
    switch (textAt(expression, "operator")) {
        case "In":
            return label !== undefined && values.includes(label);
        case "NotIn":
            return label === undefined || !values.includes(label);
        case "Exists":
            return label !== undefined;
        case "DoesNotExist":
            return label === undefined;
        case "Gt":
            return label !== undefined && Number(label) > Number(values[0]);
        case "Lt":
            return label !== undefined && Number(label) < Number(values[0]);
        default:
            return false;
    }
}
