import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { workloads } from "../../catalog/workloads";
import { type PlatformConfig, platformConfig } from "../../components/platform-config";
import { problemLine } from "../../config/problems";
import { type Cloud, cloudNames, type Tier } from "../../config/schema";
import { keyPrefix } from "../../config/validate";

/** One mistake in an otherwise good stack file, and the one line that has to come of it. */
export interface Mistake {
    readonly what: string;
    /** The good stack file that the mistake is put into, as `tier/cloud`. */
    readonly base: `${Tier}/${Cloud}`;
    /** Keys by dotted path; `undefined` takes a key out. */
    readonly set: Readonly<Record<string, unknown>>;
    readonly line: string;
}

/** Settings in which nothing is wrong. */
export type GoodExample = Omit<Mistake, "line">;

/** The least that a stack of a tier and cloud has to say. */
export function goodSettings(tier: Tier, cloud: Cloud): Record<string, unknown> {
    return {
        tier,
        cloud,
        domain: "shop.example.com",
        ...(cloud === "gcp" ? { gcp: { project: "shop-test-1234" } } : {}),
        ...(cloud === "aws" ? { aws: { accountId: "123456789012", privateRunner: true } } : {}),
    };
}

/** A copy of the settings with keys set, or taken out, by dotted path. */
export function changed(settings: Record<string, unknown>, set: Mistake["set"]): Record<string, unknown> {
    const copy = structuredClone(settings);
    for (const [path, value] of Object.entries(set)) {
        const steps = path.split(".");
        const last = steps.pop() ?? path;
        const owner = steps.reduce<object>((current, step) => {
            const next = (Reflect.get(current, step) as object | undefined) ?? {};
            Reflect.set(current, step, next);
            return next;
        }, copy);
        if (value === undefined) {
            Reflect.deleteProperty(owner, last);
        } else {
            Reflect.set(owner, last, value);
        }
    }
    return copy;
}

/** The settings of a mistake. */
export function settingsOf({ base, set }: Pick<Mistake, "base" | "set">): Record<string, unknown> {
    const [tier, cloud] = base.split("/") as [Tier, Cloud];
    return changed(goodSettings(tier, cloud), set);
}

/** What is said of some settings, one line a mistake, in the order of the messages. */
export function linesOf(settings: Readonly<Record<string, unknown>>): string[] {
    return (platformConfig.validate("test", settings, workloads).problems ?? []).map(problemLine);
}

/** Good settings with keys set by dotted path, filled up; fails on a mistake in them. */
export function resolvedSettings(tier: Tier, cloud: Cloud, set: Mistake["set"] = {}): PlatformConfig {
    const { config, problems } = platformConfig.validate("test", changed(goodSettings(tier, cloud), set), workloads);
    assert.deepEqual(problems, undefined);
    assert.ok(config);
    return config;
}

const root = join(__dirname, "../..");

/** The stacks that have a file in the project. */
export const shippedStacks: readonly string[] = readdirSync(root)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();

// A replica has a region, which a cluster that exists has not.
const ownClouds: Readonly<Record<string, readonly Cloud[]>> = { local: ["existing"], "prod-dr": ["gcp", "aws"] };

/** Each shipped stack with each cloud that it names: the keys of its file, without the project's prefix. */
export const shippedSettings = shippedStacks.flatMap((stack) => {
    const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as {
        readonly config: Readonly<Record<string, unknown>>;
    };
    const keys = Object.entries(config).map(([key, value]) => [key.slice(keyPrefix.length), value]);
    const settings = Object.fromEntries(keys) as Record<string, unknown>;
    return (ownClouds[stack] ?? cloudNames).map((cloud) => ({ stack, cloud, settings: { ...settings, cloud } }));
});
