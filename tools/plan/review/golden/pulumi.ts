import { onlyPresence, type ShownInputs } from "./types";

/** Inputs of the stack, the providers and random values in a golden plan. */
export const pulumiInputs: Readonly<Record<string, ShownInputs>> = {
    "pulumi:pulumi:Stack": onlyPresence,
    "pulumi:providers:aws": ["region", "allowedAccountIds"],
    "pulumi:providers:gcp": ["project", "region"],
    "pulumi:providers:kubernetes": ["enableServerSideApply", "context"],
    "random:index/randomPassword:RandomPassword": ["length"],
};
