import type { Declared } from "../../../components/layer";
import type { JsonObject } from "../json";

/** The options of a resource that a plan keeps; each is there only where the program sets it. */
export interface PlannedOptions {
    /** URNs, sorted: what it waits for, said by `dependsOn` or by an input that comes from another resource. */
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
    /** Providers handed to a component's children: package to URN. */
    readonly providers?: Readonly<Record<string, string>>;
    /** The resource is read, not made: its id. */
    readonly read?: string;
}

/** One resource that the program registers. */
export interface PlannedResource {
    /** As the engine writes it. */
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** URN of the parent; absent for the stack itself. */
    readonly parent?: string;
    /** URN of the provider; absent for components and where the package's default provider is used. */
    readonly provider?: string;
    /** False for components. */
    readonly custom: boolean;
    /** Secrets are `[secret]`, values that only an update tells `[unknown]`. */
    readonly inputs: JsonObject;
    readonly options: PlannedOptions;
}

/** What a program registered: the record before anything is judged. */
export interface Recording {
    /** Sorted by URN. */
    readonly resources: readonly PlannedResource[];
    /** URNs of resources with an input that only an update tells. */
    readonly unknowns: ReadonlySet<string>;
    /** The stack's outputs. */
    readonly outputs: JsonObject;
    /** What the program wrote to Pulumi's log as warnings. */
    readonly warnings: readonly string[];
    /** What the layers declared; undefined for a program that is not the platform's. */
    readonly declared: Declared | undefined;
}
