import type { GoodExample, Mistake } from "../../config/stack-file";

const key = "ecommerce-platform:documents";
const mongodb = { "database.documents": "mongodb" } as const;

/** Shape of the store of documents. */
export const documentsMistakes: readonly Mistake[] = [
    {
        what: "another store of documents",
        base: "dev/gcp",
        set: { "database.documents": "couchdb" },
        line: 'ecommerce-platform:database.documents: "couchdb" is not valid; give one of none, mongodb',
    },
    {
        what: "members without MongoDB",
        base: "prod/aws",
        set: { "documents.members": 5 },
        line: `${key}.members: 5 has no effect while database.documents is none; give database.documents: mongodb, or remove the key`,
    },
    {
        what: "two members",
        base: "staging/gcp",
        set: { ...mongodb, "documents.members": 2 },
        line: `${key}.members: 2 is even: a majority of 2 is 2, so that the loss of 0 is tolerated, as with 1; give 1 or 3`,
    },
    {
        what: "two members in prod",
        base: "prod/gcp",
        set: { ...mongodb, "documents.members": 2 },
        line: `${key}.members: 2 is even: a majority of 2 is 2, so that the loss of 0 is tolerated, as with 1; give 3`,
    },
    {
        what: "four members",
        base: "prod/existing",
        set: { ...mongodb, "documents.members": 4 },
        line: `${key}.members: 4 is even: a majority of 4 is 3, so that the loss of 1 is tolerated, as with 3; give 3 or 5`,
    },
    {
        what: "one member in prod",
        base: "prod/aws",
        set: { ...mongodb, "documents.members": 1 },
        line: `${key}.members: 1 stops the store when a zone is lost; give 3 or more in prod`,
    },
    {
        what: "memory without room beside the cache",
        base: "dev/existing",
        set: { ...mongodb, "documents.memory": "1023Mi" },
        line: `${key}.memory: "1023Mi" is less than the 1Gi that a member needs: 256Mi for WiredTiger's cache, its least, and 768Mi for connections, sorts and index builds; give 1Gi or more`,
    },
    {
        what: "memory in decimal units",
        base: "dev/gcp",
        set: { ...mongodb, "documents.memory": "2G" },
        line: `${key}.memory: "2G" is not valid; give a quantity above 0 with Mi or Gi, such as "4Gi"`,
    },
];

/** Shapes at the bounds of the rules. */
export const documentsGood: readonly GoodExample[] = [
    { what: "none by its name", base: "prod/gcp", set: { "database.documents": "none" } },
    { what: "the least memory", base: "prod/aws", set: { ...mongodb, "documents.memory": "1Gi" } },
    { what: "three members in dev", base: "dev/gcp", set: { ...mongodb, "documents.members": 3 } },
    { what: "one member in staging", base: "staging/existing", set: { ...mongodb, "documents.members": 1 } },
    { what: "five members in prod", base: "prod/gcp", set: { ...mongodb, "documents.members": 5 } },
];
