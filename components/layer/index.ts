/** What a layer is: its declaration, its promise and how layers are put together. */
export { Composition } from "./composition";
export type {
    Caller,
    DeclaredChart,
    DeclaredImage,
    Declaration,
    Destination,
    PodCount,
    PodGroup,
    PodSelector,
    Resources,
} from "./declaration";
export { admittedRepositories, type Declared, mirrorContents, podsIn, scrapeTargets } from "./declared";
export type { DeclareArgs, Layer, LayerArgs } from "./layer";
export { servicesOf, type Store, type Stores } from "./stores";
