import { cacheImages } from "./cache/declared";
import { databaseImages } from "./database/declared";
import { messagingImages } from "./messaging/declared";
import { searchImages } from "./search/declared";

const all = [...databaseImages.gcp, ...cacheImages, ...messagingImages, ...searchImages];

/** Images of the stores by stack, with their tags: dev has no replica that Pgpool-II could send reads to. */
export const storeImages: Readonly<Record<"dev" | "staging" | "prod", readonly string[]>> = {
    dev: all.filter((image) => !image.startsWith("docker.io/pgpool/pgpool:")),
    staging: all,
    prod: all,
};
