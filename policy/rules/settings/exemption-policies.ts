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
            description: "Allow some resources to violate one policy until a date.",
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
        tier: {
            type: "string",
            enum: ["dev", "staging", "prod"],
            description: "Overrides the tier derived from the stack's name.",
        },
    },
};

/** Config of the whole pack; reports malformed and expired exemptions. Requirement PO-01. */
export const packSettings: Metadata = {
    name: "pack-settings",
    description: "Exemptions must have a policy, resources, a reason and an expiry date in the future.",
    severity: "high",
    tags: ["exemptions"],
    framework,
    remediationSteps: "Correct or remove the entry under exemptions in the config of pack-settings.",
    url: "https://www.pulumi.com/docs/insights/policy/",
    configSchema,
};

/** Reports unused exemptions. Runs after every other policy. Requirement PO-01. */
export const unusedExemptions: Metadata = {
    name: "unused-exemptions",
    description: "Unused exemptions should be removed.",
    severity: "low",
    tags: ["exemptions"],
    framework,
    remediationSteps: "Remove the entry under exemptions in the config of pack-settings.",
    url: "https://www.pulumi.com/docs/insights/policy/",
};
