import { at, isObject, listAt, textAt, type Json, type JsonObject } from "../control-plane/json";
import type { NodeView, PodView } from "./snapshot";

/** Whether a node's labels and taints allow a pod; free capacity is not considered. */
export function accepts(node: NodeView, pod: Pick<PodView, "spec">): boolean {
    return selects(pod.spec, node.labels) && untoleratedTaints(node, pod).length === 0;
}

/** Whether a pod's node selector and required node affinity match these labels. */
export function selects(spec: JsonObject, labels: Readonly<Record<string, string>>): boolean {
    const selector = spec["nodeSelector"];
    const chosen = Object.entries(isObject(selector) ? selector : {}).every(([key, value]) => labels[key] === value);
    const required = at(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
    const terms = listAt(required, "nodeSelectorTerms");
    const anyTerm = terms.some((term) => listAt(term, "matchExpressions").every((one) => matches(one, labels)));
    return chosen && (terms.length === 0 || anyTerm);
}

/** Whether a pod's preferred node affinity matches these labels. */
export function prefers(spec: JsonObject, labels: Readonly<Record<string, string>>): boolean {
    const terms = listAt(at(spec, "affinity", "nodeAffinity"), "preferredDuringSchedulingIgnoredDuringExecution").map(
        (term) => listAt(at(term, "preference"), "matchExpressions"),
    );
    return terms.some((expressions) => expressions.length > 0 && expressions.every((one) => matches(one, labels)));
}

/** Taints of a node that the pod does not tolerate. */
export function untoleratedTaints(node: NodeView, { spec }: Pick<PodView, "spec">): Json[] {
    return hardTaints(node).filter((taint) => !listAt(spec, "tolerations").some((one) => tolerates(one, taint)));
}

/** Taints with an effect other than PreferNoSchedule, without those of a node's condition. */
export function hardTaints({ taints }: NodeView): Json[] {
    return taints.filter((taint) => {
        const ofCondition = (textAt(taint, "key") ?? "").startsWith("node.kubernetes.io/");
        return textAt(taint, "effect") !== "PreferNoSchedule" && !ofCondition;
    });
}

/** Whether a toleration matches a taint. */
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
