import { gcpManagedCaches } from "./managed-caches";
import type { Table } from "./types";

const permissions = (resource: string, ...verbs: string[]) => verbs.map((verb) => `${resource}.${verb}`);

/** For polling Compute Engine operations. */
const operations = ["compute.globalOperations.get", "compute.regionOperations.get", "compute.projects.get"];

/** For polling GKE operations. */
const gkeOperations = ["container.operations.get"];

const projectPolicy = permissions("resourcemanager.projects", "get", "getIamPolicy", "setIamPolicy");

/**
 * IAM permissions that deploying needs in a Google Cloud project, by resource type: the calls of the provider to create,
 * read, update, label and delete it.
 */
export const gcpPermissions: Table = {
    ...gcpManagedCaches,
    "gcp:binaryauthorization/policy:Policy": permissions("binaryauthorization.policy", "get", "update"),
    "gcp:compute/firewall:Firewall": [
        ...permissions("compute.firewalls", "create", "get", "update", "delete"),
        ...["compute.networks.updatePolicy", ...operations],
    ],
    "gcp:compute/globalAddress:GlobalAddress": [
        ...permissions("compute.globalAddresses", "createInternal", "deleteInternal", "get", "setLabels"),
        ...["compute.networks.use", ...operations],
    ],
    "gcp:compute/network:Network": [
        ...permissions("compute.networks", "create", "get", "update", "delete", "use"),
        ...operations,
    ],
    "gcp:compute/router:Router": [
        ...permissions("compute.routers", "create", "get", "update", "delete"),
        ...["compute.networks.updatePolicy", ...operations],
    ],
    "gcp:compute/routerNat:RouterNat": [...permissions("compute.routers", "get", "update"), ...operations],
    "gcp:compute/subnetwork:Subnetwork": [
        ...permissions("compute.subnetworks", "create", "get", "update", "delete", "use", "setPrivateIpGoogleAccess"),
        ...["compute.networks.updatePolicy", ...operations],
    ],
    "gcp:container/cluster:Cluster": [
        ...permissions("container.clusters", "create", "get", "update", "delete", "list", "getCredentials", "connect"),
        ...["iam.serviceAccounts.actAs", "compute.networks.use", "compute.subnetworks.use", ...gkeOperations],
    ],
    "gcp:container/nodePool:NodePool": [
        ...permissions("container.clusters", "get", "update"),
        ...["compute.instanceGroupManagers.get", "iam.serviceAccounts.actAs", ...gkeOperations],
    ],
    "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember": [
        ...permissions("dns.managedZones", "get", "getIamPolicy", "setIamPolicy"),
    ],
    "gcp:kms/cryptoKey:CryptoKey": [
        ...permissions("cloudkms.cryptoKeys", "create", "get", "update"),
        ...permissions("cloudkms.cryptoKeyVersions", "list", "destroy"),
    ],
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": permissions("cloudkms.cryptoKeys", "getIamPolicy", "setIamPolicy"),
    "gcp:kms/keyRing:KeyRing": permissions("cloudkms.keyRings", "create", "get"),
    "gcp:logging/projectExclusion:ProjectExclusion": permissions(
        "logging.exclusions",
        ...["create", "get", "update", "delete"],
    ),
    "gcp:logging/projectSink:ProjectSink": permissions("logging.sinks", "create", "get", "update", "delete"),
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": projectPolicy,
    "gcp:projects/iAMCustomRole:IAMCustomRole": permissions(
        "iam.roles",
        "create",
        "get",
        "update",
        "delete",
        "undelete",
    ),
    "gcp:projects/iAMMember:IAMMember": projectPolicy,
    // By https://docs.cloud.google.com/iam/docs/create-service-agents creating a service agent needs no permission. The third one
    // is of the method's name and in no predefined role; a custom role may have it:
    // https://cloud.google.com/binary-authorization/docs/reference/custom-roles
    "gcp:projects/serviceIdentity:ServiceIdentity": [
        ...permissions("serviceusage.services", "get", "use", "generateServiceIdentity"),
    ],
    "gcp:serviceaccount/account:Account": permissions("iam.serviceAccounts", "create", "get", "update", "delete"),
    "gcp:serviceaccount/iAMMember:IAMMember": permissions("iam.serviceAccounts", "get", "getIamPolicy", "setIamPolicy"),
    // https://docs.cloud.google.com/iam/docs/roles-permissions/servicenetworking; roles/compute.networkAdmin has them all.
    "gcp:servicenetworking/connection:Connection": [
        ...permissions("servicenetworking.services", "addPeering", "deleteConnection", "get"),
        ...["servicenetworking.operations.get", "compute.networks.addPeering", "compute.networks.removePeering"],
        ...["compute.networks.get", "compute.networks.updatePolicy", "compute.globalAddresses.list"],
    ],
    // https://docs.cloud.google.com/sql/docs/postgres/iam-permissions; a new root password is an update of the user.
    "gcp:sql/databaseInstance:DatabaseInstance": [
        ...permissions("cloudsql.instances", "create", "delete", "get", "list", "update"),
        ...permissions("cloudsql.users", "list", "update"),
        ...["compute.networks.get", "servicenetworking.services.get"],
    ],
    "gcp:storage/bucket:Bucket": [
        ...permissions("storage.buckets", "create", "get", "update", "delete", "list"),
        // The provider checks whether a bucket is empty before it deletes it.
        "storage.objects.list",
    ],
    "gcp:storage/bucketIAMMember:BucketIAMMember": permissions("storage.buckets", "getIamPolicy", "setIamPolicy"),
    "pulumi:providers:gcp": ["resourcemanager.projects.get"],
};

/** Further permissions for buckets with `forceDestroy`, which the provider empties before it deletes them. */
export const gcpEmptying = ["storage.objects.delete"];
