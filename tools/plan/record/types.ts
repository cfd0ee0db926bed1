import type { Declared } from "../../../components/layer";
import type { JsonObject } from "../json";

/** Options of a resource in a plan; absent unless the program sets them. */
export interface PlannedOptions {
    /** Sorted URNs from `dependsOn`, and of resources whose outputs are inputs of this one. */
    readonly dependsOn?: readonly string[];
    readonly protect?: true;
    readonly retainOnDelete?: true;
    readonly deleteBeforeReplace?: boolean;
    readonly ignoreChanges?: readonly string[];
    readonly replaceOnChanges?: readonly string[];
    readonly additionalSecretOutputs?: readonly string[];
    readonly hideDiffs?: readonly string[];
    readonly aliases?: readonly (string | JsonObject)[];
    readonly customTimeouts?: JsonObject;
    readonly deletedWith?: string;
    readonly replaceWith?: readonly string[];
    readonly import?: string;
    readonly version?: string;
    readonly pluginDownloadUrl?: string;
    /** Providers of a component's children: package to URN. */
    readonly providers?: Readonly<Record<string, string>>;
    /** Id of a resource that is read instead of created. */
    readonly read?: string;
}

/** One resource that the program registers. */
export interface PlannedResource {
    /** In the engine's format. */
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** URN of the parent; absent for the stack itself. */
    readonly parent?: string;
    /** URN of the provider; absent for components and for the package's default provider. */
    readonly provider?: string;
    /** False for components. */
    readonly custom: boolean;
    /** Secrets are `[secret]`, values that are unknown before an update `[unknown]`. */
    readonly inputs: JsonObject;
    readonly options: PlannedOptions;
}

/** The registrations of a program, before the policies are checked. */
export interface Recording {
    /** Sorted by URN. */
    readonly resources: readonly PlannedResource[];
    /** URNs of resources with an input that is unknown before an update. */
    readonly unknowns: ReadonlySet<string>;
    /** The stack's outputs. */
    readonly outputs: JsonObject;
    /** Warnings that the program logged. */
    readonly warnings: readonly string[];
    /** The layers' declarations; undefined for a program other than the platform's. */
    readonly declared: Declared | undefined;
}
