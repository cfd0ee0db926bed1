import type { Store } from "../core/store";

/** Bucket with texts of `Warning` headers; suites assert that it is empty. */
export const WARNINGS = "warnings";

/** Bucket with objects that were validated in memory instead of by the API server, with the reason. */
export const FALLBACKS = "fallbacks";

/** Events that suites assert and that do not stop the engine. They are in the store, outside the provider processes. */
export class Journal {
    public constructor(private readonly store: Store) {}

    public async warning(object: string, text: string): Promise<void> {
        await this.store.put(WARNINGS, `${object}: ${text}`, {});
    }

    public async fallback(object: string, reason: string): Promise<void> {
        await this.store.put(FALLBACKS, `${object}: ${reason}`, {});
    }
}
