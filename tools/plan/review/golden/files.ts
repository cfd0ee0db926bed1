import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { projectRoot } from "../../root";
import type { Overlay } from "./overlay";
import { type CaseResources, type Layers, layersOf } from "./layers";
import { overlayText, parseOverlay, parseResources, resourcesText } from "./text";

/** Folder of the golden plans. */
export const goldenFolder = join(projectRoot, "tests", "stacks", "golden");

/** The files of the golden plans, by path in their folder. */
export function goldenFiles(cases: readonly CaseResources[]): ReadonlyMap<string, string> {
    const { base, clouds, stacks, own } = layersOf(cases);
    const overlays = (folder: string, all: ReadonlyMap<string, Overlay>): [string, string][] =>
        [...all].map(([name, overlay]) => [`${folder}/${name}.yaml`, overlayText(overlay)]);
    return new Map([
        ["base.yaml", resourcesText(base)],
        ...overlays("clouds", clouds),
        ...overlays("stacks", stacks),
        ...overlays("own", own),
    ]);
}

/** Replaces all files in the folder. */
export function writeGolden(folder: string, files: ReadonlyMap<string, string>): void {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
    }
}

/** All files in the folder with their text, by path. */
export function readGolden(folder: string): ReadonlyMap<string, string> {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.\w+$/.test(path));
    return new Map(files.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Parses the files of {@link goldenFiles}. */
export function parseGolden(files: ReadonlyMap<string, string>): Layers {
    const overlays = (folder: string): Map<string, Overlay> =>
        new Map(
            [...files].flatMap(([path, text]) => {
                const name = new RegExp(`^${folder}/(.+)\\.yaml$`).exec(path)?.[1];
                return name === undefined ? [] : [[name, parseOverlay(text)]];
            }),
        );
    return {
        base: parseResources(files.get("base.yaml") ?? ""),
        clouds: overlays("clouds"),
        stacks: overlays("stacks"),
        own: overlays("own"),
    };
}
