import { version } from "@pulumi/gcp/package.json";
import type { Cloud } from "../core/cloud";
import { given } from "../core/value";
import { audit } from "./audit";
import { container } from "./container";
import { identity, invokes } from "./identity";
import { memorystore } from "./memorystore";
import { network } from "./network";
import { sql } from "./sql";
import { storage } from "./storage";

/** The Google Cloud resource types that the program uses. */
export const gcp: Cloud = {
    name: "gcp",
    version,
    configFailures: (inputs) =>
        given(inputs, "project")
            ? []
            : [{ property: "project", reason: "project: required field is not set: name the project explicitly" }],
    configReplaceOn: ["project"],
    types: { ...network, ...container, ...identity, ...storage, ...audit, ...memorystore, ...sql },
    invokes,
};
