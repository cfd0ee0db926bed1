import { deletionOf, recordDeletion } from "./deletions";
import { below, type Change } from "./diff";
import { generatedSuffix } from "./names";
import { Refusal, type Checked, type Failure, type Provider, type State, type Target } from "./provider";
import { AGENTS, type Store } from "./store";
import { Unknown, bagAt, clone, containsUnknown, fromJson, given, put, type Bag, type Value } from "./value";

/** What a rule can read in addition to the inputs of its resource. */
export interface RuleContext {
    /** The provider's own settings: project, region and so on. */
    readonly settings: Bag;
    readonly urn: string;
    /** Whether this is a preview, in which what the same update creates does not exist yet. */
    readonly preview: boolean;
    /** Inputs of all other existing resources of a type. */
    others(type: string): Promise<readonly Bag[]>;
    /** Inputs of the existing resource of a type with this id. */
    byId(type: string, id: string): Promise<Bag | undefined>;
    /** Whether the cloud has created one of its own accounts; see {@link Invoke}. */
    hasAgent(name: string): Promise<boolean>;
    /** How many resources with the id of this one were deleted before, for outputs that differ in each of them. */
    readonly deletions: number;
}

/** A resource type of a cloud stand-in. */
export interface ResourceType {
    /** Required inputs, as dotted paths. */
    readonly required?: readonly string[];
    /** Inputs whose change forces a replacement. */
    readonly replaceOn?: readonly string[];
    /** Input that gets a generated name when it is missing, as in the real provider. */
    readonly autoName?: string;
    /** Errors of the API for the inputs; unknown values must be accepted. */
    refuse?(inputs: Bag, context: RuleContext): readonly string[] | Promise<readonly string[]>;
    /** Errors of the API for a deletion, such as deletion protection. */
    refuseDelete?(inputs: Bag, context: RuleContext, id: string): readonly string[] | Promise<readonly string[]>;
    /**
     * Error of the API for an id that an earlier resource reserves. A deletion can be undone, and the provider does so, until a
     * test calls `expireDeletions`.
     */
    reserved?(id: string): string;
    /** Whether the provider's deletion leaves the resource in the cloud. */
    abandons?(inputs: Bag): boolean;
    id(inputs: Bag, context: RuleContext): string;
    /** Outputs that the cloud adds, by dotted path, unless an input has that path. */
    readonly computed?: Readonly<Record<string, (inputs: Bag, id: string, context: RuleContext) => Value>>;
    readonly secretOutputs?: readonly string[];
}

/** A function of a provider; `createAgent` records an account of the cloud, which no provider can delete. */
export type Invoke = (args: Bag, settings: Bag, createAgent: (name: string) => Promise<void>) => Promise<Bag>;

export interface Cloud {
    readonly name: string;
    readonly version: string;
    readonly types: Readonly<Record<string, ResourceType>>;
    readonly invokes: Readonly<Record<string, Invoke>>;
    /** Failures for missing provider settings. */
    configFailures(inputs: Bag): readonly Failure[];
    /** Provider settings whose change replaces every resource. */
    readonly configReplaceOn: readonly string[];
    /** Whether no service keeps the resources: what an interrupted update created and the state does not have is lost. */
    readonly inStateOnly?: boolean;
}

/** A cloud stand-in for a table of resource types. Other types are refused. */
export class CloudProvider implements Provider {
    private settings: Bag = {};
    public readonly version: string;

    public constructor(
        private readonly cloud: Cloud,
        private readonly store: Store,
    ) {
        this.version = cloud.version;
    }

    public checkConfig(inputs: Bag): readonly Failure[] {
        return this.cloud.configFailures(inputs);
    }

    public configReplaces(before: Bag, after: Bag): readonly string[] {
        return this.cloud.configReplaceOn.filter((setting) => before[setting] !== after[setting]);
    }

    public configure(inputs: Bag): Promise<void> {
        // The SDK sends values other than strings as JSON.
        const plain = Object.entries(inputs).map(([key, value]): [string, Value] => [key, fromJson(value)]);
        this.settings = Object.fromEntries(plain);
        return Promise.resolve();
    }

    private typeOf(target: Target): ResourceType {
        const known = this.cloud.types[target.type];
        if (known === undefined) {
            throw new Refusal(
                `${target.type}: the ${this.cloud.name} stand-in does not support this resource type; ` +
                    `add it to tests/engine/providers/${this.cloud.name}/`,
            );
        }
        return known;
    }

    private context(target: Target, { deletions = 0, preview = false } = {}): RuleContext {
        return {
            deletions,
            preview,
            settings: this.settings,
            urn: target.urn,
            others: async (type) => {
                const entries = await this.store.list(this.cloud.name);
                return entries
                    .filter(({ value }) => value["type"] === type && value["urn"] !== target.urn)
                    .map(({ value }) => bagAt(value, "inputs") ?? {});
            },
            byId: async (type, id) => bagAt(await this.store.get(this.cloud.name, `${type} ${id}`), "inputs"),
            hasAgent: async (name) => (await this.store.get(this.cloud.name + AGENTS, name)) !== undefined,
        };
    }

    public async check(target: Target, olds: Bag, news: Bag): Promise<Checked> {
        const { required = [], autoName } = this.typeOf(target);
        const inputs = { ...news };
        if (autoName !== undefined && !given(inputs, autoName)) {
            inputs[autoName] = olds[autoName] ?? (await this.generatedName(target));
        }
        const missing = required.filter((path) => !given(inputs, path));
        const failures = missing.map((property) => ({ property, reason: `Missing required argument "${property}"` }));
        return { inputs, failures };
    }

    /** Another name than that of a resource that is replaced, or that outlived an earlier stack of the same name. */
    private async generatedName(target: Target): Promise<string> {
        const entries = await this.store.list(this.cloud.name);
        const earlier = entries.filter(({ value }) => value["urn"] === target.urn).length;
        return `${target.name}-${generatedSuffix(target.urn + "#".repeat(earlier))}`;
    }

    public replaces(target: Target, changes: readonly Change[]): readonly string[] {
        const { replaceOn = [] } = this.typeOf(target);
        return replaceOn.filter((prefix) => changes.some(({ path }) => below(path, prefix)));
    }

    public deleteBeforeReplace(): boolean {
        // Bridged providers create the replacement first.
        return false;
    }

    private async refuse(target: Target, inputs: Bag, preview: boolean): Promise<void> {
        const reasons = (await this.typeOf(target).refuse?.(inputs, this.context(target, { preview }))) ?? [];
        if (reasons.length > 0) {
            throw new Refusal(reasons.join("; "));
        }
    }

    private async state(target: Target, inputs: Bag, id: string): Promise<State> {
        const { computed = {}, secretOutputs = [] } = this.typeOf(target);
        const outputs = clone(inputs);
        const { times: deletions } = await deletionOf(this.store, this.cloud.name, `${target.type} ${id}`);
        const context = this.context(target, { deletions });
        for (const [path, value] of Object.entries(computed)) {
            if (!given(outputs, path)) {
                put(outputs, path, value(inputs, id, context));
            }
        }
        return { id, outputs, secretOutputs };
    }

    private preview(target: Target, inputs: Bag): State {
        const { computed = {}, secretOutputs = [] } = this.typeOf(target);
        const outputs = clone(inputs);
        for (const path of Object.keys(computed).filter((candidate) => !given(outputs, candidate))) {
            put(outputs, path, Unknown.value);
        }
        return { id: "", outputs, secretOutputs };
    }

    public async create(target: Target, inputs: Bag, preview: boolean): Promise<State> {
        await this.refuse(target, inputs, preview);
        if (preview) {
            return this.preview(target, inputs);
        }
        const id = this.typeOf(target).id(inputs, this.context(target));
        const key = `${target.type} ${id}`;
        const { expired } = await deletionOf(this.store, this.cloud.name, key);
        const reason = expired ? this.typeOf(target).reserved?.(id) : undefined;
        if (reason !== undefined) {
            throw new Refusal(reason);
        }
        const state = await this.state(target, inputs, id);
        const entry = { type: target.type, urn: target.urn, inputs, outputs: state.outputs };
        if (this.cloud.inStateOnly === true) {
            await this.store.put(this.cloud.name, key, entry);
        } else if (!(await this.store.create(this.cloud.name, key, entry))) {
            throw new Refusal(`${target.type}: "${id}" already exists`);
        }
        return state;
    }

    public async read(target: Target, id: string): Promise<(State & { inputs: Bag }) | undefined> {
        const entry = await this.store.get(this.cloud.name, `${target.type} ${id}`);
        const inputs = bagAt(entry, "inputs");
        if (inputs === undefined) {
            return undefined;
        }
        const { secretOutputs = [] } = this.typeOf(target);
        return { id, inputs, outputs: bagAt(entry, "outputs") ?? {}, secretOutputs };
    }

    public async update(target: Target, id: string, _before: Bag, after: Bag, preview: boolean): Promise<State> {
        await this.refuse(target, after, preview);
        if (preview && containsUnknown(after)) {
            return { ...this.preview(target, after), id };
        }
        const state = await this.state(target, after, id);
        if (!preview) {
            const key = `${target.type} ${id}`;
            if ((await this.store.get(this.cloud.name, key)) === undefined) {
                throw new Refusal(`${target.type}: "${id}" not found`);
            }
            const entry = { type: target.type, urn: target.urn, inputs: after, outputs: state.outputs };
            await this.store.put(this.cloud.name, key, entry);
        }
        return state;
    }

    public async delete(target: Target, id: string, inputs: Bag): Promise<void> {
        const type = this.typeOf(target);
        const reasons = (await type.refuseDelete?.(inputs, this.context(target), id)) ?? [];
        if (reasons.length > 0) {
            throw new Refusal(reasons.join("; "));
        }
        if (type.abandons?.(inputs) === true) {
            return;
        }
        const key = `${target.type} ${id}`;
        await recordDeletion(this.store, this.cloud.name, key);
        await this.store.delete(this.cloud.name, key);
    }

    public invoke(token: string, args: Bag): Promise<Bag> {
        const answer = this.cloud.invokes[token];
        if (answer === undefined) {
            const reason = `${token}: the ${this.cloud.name} stand-in does not support this function`;
            return Promise.reject(new Refusal(reason));
        }
        return answer(args, this.settings, (name) => this.store.put(this.cloud.name + AGENTS, name, {}));
    }
}
