import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import { shipped } from "../shipped";
import { bound, judged, policiesOf } from "./admission-expected";

const policyType = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const bindingType = `${policyType}Binding`;

interface Spec {
    readonly failurePolicy: string;
    readonly matchConstraints: { readonly resourceRules: unknown };
    readonly matchConditions?: unknown;
    readonly variables?: readonly { readonly name: string; readonly expression: string }[];
    readonly validations: readonly { readonly expression: string; readonly reason: string }[];
}

function specOf(resources: readonly PlannedResource[], name: string): Spec {
    return inputs(resources, policyType, name)["spec"] as unknown as Spec;
}

for (const stack of shipped) {
    describe(`the admission policies in ${stack.title} (SC-02, SC-03, SC-08)`, () => {
        let resources: readonly PlannedResource[];
        const expected = policiesOf(stack);

        before(async () => {
            ({ resources } = await stack.plan());
        });

        it("are these, and refuse requests in these namespaces", () => {
            const of = (type: string) =>
                resources
                    .filter((each) => each.type === type)
                    .map(({ name }) => name.replace(/-binding$/, ""))
                    .sort();
            assert.deepEqual(of(policyType), expected);
            assert.deepEqual(of(bindingType), expected);
            for (const name of expected) {
                const { metadata, spec } = inputs(resources, bindingType, `${name}-binding`);
                assert.equal((metadata as { name: string }).name, `ecommerce-platform-${name}`);
                assert.deepEqual(spec, {
                    policyName: `ecommerce-platform-${name}`,
                    validationActions: ["Deny", "Audit"],
                    matchResources: {
                        namespaceSelector: {
                            matchExpressions: [
                                { key: "kubernetes.io/metadata.name", operator: "In", values: bound[name] },
                            ],
                        },
                    },
                });
            }
        });

        it("judge these requests by these conditions, and refuse where a condition fails", () => {
            for (const name of expected) {
                const { failurePolicy, matchConstraints, variables, validations, matchConditions } = specOf(
                    resources,
                    name,
                );
                assert.equal(failurePolicy, "Fail", name);
                assert.deepEqual([validations.length, validations[0]?.reason], [1, "Forbidden"], name);
                const want = judged[name];
                if (want !== undefined) {
                    const found = {
                        requests: matchConstraints.resourceRules,
                        ...(matchConditions === undefined ? {} : { matchConditions }),
                        ...(variables === undefined
                            ? {}
                            : { variables: Object.fromEntries(variables.map((one) => [one.name, one.expression])) }),
                        expression: validations[0]?.expression,
                    };
                    assert.deepEqual(found, want, name);
                }
            }
        });
    });
}
