import { fieldManager, messageOf, type Answer, type KubeClient } from "../../../cluster/control-plane/client";
import {
    copyOf,
    isKubeObject,
    titleOf,
    type Json,
    type JsonObject,
    type KubeObject,
} from "../../../cluster/control-plane/json";
import { eventually } from "../../../cluster/control-plane/wait";
import { Refusal } from "../core/provider";
import { bagsAt, containsUnknown, stringAt, type Bag } from "../core/value";
import { referenceTo, type Backend, type Reference, type WriteOptions } from "./backend";
import type { Journal } from "./journal";
import { takenOver } from "./managers";
import { readBack } from "./read-back";
import { alreadyExists, upsertsExisting, type Environment } from "./upsert";
import { validate } from "./validate";

/** The real provider's default timeout of a deletion. */
const DELETE_LIMIT_MILLISECONDS = 300_000;

const POLL_MILLISECONDS = 200;

/** Help link of the real provider for field conflicts. */
const CONFLICT_HELP =
    "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

/**
 * A real API server, used as the real provider uses it: server-side apply with one field manager, strict field validation,
 * dry runs for checks and previews, and a read after each write. It does not wait until a workload is ready.
 */
export class ApiServerBackend implements Backend {
    public constructor(
        private readonly client: KubeClient,
        private readonly journal: Journal,
        private readonly env: Environment,
    ) {}

    public async check(object: Bag): Promise<void> {
        await this.dryRunApply(object);
    }

    public async create(object: Bag, { dryRun }: WriteOptions): Promise<Bag> {
        if (dryRun) {
            return this.dryRunApply(object);
        }
        // The real provider sends a POST as manager `pulumi-kubernetes`, whose fields its first update takes over; here the
        // fields have one manager from the start. It refuses an existing object, unless told otherwise
        // (`Creation` in provider/pkg/await/await.go of https://github.com/pulumi/pulumi-kubernetes at 94977969).
        if (!upsertsExisting(this.env) && (await this.read(referenceTo(object))) !== undefined) {
            throw new Refusal(alreadyExists(object));
        }
        this.acceptedObject(await this.apply(object, { dryRun, force: this.forcesConflicts(object) }));
        return this.readWritten(object);
    }

    public async update(object: Bag, { dryRun }: WriteOptions): Promise<Bag> {
        const before = await this.read(referenceTo(object));
        if (before === undefined) {
            throw new Refusal(`${titleOf(wire(object))} not found`);
        }
        if (containsUnknown(object)) {
            return this.validateInMemory(object, "it contains values that are known only after the update");
        }
        if (!dryRun) {
            await this.takeOver(object);
        }
        const live = this.acceptedObject(await this.apply(object, { dryRun, force: this.forcesConflicts(object) }));
        return dryRun ? live : this.readWritten(object);
    }

    public async read(reference: Reference): Promise<Bag | undefined> {
        const path = await this.pathOf(reference);
        const answer = path === undefined ? undefined : await this.client.call({ method: "GET", path });
        return answer === undefined || answer.status === 404 ? undefined : this.acceptedObject(answer);
    }

    public async readInputs(live: Bag, inputs: Bag): Promise<Bag> {
        return readBack(inputs, live, this.acceptedObject(await this.apply(inputs, { dryRun: true, force: true })));
    }

    /** Deletes in the foreground as the real provider does: dependents are deleted before their owner. */
    public async delete(reference: Reference): Promise<void> {
        const path = await this.pathOf(reference);
        const before = await this.read(reference);
        if (path === undefined || before === undefined) {
            return;
        }
        const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Foreground" };
        const answer = await this.client.call({ method: "DELETE", path, body });
        if (answer.status !== 404) {
            this.acceptedObject(answer);
        }
        const uid = stringAt(before, "metadata.uid");
        await eventually(
            `the deletion of ${reference.kind} ${reference.name}`,
            async () => {
                const found = await this.read(reference);
                return stringAt(found, "metadata.uid") === uid ? undefined : true;
            },
            { limitMs: DELETE_LIMIT_MILLISECONDS, everyMs: POLL_MILLISECONDS },
        );
    }

    public async requireNamespace({ namespace }: { readonly namespace: string | undefined }): Promise<void> {
        const reference = { apiVersion: "v1", kind: "Namespace", namespace: undefined };
        if (namespace !== undefined && (await this.read({ ...reference, name: namespace })) === undefined) {
            throw new Refusal(missing(namespace));
        }
    }

    /** Makes this manager that of kubectl's fields, so that an update takes back what kubectl edited. */
    private async takeOver(object: Bag): Promise<void> {
        const path = await this.pathOf(referenceTo(object));
        const { body } = await this.client.call({ method: "GET", path: path ?? "" });
        const entries = takenOver(bagsAt(body, "metadata.managedFields"), fieldManager);
        if (path !== undefined && entries !== undefined) {
            const patch = [{ op: "replace", path: "/metadata/managedFields", value: entries as Json }];
            const contentType = "application/json-patch+json";
            this.acceptedObject(await this.client.call({ method: "PATCH", path, body: patch, contentType }));
        }
    }

    /** The object as the API server would store it, or unchanged when the server cannot validate it yet. */
    private async dryRunApply(object: Bag): Promise<Bag> {
        if (containsUnknown(object)) {
            return this.validateInMemory(object, "it contains values that are known only after the update");
        }
        // Forced, because a dry run writes nothing; the update reports conflicts.
        const options = { dryRun: true, force: true };
        let answer = await this.apply(object, options);
        if (answer.status === 422 && messageOf(answer.body).includes("field is immutable")) {
            // The object will be replaced: validate it under an unused name, as the real provider does.
            const { metadata, ...rest } = wire(object);
            answer = await this.apply(
                { ...rest, metadata: { ...metadata, name: `${metadata.name}-preview` } },
                options,
            );
        }
        if (answer.status === 404) {
            return this.validateInMemory(object, messageOf(answer.body));
        }
        return this.acceptedObject(answer);
    }

    private async validateInMemory(object: Bag, reason: string): Promise<Bag> {
        validate(object);
        await this.journal.fallback(`${referenceTo(object).kind} ${idOf(referenceTo(object))}`, reason);
        return object;
    }

    private async apply(object: Bag, options: { dryRun: boolean; force: boolean }): Promise<Answer> {
        const sent = wire(object);
        const answer = await this.client.apply(sent, options);
        for (const text of answer.warnings) {
            await this.journal.warning(titleOf(sent), text);
        }
        return answer;
    }

    private async readWritten(object: Bag): Promise<Bag> {
        const live = await this.read(referenceTo(object));
        if (live === undefined) {
            throw new Refusal(`${titleOf(wire(object))} does not exist after it was written`);
        }
        return live;
    }

    /** The response's object without `managedFields`. @throws Refusal with the server's message. */
    private acceptedObject({ status, body }: Answer): Bag {
        const message = messageOf(body);
        if (status === 409 && bagsAt(body, "details.causes").some(({ reason }) => reason === "FieldManagerConflict")) {
            throw new Refusal(
                `Server-Side Apply field conflict detected. See ${CONFLICT_HELP} for troubleshooting help.\n` +
                    `The resource managed by field manager "${fieldManager}" had an apply conflict: ${message}`,
            );
        }
        if (status >= 300) {
            throw new Refusal(message);
        }
        const metadata = copyOf((body["metadata"] ?? {}) as JsonObject);
        delete metadata["managedFields"];
        return { ...body, metadata };
    }

    /** Whether conflicts are forced, by an annotation of the object or by the environment. */
    private forcesConflicts(object: Bag): boolean {
        const annotations = (object["metadata"] as Bag)["annotations"];
        const own = (annotations as Bag | undefined)?.["pulumi.com/patchForce"];
        return own === "true" || this.env["PULUMI_K8S_ENABLE_PATCH_FORCE"] === "true";
    }

    private pathOf({ apiVersion, kind, namespace, name }: Reference): Promise<string | undefined> {
        const metadata = namespace === undefined ? { name } : { name, namespace };
        return this.client.pathOf({ apiVersion, kind, metadata });
    }
}

const missing = (namespace: string): string => `namespaces ${JSON.stringify(namespace)} not found`;

const idOf = ({ namespace, name }: Reference): string => (namespace === undefined ? name : `${namespace}/${name}`);

/** The object to send; it must not contain unknown values. */
function wire(object: Bag): KubeObject {
    const sent = copyOf(object as Json);
    if (!isKubeObject(sent)) {
        throw new Refusal("not a Kubernetes object: apiVersion, kind and metadata.name are required");
    }
    return sent;
}
