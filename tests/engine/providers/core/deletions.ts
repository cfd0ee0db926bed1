import { DELETED, type Store } from "./store";
import { numberAt } from "./value";

/** What a cloud remembers of the deleted resources of an id. */
export interface Deletion {
    readonly times: number;
    /** Whether the last deletion cannot be undone any more. */
    readonly expired: boolean;
}

export async function deletionOf(store: Store, cloud: string, key: string): Promise<Deletion> {
    const entry = await store.get(cloud + DELETED, key);
    return { times: numberAt(entry, "times") ?? 0, expired: entry?.["expired"] === true };
}

export async function recordDeletion(store: Store, cloud: string, key: string): Promise<void> {
    const { times } = await deletionOf(store, cloud, key);
    await store.put(cloud + DELETED, key, { times: times + 1, expired: false });
}

/** Lets the time pass in which deletions of a type can be undone. Returns the ids of that type that were deleted. */
export async function expireDeletions(store: Store, cloud: string, type: string): Promise<string[]> {
    const deleted = (await store.list(cloud + DELETED)).filter(({ key }) => key.startsWith(`${type} `));
    await Promise.all(deleted.map(({ key, value }) => store.put(cloud + DELETED, key, { ...value, expired: true })));
    return deleted.map(({ key }) => key.slice(type.length + 1));
}
