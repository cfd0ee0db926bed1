import type * as k8s from "@pulumi/kubernetes";

import type { NamespaceName } from "../../../catalog/types";

type Spec = k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicySpec;

/** Requests that a rule judges. */
export interface Requests {
    readonly apiGroup: string;
    readonly apiVersion: string;
    /** Plural names; a subresource as `pods/exec`. */
    readonly resources: readonly string[];
    readonly operations: readonly ("CREATE" | "UPDATE" | "CONNECT")[];
}

/** A condition that objects meet, in the Common Expression Language. */
export interface Validation {
    /** True for an object that is admitted. */
    readonly expression: string;
    /** The refusal: what is wrong and what would do, as text or as an expression. */
    readonly refusal: { readonly message: string } | { readonly messageExpression: string };
}

/** A rule of the API server for requests in namespaces of the platform (SC-08). */
export interface AdmissionRule {
    /** Name of the policy, without the platform's prefix. */
    readonly name: string;
    readonly namespaces: readonly NamespaceName[];
    readonly requests: readonly Requests[];
    /** Requests without this condition are not judged. @default all are judged */
    readonly condition?: { readonly name: string; readonly expression: string };
    /** Expressions that the validations refer to as `variables.<name>`. @default none */
    readonly variables?: Readonly<Record<string, string>>;
    readonly validations: readonly Validation[];
}

/** The rule as the spec of a ValidatingAdmissionPolicy. */
export function policySpec({ requests, condition, variables = {}, validations }: AdmissionRule): Spec {
    const named = Object.entries(variables).map(([name, expression]) => ({ name, expression }));
    return {
        // An expression that fails refuses the request: the rule could not be checked.
        failurePolicy: "Fail",
        matchConstraints: {
            resourceRules: requests.map(({ apiGroup, apiVersion, resources, operations }) => ({
                apiGroups: [apiGroup],
                apiVersions: [apiVersion],
                resources: [...resources],
                operations: [...operations],
            })),
        },
        ...(condition === undefined ? {} : { matchConditions: [condition] }),
        ...(named.length === 0 ? {} : { variables: named }),
        validations: validations.map(({ expression, refusal }) => ({ expression, ...refusal, reason: "Forbidden" })),
    };
}
