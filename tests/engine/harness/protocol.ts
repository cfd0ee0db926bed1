/** What the suite and the process that runs one stack say to each other. All of it is JSON. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One stack to run, in a process of its own. */
export interface Job {
    readonly stack: string;
    /** Module that exports the program, or a function that makes it. */
    readonly program: string;
    /** Folder of the run: state, settings and home. The suite removes it. */
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
    /** Policy pack to enforce, if any. */
    readonly policyPack: string | undefined;
}

export interface Change {
    readonly urn: string;
    readonly op: string;
}

/** One operation of the engine. */
export interface Operation {
    readonly kind: "preview" | "up" | "refresh" | "destroy";
    /** Configuration to lay over the stack's own for this operation and all later ones. */
    readonly config?: Readonly<Record<string, Json>>;
    /** Environment to lay over the session's own for this operation and all later ones. */
    readonly env?: Readonly<Record<string, string>>;
    readonly expectNoChanges?: boolean;
    /** For `destroy`: what would go, without letting it go. */
    readonly previewOnly?: boolean;
    readonly policyPack?: boolean;
}

export interface Outcome {
    /** The engine's error, if it failed; its output is then all that was printed. */
    readonly error?: string;
    readonly output: string;
    /** What the engine meant to do with each resource, for a refresh what it found; `same` left out. */
    readonly changes: readonly Change[];
    readonly unchanged: number;
    /** Every policy finding, mandatory ones first. */
    readonly violations: readonly { readonly policy: string; readonly urn: string; readonly level: string }[];
    readonly seconds: number;
}

export interface Resource {
    readonly urn: string;
    readonly type: string;
    readonly outputs: Json;
}

export type Request =
    | { readonly id: number; readonly do: "run"; readonly operation: Operation }
    | { readonly id: number; readonly do: "export" };

export type Response =
    | { readonly id: number; readonly outcome: Outcome }
    | { readonly id: number; readonly deployment: Json }
    | { readonly id: number; readonly failure: string };
