import { at, bagAt, bagsAt, given, isBag, isUnknown, listAt, numberAt, stringAt, type Bag } from "../core/value";
import type { Kind } from "./kinds";
import { badLabel } from "./names";

type Rule = (object: Bag) => string[];

const required = (object: Bag, ...paths: readonly string[]): string[] =>
    paths.filter((path) => !given(object, path)).map((path) => `${path}: Required value`);

/** Errors of container names, images and volume mounts. A StatefulSet adds a volume for each template of a claim. */
function podErrors(pod: Bag, path: string, claims: readonly unknown[] = []): string[] {
    const volumes = [...claims, ...listAt(pod, "volumes").map((volume) => at(volume, "name"))];
    const volumesKnown = !isUnknown(pod["volumes"]) && !volumes.some(isUnknown);
    const errors = !given(pod, "containers") ? [`${path}.containers: Required value`] : [];
    const names = new Set<string>();
    for (const list of ["initContainers", "containers"]) {
        bagsAt(pod, list).forEach((container, index) => {
            const where = `${path}.${list}[${index}]`;
            const name = stringAt(container, "name") ?? "";
            const bad = badLabel(name);
            if (name === "") {
                errors.push(`${where}.name: Required value`);
            } else if (names.has(name)) {
                errors.push(`${where}.name: Duplicate value: "${name}"`);
            } else if (bad !== undefined) {
                errors.push(`${where}.name: Invalid value: "${name}": ${bad}`);
            }
            names.add(name);
            errors.push(...required(container, "image").map((error) => `${where}.${error}`));
            bagsAt(container, "volumeMounts").forEach((mount, position) => {
                const volume = stringAt(mount, "name");
                if (volumesKnown && volume !== undefined && !volumes.includes(volume)) {
                    errors.push(`${where}.volumeMounts[${position}].name: Not found: "${volume}"`);
                }
            });
        });
    }
    return errors;
}

/** A StatefulSet's claims are volumes of its pods too. */
function templateErrors(object: Bag, path: string): string[] {
    const pod = bagAt(object, `${path}.spec`);
    const claims = listAt(object, "spec.volumeClaimTemplates").map((claim) => at(claim, "metadata.name"));
    return pod === undefined ? [`${path}.spec: Required value`] : podErrors(pod, `${path}.spec`, claims);
}

function matches(selector: Bag, labels: Bag): boolean {
    const plain = Object.entries(bagAt(selector, "matchLabels") ?? {});
    if (plain.some(([key, value]) => !isUnknown(value) && !isUnknown(labels[key]) && labels[key] !== value)) {
        return false;
    }
    return bagsAt(selector, "matchExpressions").every((expression) => {
        const label = labels[stringAt(expression, "key") ?? ""];
        switch (stringAt(expression, "operator")) {
            case "In":
                return label !== undefined && listAt(expression, "values").includes(label);
            case "NotIn":
                return label === undefined || !listAt(expression, "values").includes(label);
            case "Exists":
                return label !== undefined;
            default:
                return label === undefined;
        }
    });
}

/** Deployment, StatefulSet and DaemonSet: the selector must match the template's labels. */
const controller: Rule = (object) => {
    const labels = bagAt(object, "spec.template.metadata.labels") ?? {};
    const selector = bagAt(object, "spec.selector");
    const errors = required(object, "spec.selector", "spec.template");
    if (selector !== undefined && !matches(selector, labels)) {
        const found = JSON.stringify(labels);
        errors.push(
            `spec.template.metadata.labels: Invalid value: ${found}: \`selector\` does not match template \`labels\``,
        );
    }
    return [...errors, ...(given(object, "spec.template") ? templateErrors(object, "spec.template") : [])];
};

const service: Rule = (object) => {
    const ports = bagsAt(object, "spec.ports");
    const names = new Set<string>();
    const errors = ports.flatMap((port, index) => {
        const name = stringAt(port, "name");
        const path = `spec.ports[${index}].name`;
        if (name === undefined) {
            return ports.length > 1 ? [`${path}: Required value`] : [];
        }
        const duplicate = names.has(name);
        names.add(name);
        return duplicate ? [`${path}: Duplicate value: "${name}"`] : [];
    });
    const portless = stringAt(object, "spec.type") === "ExternalName" || at(object, "spec.clusterIP") === "None";
    return [...(portless || given(object, "spec.ports") ? [] : ["spec.ports: Required value"]), ...errors];
};

const autoscaler: Rule = (object) => {
    const min = numberAt(object, "spec.minReplicas") ?? 1;
    const max = numberAt(object, "spec.maxReplicas");
    const errors = required(object, "spec.maxReplicas", "spec.scaleTargetRef");
    if (max !== undefined && max < min) {
        errors.push(`spec.maxReplicas: Invalid value: ${max}: must be greater than or equal to \`minReplicas\``);
    }
    return errors;
};

const disruptionBudget: Rule = (object) =>
    given(object, "spec.minAvailable") && given(object, "spec.maxUnavailable")
        ? [`spec: Invalid value: ${JSON.stringify(object["spec"])}: minAvailable and maxUnavailable cannot be both set`]
        : [];

const quota: Rule = (object) =>
    Object.entries(bagAt(object, "spec.hard") ?? {})
        .filter(([, value]) => typeof value === "string" && !/^\d+(\.\d+)?(m|k|[KMGTPE]i?)?$/.test(value))
        .map(([key, value]) => `spec.hard[${key}]: Invalid value: ${JSON.stringify(value)}: must be a quantity`);

const configMap: Rule = (object) =>
    Object.entries(bagAt(object, "data") ?? {})
        .filter(([key]) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
        .map(
            ([key]) =>
                `data[${key}]: Invalid value: "${key}": a valid config key must consist of alphanumeric characters, '-', '_' or '.'`,
        );

const binding: Rule = (object) => required(object, "roleRef");

const RULES: Readonly<Record<string, Rule>> = {
    Deployment: controller,
    StatefulSet: controller,
    DaemonSet: controller,
    Pod: (object) => {
        const spec = object["spec"];
        return isBag(spec) ? podErrors(spec, "spec") : ["spec.containers: Required value"];
    },
    Job: (object) => templateErrors(object, "spec.template"),
    CronJob: (object) => [
        ...required(object, "spec.schedule"),
        ...templateErrors(object, "spec.jobTemplate.spec.template"),
    ],
    Service: service,
    HorizontalPodAutoscaler: autoscaler,
    PodDisruptionBudget: disruptionBudget,
    ResourceQuota: quota,
    ConfigMap: configMap,
    Secret: configMap,
    RoleBinding: binding,
    ClusterRoleBinding: binding,
    StorageClass: (object) => required(object, "provisioner"),
    VolumeSnapshotClass: (object) => {
        const policy = stringAt(object, "deletionPolicy");
        const bad = policy !== undefined && !["Delete", "Retain"].includes(policy);
        return [
            ...required(object, "driver", "deletionPolicy"),
            ...(bad
                ? [`deletionPolicy: Unsupported value: ${JSON.stringify(policy)}: supported values: "Delete", "Retain"`]
                : []),
        ];
    },
    PriorityClass: (object) => required(object, "value"),
};

/** Errors of an object outside its metadata. */
export function specErrors(object: Bag, kind: Kind): string[] {
    return kind.charts.length > 0 ? [] : (RULES[kind.kind]?.(object) ?? []);
}
