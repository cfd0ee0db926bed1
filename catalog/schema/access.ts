import type { JobName } from "../jobs";
import type { WorkloadName } from "../workloads";

/** What a service may do with a table; of `update`, the columns. */
export interface TableAccess {
    readonly select?: true;
    readonly insert?: true;
    readonly delete?: true;
    /** Columns that may change; `true` is all of them. */
    readonly update?: true | readonly string[];
}

/** The access of a service, or of a job, to the database. */
export interface ServiceAccess {
    /** Statements that run longer are cancelled, in milliseconds. */
    readonly statementTimeoutMs: number;
    /** By table of the schema `shop`. A table that is not listed is not readable. */
    readonly tables: Readonly<Record<string, TableAccess>>;
    /** Functions of the schema `shop` that it may call, with the types of their arguments. @default none */
    readonly functions?: readonly string[];
}

/** The schema that every table is in. */
export const schemaName = "shop";

/** Role of the CronJobs for partitions, cleanup and reports: it may call their functions and nothing else. */
export const maintenanceRole = "shop_maintenance";

const everything: TableAccess = { select: true, insert: true, update: true, delete: true };

/**
 * Which service may do what with which table (DB-15 to DB-17): the grants, the roles and the tests follow from it. A table has
 * one service that writes it; others ask that service. Orders, payments and their lines are never deleted.
 */
export const serviceAccess = {
    user: {
        statementTimeoutMs: 2000,
        tables: {
            users: {
                select: true,
                insert: true,
                // Neither the id nor the date of registration, which place the row.
                update: ["email", "password_hash", "name", "role"],
                // An account is deleted at its owner's request.
                delete: true,
            },
            addresses: everything,
        },
    },
    product: {
        statementTimeoutMs: 2000,
        tables: { categories: everything, products: everything, reviews: everything },
    },
    order: {
        statementTimeoutMs: 5000,
        tables: {
            orders: { select: true, insert: true, update: ["status"] },
            order_items: { select: true, insert: true },
            // Written by the report only (SV-13).
            daily_sales: { select: true },
        },
    },
    payment: {
        statementTimeoutMs: 5000,
        tables: {
            payments: { select: true, insert: true, update: ["status", "provider_reference", "updated_at"] },
            refunds: { select: true, insert: true },
        },
    },
    inventory: {
        statementTimeoutMs: 2000,
        tables: { stock: everything, reservations: everything },
    },
    "cache-warm": {
        // Counts the sales of a week; shorter than the job may run, so that the statement does not outlive it.
        statementTimeoutMs: 50_000,
        tables: {},
        functions: ["popular_products(integer, integer)"],
    },
} as const satisfies Partial<Record<WorkloadName | JobName, ServiceAccess>>;

/** Services and jobs that use the database. */
export type DatabaseService = keyof typeof serviceAccess;
