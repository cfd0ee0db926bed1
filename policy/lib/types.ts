import type { Policy } from "@pulumi/policy";
import type { CustomKind } from "../../custom-resources/pod-types";

/** The environments that levels are given for. */
export type Tier = "dev" | "staging" | "prod";

/** What a violation does: stop the update, be shown, or nothing. */
export type Level = "mandatory" | "advisory" | "disabled";

/** One resource as the engine, or the in-process plan, shows it to the pack. */
export interface PolicyResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Record<string, unknown>;
    /** URN of the parent. */
    readonly parent?: string;
}

/** What a check found. The message is put together by the pack, so that every policy's reads alike. */
export interface Finding {
    /** The field, as a path from the resource's inputs. */
    readonly path: string;
    /** What is inside the resource: `container "app"`. */
    readonly subject?: string;
    /** What the path does wrong, as the rest of a sentence that begins with it. Never holds a value from the inputs. */
    readonly problem: string;
    /** True when the field could not be judged because it is not known before the update. */
    readonly unknown?: boolean;
    /** Stack policies: the resource at fault. */
    readonly resource?: PolicyResource;
    /** Says more than the policy's own remedy when one policy has several. */
    readonly fix?: string;
}

/** What a policy does with a field that is not known before the update. */
export type OnUnknown = "fail" | "warn" | "skip";

/** Configuration of one policy, as it comes from the pack's config; every rule reads it through its own guard. */
export type RuleConfig = Readonly<Record<string, unknown>>;

/** What every policy carries besides its check; the fields are CrossGuard's own. */
export type Metadata = Required<
    Pick<Policy, "name" | "description" | "severity" | "tags" | "framework" | "remediationSteps" | "url">
> &
    Pick<Policy, "configSchema" | "displayName">;

/** A policy that judges one resource at a time. */
export interface ResourceRule extends Metadata {
    readonly scope: "resource";
    /** Default for fields that are not known before the update. */
    readonly onUnknown: OnUnknown;
    /** A cheap test of the type token: everything else is skipped without a look at its inputs. */
    readonly applies: (type: string, kinds?: readonly CustomKind[]) => boolean;
    /** @param kinds custom kinds that hold pods. @default those of `custom-resources/pods.ts` */
    readonly check: (resource: PolicyResource, config: RuleConfig, kinds?: readonly CustomKind[]) => Finding[];
}

/** A policy that judges the resources of a stack together. */
export interface StackRule extends Metadata {
    readonly scope: "stack";
    readonly onUnknown: OnUnknown;
    readonly check: (resources: readonly PolicyResource[], config: RuleConfig) => Finding[];
}

export type Rule = ResourceRule | StackRule;
