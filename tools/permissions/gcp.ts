import type { Table } from "./types";

const every = (resource: string, ...verbs: string[]) => verbs.map((verb) => `${resource}.${verb}`);

/** To see how far Compute Engine is. */
const operations = ["compute.globalOperations.get", "compute.regionOperations.get", "compute.projects.get"];

/** To see how far GKE is. */
const gkeOperations = ["container.operations.get"];

const projectPolicy = every("resourcemanager.projects", "get", "getIamPolicy", "setIamPolicy");

/**
 * What whoever deploys has to be allowed in a project of Google's, by type of resource: what its provider calls to make,
 * read, change, label and delete one.
 */
export const gcpPermissions: Table = {
    "gcp:binaryauthorization/policy:Policy": every("binaryauthorization.policy", "get", "update"),
    "gcp:compute/firewall:Firewall": [
        ...every("compute.firewalls", "create", "get", "update", "delete"),
        ...["compute.networks.updatePolicy", ...operations],
    ],
    "gcp:compute/globalAddress:GlobalAddress": [
        ...every("compute.globalAddresses", "createInternal", "deleteInternal", "get", "setLabels"),
        ...["compute.networks.use", ...operations],
    ],
    "gcp:compute/network:Network": [
        ...every("compute.networks", "create", "get", "update", "delete", "use"),
        ...operations,
    ],
    "gcp:compute/router:Router": [
        ...every("compute.routers", "create", "get", "update", "delete"),
        ...["compute.networks.updatePolicy", ...operations],
    ],
    "gcp:compute/routerNat:RouterNat": [...every("compute.routers", "get", "update"), ...operations],
    "gcp:compute/subnetwork:Subnetwork": [
        ...every("compute.subnetworks", "create", "get", "update", "delete", "use", "setPrivateIpGoogleAccess"),
        ...["compute.networks.updatePolicy", ...operations],
    ],
    "gcp:container/cluster:Cluster": [
        ...every("container.clusters", "create", "get", "update", "delete", "list", "getCredentials", "connect"),
        ...["iam.serviceAccounts.actAs", "compute.networks.use", "compute.subnetworks.use", ...gkeOperations],
    ],
    "gcp:container/nodePool:NodePool": [
        ...every("container.clusters", "get", "update"),
        ...["compute.instanceGroupManagers.get", "iam.serviceAccounts.actAs", ...gkeOperations],
    ],
    "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember": [
        ...every("dns.managedZones", "get", "getIamPolicy", "setIamPolicy"),
    ],
    "gcp:kms/cryptoKey:CryptoKey": [
        ...every("cloudkms.cryptoKeys", "create", "get", "update"),
        ...every("cloudkms.cryptoKeyVersions", "list", "destroy"),
    ],
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": every("cloudkms.cryptoKeys", "getIamPolicy", "setIamPolicy"),
    "gcp:kms/keyRing:KeyRing": every("cloudkms.keyRings", "create", "get"),
    "gcp:logging/projectSink:ProjectSink": every("logging.sinks", "create", "get", "update", "delete"),
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": projectPolicy,
    "gcp:projects/iAMCustomRole:IAMCustomRole": every("iam.roles", "create", "get", "update", "delete", "undelete"),
    "gcp:projects/iAMMember:IAMMember": projectPolicy,
    "gcp:projects/serviceIdentity:ServiceIdentity": [
        ...every("serviceusage.services", "get", "use", "generateServiceIdentity"),
    ],
    "gcp:serviceaccount/account:Account": every("iam.serviceAccounts", "create", "get", "update", "delete"),
    "gcp:serviceaccount/iAMMember:IAMMember": every("iam.serviceAccounts", "get", "getIamPolicy", "setIamPolicy"),
    "gcp:servicenetworking/connection:Connection": [
        ...every("servicenetworking.services", "addPeering", "get"),
        ...["servicenetworking.operations.get", "compute.networks.addPeering", "compute.networks.removePeering"],
        ...["compute.networks.get", "compute.networks.updatePolicy", "compute.globalAddresses.list"],
    ],
    "gcp:storage/bucket:Bucket": [
        ...every("storage.buckets", "create", "get", "update", "delete", "list"),
        // An unprotected bucket is emptied when it goes.
        ...every("storage.objects", "list", "delete"),
    ],
    "gcp:storage/bucketIAMMember:BucketIAMMember": every("storage.buckets", "getIamPolicy", "setIamPolicy"),
    "pulumi:providers:gcp": ["resourcemanager.projects.get"],
};
