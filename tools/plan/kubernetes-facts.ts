import { at, isObject, listAt, textAt, type Json, type JsonObject } from "./json";
import { poolOf } from "./pods";

/** Who a pod is, where it runs, and everything in which it departs from the restricted standard. */
export function podFacts(inputs: JsonObject): JsonObject {
    const template = at(inputs, "spec", "jobTemplate", "spec", "template") ?? at(inputs, "spec", "template");
    if (!isObject(template)) {
        return {};
    }
    const spec = at(template, "spec");
    const replicas = at(inputs, "spec", "replicas");
    return {
        ...(replicas === undefined ? {} : { replicas }),
        pool: poolOf(template),
        account: textAt(spec, "serviceAccountName") ?? "default",
        token: at(spec, "automountServiceAccountToken") !== false,
        ...set("runtimeClass", at(spec, "runtimeClassName")),
        ...hostAccess(spec),
        containers: ["initContainers", "containers"].flatMap((list) =>
            listAt(spec, list).map((container) => containerFact(container, spec)),
        ),
    };
}

function set(key: string, value: Json | undefined): JsonObject {
    return value === undefined ? {} : { [key]: value };
}

function hostAccess(spec: Json | undefined): JsonObject {
    const fields = ["hostNetwork", "hostPID", "hostIPC"].filter((field) => at(spec, field) === true);
    const paths = listAt(spec, "volumes").flatMap((volume) => textAt(volume, "hostPath", "path") ?? []);
    return fields.length + paths.length === 0 ? {} : { host: [...fields, ...paths] };
}

/** `image user=10001`, and after it whatever the restricted standard would not let pass. */
function containerFact(container: Json, spec: Json | undefined): string {
    const own = (field: string): Json | undefined =>
        at(container, "securityContext", field) ?? at(spec, "securityContext", field);
    const context = at(container, "securityContext");
    const drops = listAt(context, "capabilities", "drop");
    const adds = listAt(context, "capabilities", "add");
    const flaws = [
        ...(own("runAsNonRoot") === true ? [] : ["may-run-as-root"]),
        ...(at(context, "readOnlyRootFilesystem") === true ? [] : ["writable-root"]),
        ...(at(context, "allowPrivilegeEscalation") === false ? [] : ["may-escalate"]),
        ...(at(context, "privileged") === true ? ["privileged"] : []),
        ...(drops.includes("ALL") ? [] : ["keeps-capabilities"]),
        ...adds.map((capability) => `adds-${word(capability)}`),
        ...(textAt(own("seccompProfile"), "type") === "RuntimeDefault" ? [] : ["no-seccomp-default"]),
    ];
    const user = own("runAsUser");
    return [
        textAt(container, "image") ?? "no image",
        ...(user === undefined ? [] : [`user=${JSON.stringify(user)}`]),
        ...flaws,
    ].join(" ");
}

/** Whom the selected pods may hear and call, a peer with its ports in one word: `payment/app=payment:8080`. */
export function networkPolicyFacts({ spec }: JsonObject): JsonObject {
    const types = listAt(spec, "policyTypes");
    const side = (field: "ingress" | "egress", peers: "from" | "to"): JsonObject =>
        types.some((type) => type === (field === "ingress" ? "Ingress" : "Egress"))
            ? { [field]: listAt(spec, field).flatMap((rule) => ruleFacts(rule, peers)) }
            : {};
    return { pods: labelsOf(at(spec, "podSelector")), ...side("ingress", "from"), ...side("egress", "to") };
}

function ruleFacts(rule: Json, key: "from" | "to"): string[] {
    const ports = listAt(rule, "ports").map((port) => {
        const number = at(port, "port");
        return typeof number === "string" ? number : JSON.stringify(number ?? "any");
    });
    const suffix = ports.length === 0 ? "any port" : [...new Set(ports)].join(",");
    const peers = listAt(rule, key).map(peerFact);
    return (peers.length === 0 ? ["anyone"] : peers).map((peer) => `${peer}:${suffix}`);
}

function peerFact(peer: Json): string {
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

/** The labels that tell; those that everything of ours carries would only make the line longer. */
function labelsOf(selector: Json | undefined): string {
    const labels = at(selector, "matchLabels");
    const expressions = listAt(selector, "matchExpressions").map((expression) => JSON.stringify(expression));
    const pairs = Object.entries(isObject(labels) ? labels : {})
        .filter(([key]) => key !== "app.kubernetes.io/part-of")
        .map(([key, value]) => (key === "kubernetes.io/metadata.name" ? word(value) : `${key}=${word(value)}`));
    const all = [...pairs, ...expressions];
    return all.length === 0 ? "all" : all.join(",");
}

function word(value: Json): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a role allows, or whom a binding gives it to. */
export function rbacFacts(inputs: JsonObject): JsonObject {
    const words = (rule: Json, key: string): string => listAt(rule, key).map(word).join(",");
    const rules = listAt(inputs, "rules").map(
        (rule) =>
            `${words(rule, "verbs")} ${words(rule, "resources")}${words(rule, "nonResourceURLs")}` +
            ` (${words(rule, "apiGroups") || "core"})`,
    );
    const subjects = listAt(inputs, "subjects").map(
        (subject) =>
            `${textAt(subject, "kind") ?? ""} ${textAt(subject, "namespace") ?? ""}/${textAt(subject, "name") ?? ""}`,
    );
    return {
        ...(rules.length === 0 ? {} : { rules }),
        ...set("role", at(inputs, "roleRef", "name")),
        ...(subjects.length === 0 ? {} : { subjects }),
    };
}

/** Which entries a Secret has; never what is in them. */
export function secretFacts({ data, type }: JsonObject): JsonObject {
    return { ...set("type", type), entries: isObject(data) ? Object.keys(data) : "[unknown]" };
}
