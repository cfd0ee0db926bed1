import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";

import type { Chart } from "./types";

type Origin = Pick<Chart, "chart" | "repo" | "version">;

/** A chart's location as arguments of a Helm release. */
export interface ChartOrigin {
    readonly chart: string;
    readonly version: string;
    readonly repositoryOpts?: { readonly repo: string };
}

/** The version of an unpacked chart; Helm itself does not compare it. */
function unpackedVersion(folder: string): unknown {
    return (parse(readFileSync(`${folder}/Chart.yaml`, "utf8")) as { readonly version?: unknown }).version;
}

function fromFolder({ chart, version }: Origin, source: string): ChartOrigin {
    const packed = `${source}/${chart}-${version}.tgz`;
    const unpacked = `${source}/${chart}`;
    if (existsSync(packed)) {
        return { chart: packed, version };
    }
    if (!existsSync(`${unpacked}/Chart.yaml`)) {
        throw new Error(
            `charts.source (${source}) has neither ${packed} nor ${unpacked}/Chart.yaml; put one of them there`,
        );
    }
    const found = unpackedVersion(unpacked);
    if (found !== version) {
        throw new Error(`charts.source (${source}): ${unpacked} is version ${String(found)}; put ${version} there`);
    }
    return { chart: unpacked, version };
}

/** Location of a chart: its project's repository, or the stack's one source for all charts. */
export function chartOrigin(origin: Origin, source: string | undefined): ChartOrigin {
    const { chart, repo, version } = origin;
    if (source !== undefined && !source.startsWith("oci://")) {
        return fromFolder(origin, source);
    }
    const from = source ?? repo;
    return from.startsWith("oci://")
        ? { chart: `${from}/${chart}`, version }
        : { chart, version, repositoryOpts: { repo: from } };
}
