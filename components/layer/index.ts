/** Layers: declaration, type, composition, stores. */
export { Composition } from "./composition";
export type {
    Caller,
    DeclaredChart,
    DeclaredImage,
    Declaration,
    DeclaredNodePool,
    Destination,
    PodCount,
    PodGroup,
    PodLoad,
    PodSelector,
    Resources,
} from "./declaration";
export {
    admittedRepositories,
    type Declared,
    imagesByTag,
    mirrorContents,
    podsIn,
    publishedImages,
    scrapeTargets,
} from "./declared";
export type { DeclareArgs, Layer, LayerArgs } from "./layer";
export { sum } from "./pod-resources";
export { endpointsOnly, servicesOf, type Store, type StoreAccess, type Stores } from "./stores";
