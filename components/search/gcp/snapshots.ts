import type { AccessTo } from "../snapshots/access";
import { folder } from "../snapshots/names";

/**
 * The module `repository-gcs` without a key uses the account of the metadata server, since version 7.13: on GKE that of the
 * pod's service account. Nothing is configured in the nodes.
 * https://www.elastic.co/docs/deploy-manage/tools/snapshot-and-restore/cloud-on-k8s#k8s-gke-workload-identiy
 */
export const googleSnapshots: AccessTo = ({ name }) => ({
    repository: { type: "gcs", settings: { bucket: name, base_path: folder } },
    settings: {},
    env: [],
    volumes: [],
    volumeMounts: [],
});
