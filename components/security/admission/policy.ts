import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { platformName } from "../../../config/labels";
import { labels } from "../../common/labels";
import { type AdmissionRule, policySpec } from "./rule";

/** Arguments of {@link AdmissionPolicy}. */
export interface AdmissionPolicyArgs {
    readonly rule: AdmissionRule;
}

/** A rule of the API server, in force in its namespaces: no webhook, which could fail or be deleted (SC-08). */
export class AdmissionPolicy extends pulumi.ComponentResource {
    /** Name of the binding of the policy to its namespaces. */
    public readonly bindingName: pulumi.Output<string>;

    constructor(name: string, { rule }: AdmissionPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:security:AdmissionPolicy", name, {}, opts);
        const child = { parent: this };
        const metadata = { name: `${platformName}-${rule.name}`, labels: labels(rule.name, "admission") };
        const policy = new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(
            name,
            { metadata, spec: policySpec(rule) },
            child,
        );
        const binding = new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
            `${name}-binding`,
            {
                metadata,
                spec: {
                    policyName: policy.metadata.name,
                    // Refusals are in the audit log with the policy's name too (SC-12).
                    validationActions: ["Deny", "Audit"],
                    matchResources: {
                        namespaceSelector: {
                            matchExpressions: [
                                // The API server sets this label and refuses to change it.
                                { key: "kubernetes.io/metadata.name", operator: "In", values: [...rule.namespaces] },
                            ],
                        },
                    },
                },
            },
            child,
        );
        this.bindingName = binding.metadata.name;
        this.registerOutputs({ bindingName: this.bindingName });
    }
}
