/** A custom resource that the program writes. Its TypeScript type is generated from the pinned definition. */
export interface UsedKind {
    /** Project of the definition in `tests/cluster/crds.lock.json`. */
    readonly project: string;
    readonly apiGroup: string;
    readonly version: string;
    readonly kind: string;
}

/**
 * The kinds that have a type under `types/`. A new line and `npm run crd-types` make the file; without a line there is
 * none, because a type that is not used only has to be read.
 */
export const usedKinds: readonly UsedKind[] = [
    { project: "karpenter", apiGroup: "karpenter.sh", version: "v1", kind: "NodePool" },
    { project: "karpenter", apiGroup: "karpenter.k8s.aws", version: "v1", kind: "EC2NodeClass" },
    {
        project: "external-snapshotter",
        apiGroup: "snapshot.storage.k8s.io",
        version: "v1",
        kind: "VolumeSnapshotClass",
    },
];
