import { joined, steps, type CustomKind, type FieldPath, type PodLocation } from "../../custom-resources/pod-types";
import { goodContainer, goodPod, put, type Json } from "./fixtures";

/** The path in an object: the first element stands for each of a list. */
function place(at: FieldPath, path: FieldPath): string[] {
    return steps(joined(at, path)).map((step) => (step === "*" ? "0" : step));
}

/** As messages write a path. */
export function shown(path: readonly string[]): string {
    return path
        .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
        .join("")
        .replace(/^\./, "");
}

/** Writes everything that a location can say, so that each policy accepts it. */
function fill(object: Json, { at, when, template, fields }: PodLocation): void {
    const set = (path: FieldPath | undefined, value: unknown): void => {
        if (path !== undefined) {
            put(object, place(at, path), value);
        }
    };
    set(when, true);
    set(template, { spec: goodPod() });
    set(fields?.spec?.["securityContext"], goodPod()["securityContext"]);
    set(fields?.moreContainers, [goodContainer("sidecar")]);
    set(fields?.moreInitContainers, [goodContainer("first")]);
    set(fields?.spec?.["volumes"], [{ name: "tmp", emptyDir: {} }]);
    for (const container of fields?.containers ?? []) {
        set(container.when, true);
        for (const name of ["image", "resources", "securityContext"]) {
            set(container.fields[name], goodContainer(container.name)[name]);
        }
    }
}

export function goodObject({ pods }: CustomKind): Json {
    const object: Json = { metadata: { namespace: "shop" } };
    for (const location of pods) {
        fill(object, location);
    }
    return object;
}

/** Ways to break one policy in one place of a kind: what to write where, and what the message has to name. */
export interface Breach {
    readonly policy: string;
    readonly path: readonly string[];
    readonly value: unknown;
    /** Container and path. */
    readonly named: readonly [subject: string, path: string];
}

export function breaches({ at, template, fields }: PodLocation): Breach[] {
    const privileged = (subject: string, container: readonly string[], context: readonly string[]): Breach => ({
        policy: "forbid-privileged-containers",
        path: [...container, ...context],
        value: true,
        named: [`, ${subject}`, shown([...container, ...context])],
    });
    const context = ["securityContext", "privileged"];
    const found: Breach[] = [];
    if (template !== undefined) {
        found.push(privileged('container "app"', [...place(at, template), "spec", "containers", "0"], context));
    }
    for (const [list, subject] of [
        [fields?.moreContainers, 'container "sidecar"'],
        [fields?.moreInitContainers, 'init container "first"'],
    ] as const) {
        if (list !== undefined) {
            found.push(privileged(subject, [...place(at, list), "0"], context));
        }
    }
    for (const { name, init, fields: own, defaultResources } of fields?.containers ?? []) {
        const subject = `${init === true ? "init " : ""}container "${name}"`;
        const { securityContext, resources } = own;
        if (securityContext !== undefined) {
            found.push(privileged(subject, place(at, securityContext), ["privileged"]));
        }
        if (resources !== undefined) {
            const path = place(at, resources);
            const named = [`, ${subject}`, `${shown(path)}.limits.memory`] as const;
            const value = { requests: { cpu: "1", memory: "1Gi" } };
            found.push({ policy: "require-resource-bounds", path, value, named });
            if (defaultResources === undefined) {
                found.push({ policy: "require-resource-bounds", path, value: undefined, named });
            }
        }
    }
    const [profile] = [fields?.spec?.["securityContext.seccompProfile"]];
    if (profile !== undefined) {
        const path = place(at, profile);
        const value = { type: "Unconfined" };
        found.push({ policy: "require-seccomp-profile", path, value, named: ["", shown(path)] });
    }
    return found;
}
