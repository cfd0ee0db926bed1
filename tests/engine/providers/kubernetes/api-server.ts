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
import { readBack } from "./read-back";
import { validate } from "./validate";

/** As long as the real provider waits for an object to go. */
const DELETE_LIMIT_MILLISECONDS = 300_000;

const POLL_MILLISECONDS = 200;

/** How the real provider says what to do about a field that somebody else owns. */
const CONFLICT_HELP =
    "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A real API server, used as the real provider uses it: server-side apply under one field manager, every field checked
 * strictly, previews and checks as dry runs, and each object read back after it was written. What it does not do is wait
 * until a workload is ready.
 */
export class ApiServerBackend implements Backend {
    public constructor(
        private readonly client: KubeClient,
        private readonly journal: Journal,
        private readonly env: Environment,
    ) {}

    public async check(object: Bag): Promise<void> {
        await this.rehearse(object);
    }

    public async create(object: Bag, { dryRun }: WriteOptions): Promise<Bag> {
        if (dryRun) {
            return this.rehearse(object);
        }
        // Under server-side apply the real provider takes over an object that is there, unless somebody owns its fields.
        this.taken(await this.apply(object, { dryRun, force: this.forced(object) }));
        return this.readAgain(object);
    }

    public async update(object: Bag, { dryRun }: WriteOptions): Promise<Bag> {
        const before = await this.read(referenceTo(object));
        if (before === undefined) {
            throw new Refusal(`${titleOf(wire(object))} not found`);
        }
        if (containsUnknown(object)) {
            return this.inMemory(object, "it holds values that only an update tells");
        }
        const live = this.taken(await this.apply(object, { dryRun, force: this.forced(object) }));
        return dryRun ? live : this.readAgain(object);
    }

    public async read(reference: Reference): Promise<Bag | undefined> {
        const path = await this.pathOf(reference);
        const answer = path === undefined ? undefined : await this.client.call({ method: "GET", path });
        return answer === undefined || answer.status === 404 ? undefined : this.taken(answer);
    }

    public async readInputs(live: Bag, inputs: Bag): Promise<Bag> {
        return readBack(inputs, live, this.taken(await this.apply(inputs, { dryRun: true, force: true })));
    }

    /** In the foreground, as the real provider: what belongs to an object is gone before it is. */
    public async delete(reference: Reference): Promise<void> {
        const path = await this.pathOf(reference);
        const before = await this.read(reference);
        if (path === undefined || before === undefined) {
            return;
        }
        const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Foreground" };
        const answer = await this.client.call({ method: "DELETE", path, body });
        if (answer.status !== 404) {
            this.taken(answer);
        }
        const uid = stringAt(before, "metadata.uid");
        await eventually(
            `the end of ${reference.kind} ${reference.name}`,
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

    /** What the API server would keep, or the object itself where the server cannot be asked about it yet. */
    private async rehearse(object: Bag): Promise<Bag> {
        if (containsUnknown(object)) {
            return this.inMemory(object, "it holds values that only an update tells");
        }
        // Nobody's object is touched, so that a conflict is left to the update, which says it.
        const options = { dryRun: true, force: true };
        let answer = await this.apply(object, options);
        if (answer.status === 422 && messageOf(answer.body).includes("field is immutable")) {
            // It is about to be replaced: judged under a name that is free, as the real provider does.
            const { metadata, ...rest } = wire(object);
            answer = await this.apply(
                { ...rest, metadata: { ...metadata, name: `${metadata.name}-preview` } },
                options,
            );
        }
        if (answer.status === 404) {
            return this.inMemory(object, messageOf(answer.body));
        }
        return this.taken(answer);
    }

    private async inMemory(object: Bag, why: string): Promise<Bag> {
        validate(object);
        await this.journal.fallback(`${referenceTo(object).kind} ${idOf(referenceTo(object))}`, why);
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

    private async readAgain(object: Bag): Promise<Bag> {
        const live = await this.read(referenceTo(object));
        if (live === undefined) {
            throw new Refusal(`${titleOf(wire(object))} is gone as soon as it was written`);
        }
        return live;
    }

    /** The answer's object without the book-keeping of owners, or the server's refusal. */
    private taken({ status, body }: Answer): Bag {
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

    /** Others' fields are taken only where a person says so, for one object or for all of a run. */
    private forced(object: Bag): boolean {
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

/** The object as it goes over the wire; everything in it is known. */
function wire(object: Bag): KubeObject {
    const sent = copyOf(object as Json);
    if (!isKubeObject(sent)) {
        throw new Refusal("not a Kubernetes object: apiVersion, kind and metadata.name are required");
    }
    return sent;
}
