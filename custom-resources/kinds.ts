/** A custom resource that the program creates. Its TypeScript type is generated from the pinned definition. */
export interface UsedKind {
    /** Project of the definition in `tests/cluster/crds.lock.json`. */
    readonly project: string;
    readonly apiGroup: string;
    readonly version: string;
    readonly kind: string;
}

/** The kinds with a generated type in `types/`, only those that the program uses. To add one, also run `npm run crd-types`. */
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
