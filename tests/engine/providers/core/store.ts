import { clone, type Bag } from "./value";

/** Suffix of the bucket of accounts that a cloud has created for itself. No stack can delete them. */
export const AGENTS = ":agents";

/** Suffix of the bucket of what a cloud remembers of deleted resources, by type and id. */
export const DELETED = ":deleted";

/** A cloud resource or a Kubernetes object. */
export interface Entry {
    readonly key: string;
    readonly value: Bag;
}

/**
 * Resources of one stack's stand-ins. It is outside their processes, because the engine starts a provider process for
 * every provider resource of every operation.
 */
export interface Store {
    get(bucket: string, key: string): Promise<Bag | undefined>;
    list(bucket: string): Promise<readonly Entry[]>;
    /** Returns false and writes nothing when the key exists. */
    create(bucket: string, key: string, value: Bag): Promise<boolean>;
    put(bucket: string, key: string, value: Bag): Promise<void>;
    /** Returns false when the key does not exist. */
    delete(bucket: string, key: string): Promise<boolean>;
}

/** A store in memory. */
export class MemoryStore implements Store {
    private readonly buckets = new Map<string, Map<string, Bag>>();

    private bucket(name: string): Map<string, Bag> {
        const known = this.buckets.get(name) ?? new Map<string, Bag>();
        this.buckets.set(name, known);
        return known;
    }

    public get(bucket: string, key: string): Promise<Bag | undefined> {
        const value = this.bucket(bucket).get(key);
        return Promise.resolve(value === undefined ? undefined : clone(value));
    }

    public list(bucket: string): Promise<readonly Entry[]> {
        return Promise.resolve([...this.bucket(bucket)].map(([key, value]) => ({ key, value: clone(value) })));
    }

    public create(bucket: string, key: string, value: Bag): Promise<boolean> {
        if (this.bucket(bucket).has(key)) {
            return Promise.resolve(false);
        }
        this.bucket(bucket).set(key, clone(value));
        return Promise.resolve(true);
    }

    public put(bucket: string, key: string, value: Bag): Promise<void> {
        this.bucket(bucket).set(key, clone(value));
        return Promise.resolve();
    }

    public delete(bucket: string, key: string): Promise<boolean> {
        return Promise.resolve(this.bucket(bucket).delete(key));
    }

    /** All entries. */
    public async entries(): Promise<readonly Entry[]> {
        return (await Promise.all(this.ofStacks().map(([name]) => this.list(name)))).flat();
    }

    /** Buckets of what stacks create. */
    private ofStacks(): (readonly [string, Map<string, Bag>])[] {
        return [...this.buckets].filter(([name]) => ![AGENTS, DELETED].some((suffix) => name.endsWith(suffix)));
    }

    /** All entries as `<bucket>: <key>`. */
    public remaining(): string[] {
        return this.ofStacks().flatMap(([name, entries]) => [...entries.keys()].map((key) => `${name}: ${key}`));
    }
}
