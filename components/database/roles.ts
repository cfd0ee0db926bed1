import * as pulumi from "@pulumi/pulumi";

import { databaseOwner, databaseRole } from "../../catalog/database";
import { jobs } from "../../catalog/jobs";
import { maintenanceRole } from "../../catalog/schema/access";
import type { StoreCaller } from "../../catalog/graph";
import { Credentials } from "../common/credentials";
import type { Namespaces } from "../security/types";
import { clusterName, pgpoolName, reloaded } from "./names";
import { rolesOfOwner } from "./schema/access-sql";

/** A role of PostgreSQL that the operator creates, in the form of `spec.managed.roles`. */
export interface ManagedRole {
    readonly name: string;
    readonly comment: string;
    readonly ensure: "present";
    readonly login: true;
    readonly passwordSecret: { readonly name: pulumi.Output<string> };
    readonly inRoles?: readonly string[];
}

/** Arguments of {@link Roles}. */
export interface RolesArgs {
    /** Workloads that call one of the stores, each once. */
    readonly callers: readonly Pick<StoreCaller, "workload" | "namespace">[];
    /** Names of workloads that call Pgpool-II; undefined where it is off. */
    readonly split: readonly string[] | undefined;
    /** Role that reads the servers' statistics; undefined where the operator's instances measure themselves. @default none */
    readonly exporter?: string;
    readonly namespaces: Namespaces;
    readonly generation: number;
}

/**
 * A role for each workload that calls the database, with a password of its own, and no rights: migrations grant them
 * (DB-17, SC-05). Memberships that are not listed here are revoked by the operator.
 */
export class Roles extends pulumi.ComponentResource {
    public readonly managed: readonly ManagedRole[];
    /** Secret of the database's owner, in namespace `data`. */
    public readonly owner: pulumi.Output<string>;
    /** Secret of the role that creates partitions, in namespace `data`. */
    public readonly maintenance: pulumi.Output<string>;
    /** Secrets of the workloads, in their own namespaces. */
    public readonly secrets: Readonly<Record<string, pulumi.Output<string>>>;
    /** The roles with their passwords, secret, where no operator reads the Secrets. */
    public readonly logins: readonly (Pick<ManagedRole, "name" | "inRoles"> & {
        readonly password: pulumi.Output<string>;
    })[];
    /** Passwords of the roles that Pgpool-II authenticates, secret. */
    public readonly splitPasswords: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: RolesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:Roles", name, {}, opts);
        const { callers, split, exporter, namespaces, generation } = args;
        const create = (key: string, username: string, namespace?: StoreCaller["namespace"]): Credentials =>
            new Credentials(
                `${name}-${key}`,
                {
                    secretName: `${clusterName}-${key}`,
                    component: "database",
                    username,
                    namespaces: {
                        data: namespaces.data,
                        ...(namespace === undefined || namespace === "data" ? {} : { caller: namespaces[namespace] }),
                    },
                    secretLabels: reloaded,
                    generation,
                },
                { parent: this },
            );
        const owner = create("owner", databaseOwner);
        const maintenance = create("maintenance", maintenanceRole);
        const credentials = callers.map(
            ({ workload, namespace }) => [workload, create(workload, databaseRole(workload), namespace)] as const,
        );
        const role = (roleName: string, comment: string, credentialsOf: Credentials): ManagedRole => ({
            name: roleName,
            comment,
            ensure: "present",
            login: true,
            passwordSecret: { name: credentialsOf.secretIn("data") },
        });
        const checks = split === undefined ? undefined : create(pgpoolName, pgpoolName);
        const monitors = [
            ...(checks === undefined ? [] : [[pgpoolName, "Health checks of Pgpool-II", checks] as const]),
            ...(exporter === undefined
                ? []
                : [[exporter, "Metrics of the servers", create("exporter", exporter)] as const]),
        ];
        this.managed = [
            // Sets the parameters of the other roles, as each of them (DB-03).
            { ...role(databaseOwner, "Owner of the schema", owner), inRoles: rolesOfOwner },
            role(maintenanceRole, "Creation of partitions", maintenance),
            ...credentials.map(([workload, own]) => {
                const kind = Object.hasOwn(jobs, workload) ? "Job" : "Service";
                return role(databaseRole(workload), `${kind} ${workload}`, own);
            }),
            ...monitors.map(([user, comment, own]) => ({ ...role(user, comment, own), inRoles: ["pg_monitor"] })),
        ];
        const passwords = new Map<string, pulumi.Output<string>>([
            [databaseOwner, owner.password],
            [maintenanceRole, maintenance.password],
            ...credentials.map(([workload, { password }]) => [databaseRole(workload), password] as const),
            ...monitors.map(([user, , { password }]) => [user, password] as const),
        ]);
        this.logins = this.managed.map(({ name: roleName, inRoles }) => ({
            name: roleName,
            ...(inRoles === undefined ? {} : { inRoles }),
            password: passwords.get(roleName) ?? pulumi.output(""),
        }));
        this.maintenance = maintenance.secretIn("data");
        this.owner = owner.secretIn("data");
        this.secrets = Object.fromEntries(
            credentials.map(([workload, own]) => [workload, own.secretNames["caller"] ?? own.secretIn("data")]),
        );
        this.splitPasswords =
            checks === undefined
                ? {}
                : Object.fromEntries([
                      [pgpoolName, checks.password],
                      ...credentials
                          .filter(([workload]) => split?.includes(workload))
                          .map(([workload, { password }]) => [databaseRole(workload), password] as const),
                  ]);
        this.registerOutputs({ owner: this.owner, maintenance: this.maintenance, secrets: this.secrets });
    }
}
