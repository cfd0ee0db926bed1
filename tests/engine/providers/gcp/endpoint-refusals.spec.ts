import { itRefuses } from "../core/testing";
import { gcp } from "./cloud";
import { ADDRESS, CLUSTER, SETTINGS, cluster, nodes } from "./fixtures";

describe("engine stand-ins: gcp refusals of endpoints, peering and roles", () => {
    itRefuses(gcp, SETTINGS, [
        {
            what: "refuses a control plane without endpoints",
            type: CLUSTER,
            inputs: {
                ...cluster,
                controlPlaneEndpointsConfig: {
                    ipEndpointsConfig: { enabled: false },
                    dnsEndpointConfig: { allowExternalTraffic: false },
                },
            },
            message: "At least one of the IP-based and the DNS-based control plane endpoints must be enabled.",
        },
        {
            what: "refuses a security group not named gke-security-groups",
            type: CLUSTER,
            inputs: { ...cluster, authenticatorGroupsConfig: { securityGroup: "admins@example.com" } },
            message:
                'Invalid security group "admins@example.com": must be in the format gke-security-groups@yourdomain.com',
        },
        {
            what: "refuses a range for managed services that overlaps a subnetwork",
            type: ADDRESS,
            inputs: { name: "managed", purpose: "VPC_PEERING", address: "10.0.0.0", prefixLength: 20 },
            before: [nodes],
            message:
                "Invalid IPCidrRange: 10.0.0.0/20 (managed) conflicts with existing subnetwork 'nodes' (10.0.0.0/20)",
        },
        {
            what: "refuses a range for managed services smaller than /24",
            type: ADDRESS,
            inputs: { name: "managed", purpose: "VPC_PEERING", address: "10.1.0.0", prefixLength: 25 },
            message: "Invalid value for field 'resource.prefixLength': '25'. Must be 24 or less",
        },
        {
            what: "refuses to peer a range that is not reserved",
            type: "gcp:servicenetworking/connection:Connection",
            inputs: { network: "vpc", service: "servicenetworking.googleapis.com", reservedPeeringRanges: ["managed"] },
            before: [
                {
                    type: ADDRESS,
                    name: "other",
                    inputs: { name: "other", purpose: "VPC_PEERING", address: "10.9.0.0", prefixLength: 20 },
                },
            ],
            message: "Failed to find allocated IP range managed: reserve it as a global address first",
        },
        {
            what: "refuses a role's id with a dash",
            type: "gcp:projects/iAMCustomRole:IAMCustomRole",
            inputs: { roleId: "dns-records", title: "x", permissions: ["dns.changes.create"] },
            message: '"role_id" ("dns-records") doesn\'t match regexp "^[a-zA-Z0-9_\\.]{3,64}$"',
        },
        {
            what: "refuses a permission with a wildcard",
            type: "gcp:projects/iAMCustomRole:IAMCustomRole",
            inputs: { roleId: "records", title: "x", permissions: ["dns.changes.*"] },
            message: "Permission dns.changes.* is not valid.",
        },
    ]);
});
