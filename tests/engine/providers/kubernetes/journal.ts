import type { Store } from "../core/store";

/** Texts of `Warning` headers. A suite that finds one here has failed. */
export const WARNINGS = "warnings";

/** Objects that the API server could not be asked about, with the reason; they were judged in memory instead. */
export const FALLBACKS = "fallbacks";

/** What a suite has to hear of although the engine goes on: it lies in the store, which outlives a provider. */
export class Journal {
    public constructor(private readonly store: Store) {}

    public async warning(object: string, text: string): Promise<void> {
        await this.store.put(WARNINGS, `${object}: ${text}`, {});
    }

    public async fallback(object: string, why: string): Promise<void> {
        await this.store.put(FALLBACKS, `${object}: ${why}`, {});
    }
}
