/** Calls `work` for all items, at most `width` at a time. Results are in the order of the items. */
export async function inParallel<T, R>(
    items: readonly T[],
    width: number,
    work: (item: T) => Promise<R>,
): Promise<R[]> {
    const results = new Array<R>(items.length);
    let next = 0;
    const worker = async (): Promise<void> => {
        for (let index = next++; index < items.length; index = next++) {
            results[index] = await work(items[index] as T);
        }
    };
    await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
    return results;
}
