import type { Policy } from "@pulumi/policy";
import type { CustomKind } from "../../custom-resources/pod-types";

/** Environments with separate enforcement levels. */
export type Tier = "dev" | "staging" | "prod";

/** Effect of a violation: stop the update, a warning, or none. */
export type Level = "mandatory" | "advisory" | "disabled";

/** A resource as passed by the engine or the in-process plan. */
export interface PolicyResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Record<string, unknown>;
    /** URN of the parent. */
    readonly parent?: string;
}

/** Result of a check. The pack composes the message, so that all messages have one format. */
export interface Finding {
    /** The field, as a path from the resource's inputs. */
    readonly path: string;
    /** Part of the resource, for example `container "app"`. */
    readonly subject?: string;
    /** The problem, as a sentence that starts with the path. Never contains an input value. */
    readonly problem: string;
    /** True if the field is unknown before the update and cannot be checked. */
    readonly unknown?: boolean;
    /** Stack policies: the violating resource. */
    readonly resource?: PolicyResource;
    /** Replaces the policy's remediation where one policy has several. */
    readonly fix?: string;
}

/** Result for a field that is not known before the update. */
export type OnUnknown = "fail" | "warn" | "skip";

/** Unvalidated configuration of one policy from the pack's config. */
export type RuleConfig = Readonly<Record<string, unknown>>;

/** CrossGuard's metadata of a policy. */
export type Metadata = Required<
    Pick<Policy, "name" | "description" | "severity" | "tags" | "framework" | "remediationSteps" | "url">
> &
    Pick<Policy, "configSchema" | "displayName">;

/** A policy that checks one resource at a time. */
export interface ResourceRule extends Metadata {
    readonly scope: "resource";
    /** Default for fields that are not known before the update. */
    readonly onUnknown: OnUnknown;
    /** Tests the type token. Resources of other types are skipped without reading their inputs. */
    readonly applies: (type: string, kinds?: readonly CustomKind[]) => boolean;
    /** @param kinds custom kinds that describe pods. @default those of `custom-resources/pods.ts` */
    readonly check: (resource: PolicyResource, config: RuleConfig, kinds?: readonly CustomKind[]) => Finding[];
}

/** A policy that checks all resources of a stack together. */
export interface StackRule extends Metadata {
    readonly scope: "stack";
    readonly onUnknown: OnUnknown;
    readonly check: (resources: readonly PolicyResource[], config: RuleConfig) => Finding[];
}

export type Rule = ResourceRule | StackRule;
