import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Metadata } from "../../lib/types";

const framework: Metadata["framework"] = {
    name: "E-commerce platform",
    version: "1",
    reference: "PO-01",
    specification: "exemptions",
};

const configSchema: PolicyConfigSchema = {
    properties: {
        exemptions: {
            type: "array",
            description: "Leave for some resources to break one policy for a while.",
            items: {
                type: "object",
                properties: {
                    policy: { type: "string" },
                    urnPattern: { type: "string" },
                    reason: { type: "string" },
                    ticket: { type: "string" },
                    expires: { type: "string" },
                },
            },
        },
        tier: { type: "string", enum: ["dev", "staging", "prod"], description: "Overrides the stack's name." },
    },
};

/** Holds the config of the whole pack, and refuses exemptions that are malformed or over. Requirement PO-01. */
export const packSettings: Metadata = {
    name: "pack-settings",
    description: "Exemptions name a policy, resources, a reason and a last day that has not passed.",
    severity: "high",
    tags: ["exemptions"],
    framework,
    remediationSteps: "Correct or remove the entry under exemptions in the config of pack-settings.",
    url: "https://www.pulumi.com/docs/insights/policy/",
    configSchema,
};

/** Says which exemptions no longer cover anything. Runs after every other policy. Requirement PO-01. */
export const unusedExemptions: Metadata = {
    name: "unused-exemptions",
    description: "Exemptions that cover no violation should be removed.",
    severity: "low",
    tags: ["exemptions"],
    framework,
    remediationSteps: "Remove the entry under exemptions in the config of pack-settings.",
    url: "https://www.pulumi.com/docs/insights/policy/",
};
