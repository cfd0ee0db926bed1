import { onlyPresence, type ShownInputs } from "./types";

/** What a golden shows of the stack itself, of the providers and of random values. */
export const pulumiInputs: Readonly<Record<string, ShownInputs>> = {
    "pulumi:pulumi:Stack": onlyPresence,
    "pulumi:providers:aws": ["region", "allowedAccountIds"],
    "pulumi:providers:gcp": ["project", "region"],
    "pulumi:providers:kubernetes": ["enableServerSideApply", "context"],
    "random:index/randomPassword:RandomPassword": ["length"],
};
