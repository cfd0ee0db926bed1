import type { AccessTo } from "../snapshots/access";
import { folder } from "../snapshots/names";

/** Folder of the module's configuration in Elasticsearch's image. */
const moduleFolder = "/usr/share/elasticsearch/config/repository-s3";

/**
 * The only file outside of the data that the module `repository-s3` of 9.4 may read, made for tokens of another kind (IRSA).
 * From 9.6 on, `eks-pod-identity-token` in the same folder is the one for EKS Pod Identity. Decision:
 * docs/adr/20261122-snapshots-of-the-index.md.
 */
const tokenFile = "aws-web-identity-token-file";

/**
 * The module `repository-s3` without a key asks the Pod Identity agent of its node. The variables are those that EKS sets,
 * with a token file that the module may read; a container that has them is left as it is.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
export const amazonSnapshots: AccessTo = ({ name }, { region }) => ({
    repository: {
        type: "s3",
        settings: {
            bucket: name,
            base_path: folder,
            // A rule of the bucket aborts incomplete uploads: the nodes need no right to list those of others.
            max_multipart_upload_cleanup_size: 0,
            // Not `server_side_encryption`: it asks for a key of S3, in place of the bucket's own.
        },
    },
    settings: { "s3.client.default.region": region },
    env: [
        { name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", value: "http://169.254.170.23/v1/credentials" },
        { name: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", value: `${moduleFolder}/${tokenFile}` },
    ],
    volumes: [
        {
            name: "aws-token",
            projected: {
                sources: [
                    {
                        serviceAccountToken: {
                            // Of no use at the Kubernetes API or in another account of AWS.
                            audience: "pods.eks.amazonaws.com",
                            // A day, as EKS does; the kubelet renews it before, and it ends with its pod.
                            expirationSeconds: 86_400,
                            path: tokenFile,
                        },
                    },
                ],
            },
        },
    ],
    volumeMounts: [{ name: "aws-token", mountPath: moduleFolder, readOnly: true }],
});
