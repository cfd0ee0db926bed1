import { itRefuses } from "../core/testing";
import { gcp } from "./cloud";
import { CLUSTER, POOL, SETTINGS, SUBNETWORK, cluster, nodes, pool, shop } from "./fixtures";

describe("engine stand-ins: gcp refusals", () => {
    itRefuses(gcp, SETTINGS, [
        {
            what: "refuses the network policy add-on together with Dataplane V2",
            type: CLUSTER,
            inputs: { ...cluster, networkPolicy: { enabled: true }, datapathProvider: "ADVANCED_DATAPATH" },
            message: "Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed.",
        },
        {
            what: "refuses zones of another region",
            type: CLUSTER,
            inputs: { ...cluster, nodeLocations: ["europe-west1-b", "europe-west4-a"] },
            message:
                'Invalid value for field "cluster.locations": zone "europe-west4-a" is not in region "europe-west1"',
        },
        {
            what: "refuses the workload pool of another project",
            type: CLUSTER,
            inputs: { ...cluster, workloadIdentityConfig: { workloadPool: "other.svc.id.goog" } },
            message: 'Invalid workload pool "other.svc.id.goog": the only supported one is "shop-test.svc.id.goog"',
        },
        {
            what: "refuses a cluster without nodes",
            type: CLUSTER,
            inputs: { name: "shop" },
            message: "Cluster.initial_node_count must be greater than zero.",
        },
        {
            what: "refuses encryption without a key",
            type: CLUSTER,
            inputs: { ...cluster, databaseEncryption: { state: "ENCRYPTED" } },
            message: "Cluster.database_encryption.key_name must be given when the state is ENCRYPTED.",
        },
        {
            what: "refuses a control plane range that is not a /28",
            type: CLUSTER,
            inputs: { ...cluster, privateClusterConfig: { masterIpv4CidrBlock: "172.16.0.0/24" } },
            message: 'Invalid master_ipv4_cidr_block "172.16.0.0/24": must be a /28 CIDR block',
        },
        {
            what: "refuses a control plane range that overlaps the nodes' subnetwork",
            type: CLUSTER,
            inputs: { ...cluster, privateClusterConfig: { masterIpv4CidrBlock: "10.0.0.0/28" } },
            before: [nodes],
            message: "The given master_ipv4_cidr 10.0.0.0/28 overlaps with an existing network 10.0.0.0/20.",
        },
        {
            what: "refuses a secondary range that is missing in the subnetwork",
            type: CLUSTER,
            inputs: { ...cluster, ipAllocationPolicy: { clusterSecondaryRangeName: "pots" } },
            before: [nodes],
            message: 'Pod secondary range "pots" does not exist in subnetwork "nodes"',
        },
        {
            what: "refuses labels with capital letters",
            type: CLUSTER,
            inputs: { ...cluster, resourceLabels: { tier: "Prod" } },
            message:
                "Invalid value for field 'cluster.resourceLabels': 'Prod'. Label keys and values can only contain " +
                "lowercase letters, numeric characters, underscores and dashes",
        },
        {
            what: "refuses a cluster name longer than 40 characters",
            type: CLUSTER,
            inputs: { ...cluster, name: "a".repeat(41) },
            message:
                `Invalid value for field 'resource.name': '${"a".repeat(41)}'. Must be a match of regex ` +
                "'(?:[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?)'",
        },
        {
            what: "refuses a persistent disk for a series that supports only Hyperdisk",
            type: POOL,
            inputs: pool({ machineType: "c4-standard-8", diskType: "pd-ssd" }),
            message: "pd-ssd disk type cannot be used by c4-standard-8 machine type.",
        },
        {
            what: "refuses Hyperdisk for a series that does not support it",
            type: POOL,
            inputs: pool({ machineType: "e2-standard-4", diskType: "hyperdisk-balanced" }),
            message: "hyperdisk-balanced disk type cannot be used by e2-standard-4 machine type.",
        },
        {
            what: "refuses confidential nodes on a series that does not support them",
            type: POOL,
            inputs: pool({ machineType: "n2-highmem-2", confidentialNodes: { enabled: true } }),
            message: "Confidential Nodes of type SEV are not supported by machine type n2-highmem-2.",
        },
        {
            what: "refuses confidential nodes on e2 (CL-08)",
            type: POOL,
            inputs: pool({ machineType: "e2-standard-4", confidentialNodes: { enabled: true } }),
            message: "Confidential Nodes of type SEV are not supported by machine type e2-standard-4.",
        },
        {
            what: "refuses a confidential technology that the series does not support",
            type: POOL,
            inputs: pool({
                machineType: "n2d-standard-4",
                confidentialNodes: { enabled: true, confidentialInstanceType: "TDX" },
            }),
            message: "Confidential Nodes of type TDX are not supported by machine type n2d-standard-4.",
        },
        {
            what: "refuses an unknown machine type",
            type: POOL,
            inputs: pool({ machineType: "z9-standard-4" }),
            message:
                "Invalid value for field 'resource.machineType': 'z9-standard-4'. The referenced machine type is unknown",
        },
        {
            what: "refuses a maximum of nodes below the minimum",
            type: POOL,
            inputs: pool({}, { autoscaling: { totalMinNodeCount: 6, totalMaxNodeCount: 3 } }),
            message: "autoscaling.totalMinNodeCount (6) must not be greater than autoscaling.totalMaxNodeCount (3)",
        },
        {
            what: "refuses autoscaling limits per zone and in total",
            type: POOL,
            inputs: pool({}, { autoscaling: { maxNodeCount: 3, totalMaxNodeCount: 9 } }),
            message: "autoscaling limits are given per zone or in total, not both",
        },
        {
            what: "refuses taint effects in Kubernetes notation",
            type: POOL,
            inputs: pool({ taints: [{ key: "pci", value: "true", effect: "NoSchedule" }] }),
            message:
                'expected node_config.0.taint.0.effect to be one of ["NO_SCHEDULE","PREFER_NO_SCHEDULE","NO_EXECUTE"], ' +
                "got NoSchedule",
        },
        {
            what: "refuses to disable automatic upgrades in a release channel",
            type: POOL,
            inputs: pool({}, { management: { autoUpgrade: false } }),
            before: [shop],
            message: "Auto_upgrade cannot be false when release_channel REGULAR is set.",
        },
        {
            what: "refuses the metadata server on a cluster without Workload Identity",
            type: POOL,
            inputs: pool({ workloadMetadataConfig: { mode: "GKE_METADATA" } }),
            before: [shop],
            message: "Workload Identity must be enabled on the cluster before it can be enabled on a node pool.",
        },
        {
            what: "refuses subnetworks that overlap",
            type: SUBNETWORK,
            inputs: { name: "more", network: "vpc", ipCidrRange: "10.0.8.0/22" },
            before: [nodes],
            message: "Invalid IPCidrRange: 10.0.8.0/22 (more) conflicts with existing subnetwork 'nodes' (10.0.0.0/20)",
        },
        {
            what: "refuses secondary ranges that overlap",
            type: SUBNETWORK,
            inputs: {
                name: "nodes",
                network: "vpc",
                ipCidrRange: "10.0.0.0/20",
                secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.0.0.0/14" }],
            },
            message:
                "Invalid IPCidrRange: 10.0.0.0/20 (nodes) conflicts with existing subnetwork 'nodes/pods' (10.0.0.0/14)",
        },
        {
            what: "refuses a range with host bits set",
            type: SUBNETWORK,
            inputs: { name: "nodes", network: "vpc", ipCidrRange: "10.0.0.1/20" },
            message: "Invalid value for field 'resource.ipCidrRange': '10.0.0.1/20'. Must be a CIDR address range",
        },
        {
            what: "refuses a NAT for listed subnetworks that lists none",
            type: "gcp:compute/routerNat:RouterNat",
            inputs: { name: "nat", router: "router", sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS" },
            message:
                "Invalid value for field 'resource.nats[0].subnetworks': ''. LIST_OF_SUBNETWORKS needs at least one",
        },
        {
            what: "refuses a firewall rule that neither allows nor denies",
            type: "gcp:compute/firewall:Firewall",
            inputs: { name: "nothing", network: "vpc", sourceRanges: ["0.0.0.0/0"] },
            message: "one of `allow,deny` must be specified",
        },
        {
            what: "refuses a short service account id",
            type: "gcp:serviceaccount/account:Account",
            inputs: { accountId: "node" },
            message: '"account_id" ("node") doesn\'t match regexp "^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$"',
        },
        {
            what: "refuses an e-mail without prefix as a member",
            type: "gcp:projects/iAMMember:IAMMember",
            inputs: { project: "shop-test", role: "roles/viewer", member: "a@example.com" },
            message:
                "invalid value for member (IAM members must have one of the values outlined in the documentation), " +
                "got a@example.com",
        },
        {
            what: "refuses a role without the prefix roles/",
            type: "gcp:projects/iAMMember:IAMMember",
            inputs: { project: "shop-test", role: "viewer", member: "user:a@example.com" },
            message: "Invalid argument: 'viewer' is not a role",
        },
        {
            what: "refuses a service agent for the short name of a service",
            type: "gcp:projects/serviceIdentity:ServiceIdentity",
            inputs: { service: "container" },
            message: "Error creating Service Identity: Service 'container' not found or permission denied.",
        },
        {
            what: "refuses a grant on a key without its full id",
            type: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
            inputs: { cryptoKeyId: "ring/key", role: "roles/viewer", member: "user:a@example.com" },
            message: "Invalid CryptoKey id format, expecting a full id, got key",
        },
        {
            what: "refuses a key rotation period below 1 day",
            type: "gcp:kms/cryptoKey:CryptoKey",
            inputs: { name: "key", keyRing: "ring", rotationPeriod: "3600s" },
            message: "rotation period must be at least 86400s, got: 3600s",
        },
        {
            what: "refuses a resource without a required argument",
            type: POOL,
            inputs: { name: "app" },
            message: 'Missing required argument "cluster"',
        },
        {
            what: "refuses a resource whose name exists",
            type: CLUSTER,
            inputs: cluster,
            before: [shop],
            message:
                'gcp:container/cluster:Cluster: "projects/shop-test/locations/europe-west1/clusters/shop" already exists',
        },
        {
            what: "refuses an unknown resource type",
            type: "gcp:compute/instance:Instance",
            inputs: {},
            message:
                "gcp:compute/instance:Instance: the gcp stand-in does not support this resource type; " +
                "add it to tests/engine/providers/gcp/",
        },
    ]);
});
