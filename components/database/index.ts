import type { Cloud } from "../../config/schema";
import type { Layer } from "../layer";
import type { Network } from "../network/types";
import { awsAccess } from "./aws/access";
import { Rds } from "./aws/rds";
import { databaseRange } from "./aws/range";
import { databaseConfig } from "./config";
import type { ManagedKind } from "./config-kind";
import { type CloudAccess, createDatabase, type DatabaseNeeds } from "./create";
import { declareDatabase } from "./declare";
import { gcpAccess } from "./gcp/access";
import { CloudSql } from "./gcp/cloud-sql";
import type { LayerConfig } from "./layer-config";
import { createManagedDatabase, type CreateInstances, type ManagedArgs } from "./managed/create";
import { declareManaged } from "./managed/declare";
import { type Database, databaseStores } from "./types";

/** How the operator's instances reach the cloud's APIs; an existing cluster has no bucket. */
const access: Readonly<Record<Cloud, CloudAccess>> = {
    gcp: gcpAccess,
    aws: awsAccess,
    existing: { credentials: {} },
};

/** The clouds' own PostgreSQL, and the addresses of its instances. */
const managed: Readonly<
    Record<ManagedKind, { readonly range: (config: LayerConfig) => string; readonly instances: CreateInstances }>
> = {
    "cloud-sql": {
        range: ({ network }) => network.managed,
        instances: (name, args, opts) => new CloudSql(name, args, opts),
    },
    rds: {
        range: ({ network }) => databaseRange(network.nodes),
        instances: (name, args, opts) => new Rds(name, args, opts),
    },
};

type Needs = DatabaseNeeds & Pick<ManagedArgs, "drProvider"> & { readonly network: Network | undefined };

/** PostgreSQL for the services (DB-01 to DB-20). */
export const database: Layer<"database", LayerConfig, Needs, Database, typeof databaseConfig> = {
    name: "database",
    config: databaseConfig,
    declare: ({ config }) => {
        const { kind } = config.database;
        return kind === "cloudnative-pg"
            ? declareDatabase(config)
            : declareManaged(config, managed[kind].range(config));
    },
    create: (name, args, opts) => {
        const { cloud, database: own } = args.config;
        const { kind } = own;
        return kind === "cloudnative-pg"
            ? createDatabase(name, { ...args, ...access[cloud] }, opts)
            : createManagedDatabase(name, { ...args, instances: managed[kind].instances }, opts);
    },
    storesOf: databaseStores,
};
