import type { Inputs } from "../../custom-resources/inputs";
import type { PerconaServerMongoDB } from "../../custom-resources/types/psmdb.percona.com/PerconaServerMongoDB";

type Spec = NonNullable<PerconaServerMongoDB["spec"]>;

/** What the operator's resource describes. */
export type MongoSpec = Inputs<Spec>;

/** How it makes backups. */
export type MongoBackup = Inputs<NonNullable<Spec["backup"]>>;

/** A user as it describes one. */
export type MongoUser = Inputs<NonNullable<Spec["users"]>[number]>;
