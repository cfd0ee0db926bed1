import { clone, type Bag } from "./value";

/** One thing that exists: a cloud resource or a Kubernetes object. */
export interface Entry {
    readonly key: string;
    readonly value: Bag;
}

/**
 * Where the stand-ins of one stack keep what exists. The engine starts a provider process for every provider resource
 * of every operation, so what they share lies outside all of them.
 */
export interface Store {
    get(bucket: string, key: string): Promise<Bag | undefined>;
    list(bucket: string): Promise<readonly Entry[]>;
    /** False, and nothing is written, when the key is taken. */
    create(bucket: string, key: string, value: Bag): Promise<boolean>;
    put(bucket: string, key: string, value: Bag): Promise<void>;
    /** False when there was nothing to delete. */
    delete(bucket: string, key: string): Promise<boolean>;
}

/** The store itself, in the memory of one process. */
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

    /** Everything that exists, as `<bucket>: <key>`; what a test prints when something is left over. */
    public remaining(): string[] {
        return [...this.buckets].flatMap(([name, entries]) => [...entries.keys()].map((key) => `${name}: ${key}`));
    }
}
