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

/** What a stack would become, and what the policies say to it. */
export interface Plan {
    readonly stack: string;
    /** As the stack's configuration says. */
    readonly tier: string;
    readonly cloud: string;
    /** Sorted by URN. */
    readonly resources: readonly PlannedResource[];
    /** The stack's outputs; what only an update tells is `[unknown]`. */
    readonly outputs: JsonObject;
    readonly policy: Evaluation;
    /** What the program warned about while it ran. */
    readonly warnings: readonly string[];
    /** What the layers declared; undefined for a program that is not the platform's. Not part of `plan.json`. */
    readonly declared: Declared | undefined;
}

/** What {@link planStack} can be asked. */
export interface PlanArgs {
    /** Name of the stack: its configuration is `Pulumi.<stack>.yaml`. */
    readonly stack: string;
    /** Takes the place of the cloud that the stack's file says. */
    readonly cloud?: string;
    /** Values in the place of the file's, by key without namespace; objects as JSON. */
    readonly config?: Readonly<Record<string, string>>;
    /** @default the project's own, the `main` of its `Pulumi.yaml` */
    readonly program?: Program;
    /** Folder with the project's `Pulumi.yaml`. @default this project's */
    readonly root?: string;
    /** Whether the policy pack judges the plan. @default true */
    readonly judge?: boolean;
}

/**
 * Plans a stack in this process: no engine, no cloud, no network. Calls queue up, one program runs at a time.
 *
 * @throws Fault for a stack that does not exist or a file that is no YAML; `ConfigError` where the program refuses its
 * configuration; Error where the program itself fails.
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
        policy: args.judge === false ? unjudged : judged(recording, tier),
        warnings: recording.warnings,
        declared: recording.declared,
    };
}

/** Loads a program as the language host does: by `require`, so that its exported function is what we get. */
function loadProgram(path: string): Program {
    const program: unknown = createRequire(path)(path);
    if (typeof program !== "function") {
        throw new Error(`${basename(path)} must export its program as a function: importing it may do nothing yet.`);
    }
    return program as Program;
}

const unjudged: Evaluation = { violations: [], warnings: [], exempted: [] };

/** The pack knows the shop's tiers; a program of one's own is held to the strictest. */
function judged({ resources, unknowns, declared }: Recording, tier: string): Evaluation {
    const asSeen = resources.map((resource): PolicyResource => ({
        urn: resource.urn,
        type: resource.type,
        name: resource.name,
        props: unknowns.has(resource.urn) ? (withUnknowns(resource.inputs) as JsonObject) : resource.inputs,
        ...(resource.parent === undefined ? {} : { parent: resource.parent }),
    }));
    const options = { tier: tiers.has(tier) ? (tier as Tier) : "prod" } as const;
    return evaluate(asSeen, declared === undefined ? options : { ...options, customKinds: declared.customKinds });
}

const tiers: ReadonlySet<string> = new Set<Tier>(["dev", "staging", "prod"]);

/** Puts the engine's own sign for "not known yet" back in the marker's place: the pack must not take it for a value. */
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
