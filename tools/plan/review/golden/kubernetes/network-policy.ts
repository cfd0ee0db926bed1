import { at, isObject, listAt, textAt, type Json, type JsonObject } from "../../../json";
import { word } from "./text";

/** The allowed peers of the selected pods, each with its ports as one word: `payment/app=payment:8080`. */
export function networkPolicyInputs({ spec }: JsonObject): JsonObject {
    const types = listAt(spec, "policyTypes");
    const side = (field: "ingress" | "egress", peers: "from" | "to"): JsonObject =>
        types.some((type) => type === (field === "ingress" ? "Ingress" : "Egress"))
            ? { [field]: listAt(spec, field).flatMap((rule) => ruleTexts(rule, peers)) }
            : {};
    return { pods: labelsOf(at(spec, "podSelector")), ...side("ingress", "from"), ...side("egress", "to") };
}

function ruleTexts(rule: Json, key: "from" | "to"): string[] {
    const ports = listAt(rule, "ports").map((port) => {
        const number = at(port, "port");
        return typeof number === "string" ? number : JSON.stringify(number ?? "any");
    });
    const suffix = ports.length === 0 ? "any port" : [...new Set(ports)].join(",");
    const peers = listAt(rule, key).map(peerText);
    return (peers.length === 0 ? ["anyone"] : peers).map((peer) => `${peer}:${suffix}`);
}

function peerText(peer: Json): string {
    const cidr = textAt(peer, "ipBlock", "cidr");
    if (cidr !== undefined) {
        const except = listAt(peer, "ipBlock", "except");
        return except.length === 0 ? cidr : `${cidr} except ${except.map(word).join(",")}`;
    }
    const namespaces = at(peer, "namespaceSelector");
    const pods = at(peer, "podSelector");
    const own = namespaces === undefined ? "" : `${labelsOf(namespaces)}/`;
    return `${own}${pods === undefined ? "all" : labelsOf(pods)}`;
}

/** The labels of a selector, without the one that all objects of the platform have. */
function labelsOf(selector: Json | undefined): string {
    const labels = at(selector, "matchLabels");
    const expressions = listAt(selector, "matchExpressions").map((expression) => JSON.stringify(expression));
    const pairs = Object.entries(isObject(labels) ? labels : {})
        .filter(([key]) => key !== "app.kubernetes.io/part-of")
        .map(([key, value]) => (key === "kubernetes.io/metadata.name" ? word(value) : `${key}=${word(value)}`));
    const all = [...pairs, ...expressions];
    return all.length === 0 ? "all" : all.join(",");
}
