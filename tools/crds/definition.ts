import { join } from "node:path";

import type { UsedKind } from "../../custom-resources/kinds";
import { textAt } from "../plan/json";
import { readLockedFile } from "./folder";
import { lockedFiles, type Lock, type LockedFile } from "./lock";
import type { KubeObject } from "./object";

/** A pinned file with its project's release. */
export interface Source {
    readonly project: string;
    readonly version: string;
    readonly file: string;
    readonly sha256: string;
}

/**
 * The pinned definition of a kind, from `folder`.
 *
 * @throws Error if a file is missing or not the pinned one, or if no pinned file has the kind
 */
export function definitionOf(used: UsedKind, folder: string, lock: Lock): { crd: KubeObject; source: Source } {
    const project = lock.projects.find((one) => one.project === used.project);
    for (const { file, sha256, url, count } of project?.files ?? []) {
        const locked: LockedFile = { path: join(used.project, file), url, sha256, count };
        const crd = readLockedFile(folder, locked).find(
            ({ spec }) => textAt(spec, "group") === used.apiGroup && textAt(spec, "names", "kind") === used.kind,
        );
        if (crd !== undefined) {
            return { crd, source: { project: used.project, version: project?.version ?? "", file, sha256 } };
        }
    }
    throw new Error(
        `tests/cluster/crds.lock.json has no ${used.apiGroup} ${used.kind} in project ${used.project} ` +
            `(${lockedFiles(lock).length} files). Correct custom-resources/kinds.ts, or lock the definition.`,
    );
}
