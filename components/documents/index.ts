import type { Layer } from "../layer";
import { documentsConfig } from "./config";
import { createDocuments, type DocumentsNeeds } from "./create";
import { declareDocuments } from "./declare";
import type { LayerConfig } from "./layer-config";
import type { Documents } from "./types";

/** MongoDB for documents, in stacks with `database.documents: mongodb` (MG-01, MG-02). */
export const documents: Layer<"documents", LayerConfig, DocumentsNeeds, Documents, typeof documentsConfig> = {
    name: "documents",
    config: documentsConfig,
    optional: { wanted: ({ documents: { kind } }) => kind === "mongodb", absent: {} },
    declare: ({ config }) => declareDocuments(config),
    create: createDocuments,
    storesOf: ({ mongodb }) => (mongodb === undefined ? {} : { mongodb }),
};
