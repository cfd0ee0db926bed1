import { version } from "@pulumi/aws/package.json";
import type { Cloud } from "../core/cloud";
import { given } from "../core/value";
import { audit } from "./audit";
import { eks } from "./eks";
import { elasticache } from "./elasticache";
import { events } from "./events";
import { identity } from "./identity";
import { network } from "./network";
import { opensearch } from "./opensearch";
import { rds } from "./rds";
import { rdsCopies } from "./rds-copies";
import { storage } from "./storage";
import { transitGateway } from "./transit-gateway";

/** The AWS resource types that the program uses. */
export const aws: Cloud = {
    name: "aws",
    version,
    configFailures: (inputs) =>
        given(inputs, "region")
            ? []
            : [{ property: "region", reason: 'Missing required argument: "region" is required' }],
    configReplaceOn: ["region"],
    types: {
        ...network,
        ...eks,
        ...events,
        ...identity,
        ...storage,
        ...audit,
        ...transitGateway,
        ...elasticache,
        ...rds,
        ...rdsCopies,
        ...opensearch,
    },
    invokes: {},
};
