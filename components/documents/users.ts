import * as pulumi from "@pulumi/pulumi";

import { databaseName } from "../../catalog/database";
import type { StoreCaller } from "../../catalog/graph";
import type { NamespaceName } from "../../catalog/types";
import { Credentials } from "../common/credentials";
import type { Namespaces } from "../security/types";
import type { MongoUser } from "./mongo-types";
import { clusterName, documentsNamespace } from "./types";

/** Name of the user that creates collections and indexes. */
export const schemaUser = "schema";

/**
 * MongoDB's own roles by access, of which none only writes; `dbAdmin` creates collections and indexes, and reads no document.
 */
const roles = { read: "read", "read-write": "readWrite", write: "readWrite", schema: "dbAdmin" } as const;

function mongoUser(user: string, role: string, secrets: Credentials): MongoUser {
    return {
        name: user,
        // Where the user authenticates: the database that it uses, so that clients need no other name.
        db: databaseName,
        passwordSecretRef: { name: secrets.secretIn(documentsNamespace), key: "password" },
        roles: [{ name: role, db: databaseName }],
    };
}

/** Arguments of {@link DocumentsUsers}. */
export interface DocumentsUsersArgs {
    readonly namespaces: Namespaces;
    /** The workloads that call the store. */
    readonly callers: readonly StoreCaller[];
}

/**
 * The users of the shop's database in MongoDB: one for each workload that calls it, and the owner of the schema (MG-01,
 * SC-05, DB-17). The operator has users of its own, whose passwords it generates.
 */
export class DocumentsUsers extends pulumi.ComponentResource {
    /** The users, for the operator's resource. */
    public readonly users: readonly MongoUser[];
    /** Names of the Secrets with the callers' passwords, by workload, each in its workload's namespace. */
    public readonly credentials: Readonly<Record<string, pulumi.Output<string>>>;
    /** Name of the Secret of the owner of the schema. */
    public readonly schema: pulumi.Output<string>;

    constructor(name: string, args: DocumentsUsersArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:documents:DocumentsUsers", name, {}, opts);
        const { namespaces, callers } = args;
        // The operator reads a password in the store's namespace, a workload in its own.
        const credentialsOf = (user: string, secretName: string, homes: readonly NamespaceName[]): Credentials =>
            new Credentials(
                `${name}-${user}`,
                {
                    secretName,
                    component: "documents",
                    username: user,
                    namespaces: Object.fromEntries(homes.map((home) => [home, namespaces[home]])),
                },
                { parent: this },
            );
        const schema = credentialsOf(schemaUser, `${clusterName}-${schemaUser}`, [documentsNamespace]);
        const own = callers.map(({ workload, namespace, access }) => ({
            workload,
            role: roles[access],
            namespace,
            secrets: credentialsOf(workload, `${workload}-mongodb`, [documentsNamespace, namespace]),
        }));
        this.users = [
            mongoUser(schemaUser, roles.schema, schema),
            ...own.map(({ workload, role, secrets }) => mongoUser(workload, role, secrets)),
        ];
        this.schema = schema.secretIn(documentsNamespace);
        this.credentials = Object.fromEntries(
            own.map(({ workload, namespace, secrets }) => [workload, secrets.secretIn(namespace)]),
        );
        this.registerOutputs({ credentials: this.credentials, schema: this.schema });
    }
}
