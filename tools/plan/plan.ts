import { createRequire } from "node:module";
import { basename, resolve } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { Declared } from "../../components/layer";
import { evaluate, type Evaluation, type PolicyResource, type Tier } from "../../policy/evaluate";
import { isObject, type Json, type JsonObject } from "./json";
import { unknownMarker } from "./record/markers";
import { record, type Program } from "./record/record";
import { projectRoot } from "./root";
import { readStack } from "./record/stack-config";
import type { PlannedResource, Recording } from "./record/types";

/** A stack's planned resources and outputs, with the policy findings. */
export interface Plan {
    readonly stack: string;
    /** From the stack's configuration. */
    readonly tier: string;
    readonly cloud: string;
    /** Sorted by URN. */
    readonly resources: readonly PlannedResource[];
    /** The stack's outputs; values that are unknown before an update are `[unknown]`. */
    readonly outputs: JsonObject;
    readonly policy: Evaluation;
    /** Warnings that the program logged. */
    readonly warnings: readonly string[];
    /** The layers' declarations; undefined for a program other than the platform's. Not part of `plan.json`. */
    readonly declared: Declared | undefined;
}

/** Arguments of {@link planStack}. */
export interface PlanArgs {
    /** Name of the stack: its configuration is `Pulumi.<stack>.yaml`. */
    readonly stack: string;
    /** Overrides the cloud of the stack's file. */
    readonly cloud?: string;
    /** Values that override the file's, by key without namespace; objects as JSON. */
    readonly config?: Readonly<Record<string, string>>;
    /** @default the project's own, the `main` of its `Pulumi.yaml` */
    readonly program?: Program;
    /** Folder with the project's `Pulumi.yaml`. @default this project's */
    readonly root?: string;
    /** Whether to run the policy pack. @default true */
    readonly checkPolicies?: boolean;
}

/**
 * Plans a stack in this process, without engine, cloud or network. Calls are queued: one program runs at a time.
 *
 * @throws Fault if the stack does not exist or its file is not valid YAML; `ConfigError` if the configuration is invalid;
 * Error if the program fails.
 */
export async function planStack(args: PlanArgs): Promise<Plan> {
    const root = args.root ?? projectRoot;
    const { project, main, config } = readStack(root, args.stack);
    const overrides = { ...args.config, ...(args.cloud === undefined ? {} : { cloud: args.cloud }) };
    const values: Record<string, string> = { ...config.values };
    for (const [key, value] of Object.entries(overrides)) {
        values[`${project}:${key}`] = value;
    }
    const program = args.program ?? loadProgram(resolve(root, main));
    const recording = await record({
        project,
        stack: args.stack,
        config: { values, secretKeys: config.secretKeys },
        program,
    });
    const tier = values[`${project}:tier`] ?? "";
    return {
        stack: args.stack,
        tier,
        cloud: values[`${project}:cloud`] ?? "",
        resources: recording.resources,
        outputs: recording.outputs,
        policy: args.checkPolicies === false ? noFindings : policyFindings(recording, tier),
        warnings: recording.warnings,
        declared: recording.declared,
    };
}

/** Loads a program by `require`, as the language host does. */
function loadProgram(path: string): Program {
    const program: unknown = createRequire(path)(path);
    if (typeof program !== "function") {
        throw new Error(`${basename(path)} must export its program as a function; importing it must have no effect.`);
    }
    return program as Program;
}

const noFindings: Evaluation = { violations: [], warnings: [], exempted: [] };

/** Runs the policy pack. Programs with another tier than the shop's are checked as prod, the strictest. */
function policyFindings({ resources, unknowns, declared }: Recording, tier: string): Evaluation {
    const policyResources = resources.map((resource): PolicyResource => ({
        urn: resource.urn,
        type: resource.type,
        name: resource.name,
        props: unknowns.has(resource.urn) ? (withUnknowns(resource.inputs) as JsonObject) : resource.inputs,
        ...(resource.parent === undefined ? {} : { parent: resource.parent }),
    }));
    const options = { tier: tiers.has(tier) ? (tier as Tier) : "prod" } as const;
    return evaluate(
        policyResources,
        declared === undefined ? options : { ...options, customKinds: declared.customKinds },
    );
}

const tiers: ReadonlySet<string> = new Set<Tier>(["dev", "staging", "prod"]);

/** Replaces the marker by the engine's constant for unknown values, which the pack recognises. */
function withUnknowns(value: Json): Json {
    if (value === unknownMarker) {
        return pulumi.runtime.unknownValue;
    }
    if (Array.isArray(value)) {
        return value.map(withUnknowns);
    }
    return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withUnknowns(part)]))
        : value;
}
