import { diff } from "../core/diff";
import { Refusal } from "../core/provider";
import type { Store } from "../core/store";
import { at, bagAt, containsUnknown, stringAt, type Bag } from "../core/value";
import { kindOf, referenceTo, type Backend, type Reference, type WriteOptions } from "./backend";
import { persisted } from "./defaults";
import { groupVersion, qualified, resourceOf, type Kind } from "./kinds";
import { alreadyExists, upsertsExisting, type Environment } from "./upsert";
import { validate } from "./validate";

export const OBJECTS = "kubernetes";
/** Helm releases by `<namespace>/<name>`; see `helm.ts`. */
export const RELEASES = "helm";

/** Namespaces that every cluster has. */
const BUILT_IN = ["default", "kube-system", "kube-public", "kube-node-lease"];

function keyOf({ apiVersion, kind, namespace, name }: Reference): string {
    // By group, because an object is the same in all versions of its group.
    return [groupVersion(apiVersion).group || "core", kind, namespace ?? "", name].join("/");
}

const inNamespace = (namespace: string) => (entry: { readonly key: string }) => entry.key.split("/")[2] === namespace;

/** Immutable fields. The provider replaces objects on their change, so this refusal indicates a bug in the stand-in. */
const IMMUTABLE = ["spec.selector", "spec.serviceName", "spec.volumeClaimTemplates", "roleRef", "provisioner"];

/**
 * A cluster's API in memory with the validation of an API server, without admission plugins, quotas and controllers. The
 * cluster suite applies the same objects to a real one.
 */
export class MemoryBackend implements Backend {
    public constructor(
        private readonly store: Store,
        private readonly env: Environment = {},
    ) {}

    public check(object: Bag): Promise<void> {
        validate(object);
        return Promise.resolve();
    }

    public async create(object: Bag, { dryRun }: WriteOptions): Promise<Bag> {
        const kind = kindOf(object);
        validate(object);
        if (dryRun) {
            // Namespaces and custom kinds of the same update do not exist yet, so they are not required.
            return containsUnknown(object) ? object : persisted(object, 1);
        }
        const reference = referenceTo(object);
        await this.requireServed(kind, reference);
        await this.requireNamespace(reference);
        const live = persisted(object, 1);
        if (upsertsExisting(this.env)) {
            await this.store.put(OBJECTS, keyOf(reference), live);
        } else if (!(await this.store.create(OBJECTS, keyOf(reference), live))) {
            throw new Refusal(alreadyExists(object));
        }
        return live;
    }

    public async update(object: Bag, { dryRun }: WriteOptions): Promise<Bag> {
        const kind = kindOf(object);
        validate(object);
        const reference = referenceTo(object);
        const before = await this.read(reference);
        if (before === undefined) {
            throw new Refusal(`${resourceOf(kind)} ${JSON.stringify(reference.name)} not found`);
        }
        for (const path of kind.charts.length === 0 ? IMMUTABLE : []) {
            const changed = diff(before, object).find((change) => change.path.startsWith(path));
            if (changed !== undefined && changed.kind !== "delete") {
                const name = JSON.stringify(reference.name);
                throw new Refusal(`${qualified(kind)} ${name} is invalid: ${path}: field is immutable`);
            }
        }
        const version = Number(stringAt(before, "metadata.resourceVersion") ?? "1");
        const next = dryRun && containsUnknown(object) ? object : persisted(object, version + 1);
        if (!dryRun) {
            await this.store.put(OBJECTS, keyOf(reference), next);
        }
        return next;
    }

    public read(reference: Reference): Promise<Bag | undefined> {
        return this.store.get(OBJECTS, keyOf(reference));
    }

    public readInputs(live: Bag, inputs: Bag): Promise<Bag> {
        return Promise.resolve(project(live, inputs));
    }

    public async delete(reference: Reference): Promise<void> {
        await this.store.delete(OBJECTS, keyOf(reference));
        if (reference.kind === "Namespace") {
            // As the namespace controller does.
            for (const { key } of (await this.store.list(OBJECTS)).filter(inNamespace(reference.name))) {
                await this.store.delete(OBJECTS, key);
            }
            for (const { key } of await this.store.list(RELEASES)) {
                if (key.startsWith(`${reference.name}/`)) {
                    await this.store.delete(RELEASES, key);
                }
            }
        }
    }

    public async requireNamespace({ namespace }: { readonly namespace: string | undefined }): Promise<void> {
        if (namespace === undefined || BUILT_IN.includes(namespace)) {
            return;
        }
        const reference = { apiVersion: "v1", kind: "Namespace", namespace: undefined, name: namespace };
        if ((await this.read(reference)) === undefined) {
            throw new Refusal(`namespaces ${JSON.stringify(namespace)} not found`);
        }
    }

    /** @throws Refusal for a custom kind whose CustomResourceDefinition is not installed. */
    private async requireServed(kind: Kind, { apiVersion }: Reference): Promise<void> {
        if (kind.charts.length === 0) {
            return;
        }
        const releases = (await this.store.list(RELEASES)).map(({ value }) => stringAt(value, "chart") ?? "");
        const byChart = releases.some((chart) => kind.charts.some((name) => chart.split("/").pop() === name));
        const definition = {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            namespace: undefined,
            name: resourceOf(kind),
        };
        const byDefinition = (await this.read(definition)) !== undefined;
        if (!byChart && !byDefinition && !(await this.installedByGke(kind))) {
            throw new Refusal(
                `no matches for kind "${kind.kind}" in version "${apiVersion}"; ensure CRDs are installed first`,
            );
        }
    }

    private async installedByGke({ gke }: Kind): Promise<boolean> {
        const clusters = (await this.store.list("gcp")).filter(({ key }) => key.startsWith("gcp:container/cluster:"));
        return gke !== undefined && clusters.some(({ value }) => at(bagAt(value, "inputs"), gke) === true);
    }
}

/** The fields of a live object that its inputs set, so that a refresh detects edits and ignores defaults. */
function project(live: Bag, inputs: Bag): Bag {
    const projected: Bag = {};
    for (const [key, value] of Object.entries(inputs)) {
        const found = live[key];
        if (found === undefined) {
            continue;
        }
        const nested = typeof value === "object" && typeof found === "object" && value !== null && found !== null;
        const bags = nested && !Array.isArray(value) && !Array.isArray(found);
        projected[key] = bags ? project(found as Bag, value as Bag) : found;
    }
    return projected;
}
