import { below, type Change } from "./diff";
import { Refusal, type Checked, type Failure, type Provider, type State, type Target } from "./provider";
import type { Store } from "./store";
import { Unknown, bagAt, clone, containsUnknown, given, isBag, type Bag, type Value } from "./value";

/** What a rule may look at beside the inputs of the resource itself. */
export interface RuleContext {
    /** The provider's own settings: project, region and so on. */
    readonly settings: Bag;
    readonly urn: string;
    /** Inputs of every other resource of a type that exists. */
    others(type: string): Promise<readonly Bag[]>;
    /** Inputs of the resource of a type with this id; undefined when there is none, or none yet. */
    byId(type: string, id: string): Promise<Bag | undefined>;
}

/** One resource type of a cloud; the whole of what its stand-in knows about it. */
export interface ResourceType {
    /** Inputs that the API requires; dotted when nested. */
    readonly required?: readonly string[];
    /** Inputs that cannot be changed in place. */
    readonly replaceOn?: readonly string[];
    /** Input that gets a made-up name when the program leaves it out, as the real provider does. */
    readonly autoName?: string;
    /** What the API refuses; nothing known yet may be held against the inputs. */
    refuse?(inputs: Bag, context: RuleContext): readonly string[] | Promise<readonly string[]>;
    /** What keeps a resource from being deleted, such as a deletion protection of the API's own. */
    refuseDelete?(inputs: Bag): readonly string[];
    id(inputs: Bag, context: RuleContext): string;
    /** Outputs that the cloud adds, by dotted path. An input of the same path wins. */
    readonly computed?: Readonly<Record<string, (inputs: Bag, id: string, context: RuleContext) => Value>>;
    readonly secretOutputs?: readonly string[];
}

export type Invoke = (args: Bag, settings: Bag) => Bag;

export interface Cloud {
    readonly name: string;
    readonly version: string;
    readonly types: Readonly<Record<string, ResourceType>>;
    readonly invokes: Readonly<Record<string, Invoke>>;
    /** Settings without which the real provider cannot do anything. */
    configFailures(inputs: Bag): readonly Failure[];
    /** Settings whose change moves everything elsewhere. */
    readonly configReplaceOn: readonly string[];
}

function put(bag: Bag, path: string, value: Value): void {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let current = bag;
    for (const step of steps) {
        const next = current[step];
        const nested: Bag = isBag(next) ? next : {};
        current[step] = nested;
        current = nested;
    }
    current[last] = value;
}

function fromJson(value: Value): Value {
    return typeof value === "string" && /^[[{]/.test(value) ? (JSON.parse(value) as Value) : value;
}

/** Seven letters that depend on nothing but the URN, in the place of the real provider's random ones. */
function suffix(urn: string): string {
    let hash = 0;
    for (const character of urn) {
        hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
    }
    return hash.toString(16).padStart(8, "0").slice(0, 7);
}

/** A cloud stand-in driven by one table of resource types. What is not in the table is refused, never accepted. */
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
        // The SDK sends what is not a string as JSON text.
        const plain = Object.entries(inputs).map(([key, value]): [string, Value] => [key, fromJson(value)]);
        this.settings = Object.fromEntries(plain);
        return Promise.resolve();
    }

    private typeOf(target: Target): ResourceType {
        const known = this.cloud.types[target.type];
        if (known === undefined) {
            throw new Refusal(
                `${target.type}: the ${this.cloud.name} stand-in does not know this resource type; ` +
                    `add it to tests/engine/providers/${this.cloud.name}/ with what the real API refuses`,
            );
        }
        return known;
    }

    private context(target: Target): RuleContext {
        return {
            settings: this.settings,
            urn: target.urn,
            others: async (type) => {
                const entries = await this.store.list(this.cloud.name);
                return entries
                    .filter(({ value }) => value["type"] === type && value["urn"] !== target.urn)
                    .map(({ value }) => bagAt(value, "inputs") ?? {});
            },
            byId: async (type, id) => bagAt(await this.store.get(this.cloud.name, `${type} ${id}`), "inputs"),
        };
    }

    public check(target: Target, olds: Bag, news: Bag): Promise<Checked> {
        const { required = [], autoName } = this.typeOf(target);
        const inputs = { ...news };
        if (autoName !== undefined && !given(inputs, autoName)) {
            inputs[autoName] = olds[autoName] ?? `${target.name}-${suffix(target.urn)}`;
        }
        const missing = required.filter((path) => !given(inputs, path));
        const failures = missing.map((property) => ({ property, reason: `Missing required argument "${property}"` }));
        return Promise.resolve({ inputs, failures });
    }

    public replaces(target: Target, changes: readonly Change[]): readonly string[] {
        const { replaceOn = [] } = this.typeOf(target);
        return replaceOn.filter((prefix) => changes.some(({ path }) => below(path, prefix)));
    }

    public deleteBeforeReplace(): boolean {
        // Bridged providers create first; names that collide are the program's to avoid.
        return false;
    }

    private async refuse(target: Target, inputs: Bag): Promise<void> {
        const reasons = (await this.typeOf(target).refuse?.(inputs, this.context(target))) ?? [];
        if (reasons.length > 0) {
            throw new Refusal(reasons.join("; "));
        }
    }

    private state(target: Target, inputs: Bag, id: string): State {
        const { computed = {}, secretOutputs = [] } = this.typeOf(target);
        const outputs = clone(inputs);
        for (const [path, value] of Object.entries(computed)) {
            if (!given(outputs, path)) {
                put(outputs, path, value(inputs, id, this.context(target)));
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
        await this.refuse(target, inputs);
        if (preview) {
            return this.preview(target, inputs);
        }
        const id = this.typeOf(target).id(inputs, this.context(target));
        const state = this.state(target, inputs, id);
        const entry = { type: target.type, urn: target.urn, inputs, outputs: state.outputs };
        if (!(await this.store.create(this.cloud.name, `${target.type} ${id}`, entry))) {
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
        await this.refuse(target, after);
        if (preview && containsUnknown(after)) {
            return { ...this.preview(target, after), id };
        }
        const state = this.state(target, after, id);
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
        const reasons = this.typeOf(target).refuseDelete?.(inputs) ?? [];
        if (reasons.length > 0) {
            throw new Refusal(reasons.join("; "));
        }
        await this.store.delete(this.cloud.name, `${target.type} ${id}`);
    }

    public invoke(token: string, args: Bag): Promise<Bag> {
        const answer = this.cloud.invokes[token];
        if (answer === undefined) {
            const reason = `${token}: the ${this.cloud.name} stand-in does not know this function`;
            return Promise.reject(new Refusal(reason));
        }
        return Promise.resolve(answer(args, this.settings));
    }
}
