import type { Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import { memoryQuantity, quantity } from "../../config/quantity";
import type { DocumentsConfig, DocumentsSettings } from "./config-types";

/** The settings as written in the stack file. */
interface Written {
    readonly documents?: Partial<Record<keyof DocumentsSettings, unknown>> | undefined;
}

type DocumentsRule = Rule<DocumentsConfig, Written>;

const settingsHaveEffect: DocumentsRule = ({ config, settings }) =>
    config.documents.kind === "none"
        ? Object.entries(settings.documents ?? {}).flatMap(([key, value]): Problem[] => {
              const message =
                  "has no effect while database.documents is none; give database.documents: mongodb, or remove the key";
              return value === undefined ? [] : [{ path: `documents.${key}`, value, message }];
          })
        : [];

/**
 * The operator refuses an even number too, but the Pod that it then does not create is noticed later. Read:
 * percona/percona-server-mongodb-operator at v1.22.0, pkg/apis/psmdb/v1/psmdb_defaults.go, checkSafeDefaults.
 */
const membersFormQuorum: DocumentsRule = ({ config: { tier, documents } }) => {
    const { members } = documents;
    if (documents.kind === "none" || members % 2 === 1) {
        return [];
    }
    const least = tier === "prod" ? 3 : 1;
    const better = [members - 1, members + 1].filter((number) => number >= least).join(" or ");
    const message =
        `is even: a majority of ${members} is ${members / 2 + 1}, so that the loss of ${members / 2 - 1} is tolerated, ` +
        `as with ${members - 1}; give ${better}`;
    return [{ path: "documents.members", value: members, message }];
};

const prodSurvivesZone: DocumentsRule = ({ config: { tier, documents } }) => {
    const { kind, members } = documents;
    const message = "stops the store when a zone is lost; give 3 or more in prod";
    return kind === "mongodb" && tier === "prod" && members === 1
        ? [{ path: "documents.members", value: members, message }]
        : [];
};

const mebibyte = 2 ** 20;

/** The least that WiredTiger has as cache: 256 MiB, whatever the memory. */
const leastCache = 256 * mebibyte;

/**
 * What a member needs besides: 200 MB for index builds, 100 MB for each sort, 1 MB for each connection.
 * https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.maxIndexBuildMemoryUsageMegabytes
 */
const besidesCache = 768 * mebibyte;

const memoryHoldsCache: DocumentsRule = ({ config: { documents } }) => {
    const { kind, memory } = documents;
    const least = leastCache + besidesCache;
    const message =
        `is less than the ${memoryQuantity(least)} that a member needs: ${memoryQuantity(leastCache)} for WiredTiger's ` +
        `cache, its least, and ${memoryQuantity(besidesCache)} for connections, sorts and index builds; ` +
        `give ${memoryQuantity(least)} or more`;
    return kind === "mongodb" && quantity(memory) < least ? [{ path: "documents.memory", value: memory, message }] : [];
};

/** The checks of the replica set's shape. */
export const documentsRules: readonly DocumentsRule[] = [
    settingsHaveEffect,
    membersFormQuorum,
    prodSurvivesZone,
    memoryHoldsCache,
];
