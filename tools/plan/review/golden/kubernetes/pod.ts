import { at, isObject, listAt, textAt, type Json, type JsonObject } from "../../../json";
import { poolOf } from "../../pods";
import { set, word } from "./text";

/** A pod's identity, node pool, and violations of the restricted Pod Security Standard. */
export function podInputs(inputs: JsonObject): JsonObject {
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
            listAt(spec, list).map((container) => containerText(container, spec)),
        ),
    };
}

function hostAccess(spec: Json | undefined): JsonObject {
    const fields = ["hostNetwork", "hostPID", "hostIPC"].filter((field) => at(spec, field) === true);
    const paths = listAt(spec, "volumes").flatMap((volume) => textAt(volume, "hostPath", "path") ?? []);
    return fields.length + paths.length === 0 ? {} : { host: [...fields, ...paths] };
}

/** `image user=10001`, followed by violations of the restricted standard and a writable root file system. */
function containerText(container: Json, spec: Json | undefined): string {
    const own = (field: string): Json | undefined =>
        at(container, "securityContext", field) ?? at(spec, "securityContext", field);
    const context = at(container, "securityContext");
    const drops = listAt(context, "capabilities", "drop");
    const adds = listAt(context, "capabilities", "add");
    const violations = [
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
        ...violations,
    ].join(" ");
}
