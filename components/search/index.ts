import type { Cloud } from "../../config/schema";
import type { Layer } from "../layer";
import type { Network } from "../network/types";
import { OpenSearchDomain } from "./aws/domain";
import { amazonSnapshots } from "./aws/snapshots";
import { searchConfig } from "./config";
import { createElasticsearch, type SearchNeeds } from "./create";
import { declareSearch } from "./declare";
import { googleSnapshots } from "./gcp/snapshots";
import type { LayerConfig } from "./layer-config";
import { createManagedSearch } from "./managed/create";
import { declareManaged } from "./managed/declare";
import type { CreateEngine } from "./managed/types";
import type { AccessTo } from "./snapshots/access";
import type { Search } from "./types";

type Needs = SearchNeeds & { readonly network: Network | undefined };

/** How nodes reach the bucket, which an existing cluster has not. */
const accessTo: Readonly<Partial<Record<Cloud, AccessTo>>> = { gcp: googleSnapshots, aws: amazonSnapshots };

/** The cloud's own engine. */
const engine: CreateEngine = (name, args, opts) => new OpenSearchDomain(name, args, opts);

/** Elasticsearch or OpenSearch for the product search (SE-01). */
export const search: Layer<"search", LayerConfig, Needs, Search, typeof searchConfig> = {
    name: "search",
    config: searchConfig,
    declare: ({ config }) => (config.search.kind === "eck" ? declareSearch(config) : declareManaged(config)),
    create: (name, args, opts) =>
        args.config.search.kind === "eck"
            ? createElasticsearch(name, { ...args, accessTo: accessTo[args.config.cloud] }, opts)
            : createManagedSearch(name, { ...args, engine }, opts),
    storesOf: (stores) => stores,
};
