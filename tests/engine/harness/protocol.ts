/** Messages between the suite and the process that runs one stack, as JSON. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A stack to run in a separate process. */
export interface Job {
    readonly stack: string;
    /** Module that exports the program, a function. */
    readonly program: string;
    /** Folder of the run: state, settings and home; removed by the suite. */
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
    /** Folder of the policy pack to enforce. */
    readonly policyPack: string | undefined;
}

export interface Change {
    readonly urn: string;
    readonly op: string;
    /** Paths of the inputs that an update changes, sorted. */
    readonly paths?: readonly string[];
}

/** One operation of the engine. */
export interface Operation {
    /** `cancel` removes the lock that a killed update left. */
    readonly kind: "preview" | "up" | "refresh" | "destroy" | "cancel";
    /** Configuration that overrides the stack's for this and all later operations. */
    readonly config?: Readonly<Record<string, Json>>;
    /** Environment that overrides the session's for this and all later operations. */
    readonly env?: Readonly<Record<string, string>>;
    readonly expectNoChanges?: boolean;
    /** For `destroy`: preview only. */
    readonly previewOnly?: boolean;
    /** For `destroy`: also delete what does not depend on a failed deletion. */
    readonly continueOnError?: boolean;
    readonly policyPack?: boolean;
}

export interface Outcome {
    /** The engine's error, if the operation failed. */
    readonly error?: string;
    readonly output: string;
    /** The engine's operation for each resource, for a refresh the detected one; without `same`. */
    readonly changes: readonly Change[];
    readonly unchanged: number;
    /** All policy violations. */
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
