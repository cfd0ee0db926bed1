import type { GoodExample, Mistake } from "../../config/stack-file";

/** Address ranges. */
export const networkMistakes: readonly Mistake[] = [
    {
        what: "misspelt key inside a section",
        base: "dev/gcp",
        set: { "network.node": "10.0.0.0/20" },
        line: 'ecommerce-platform:network.node: "10.0.0.0/20" is not a known key; known here: nodes, pods, services, controlPlane, managed; did you mean "nodes"?',
    },
    {
        what: "text in place of a section",
        base: "dev/gcp",
        set: { network: "10.0.0.0/16" },
        line: 'ecommerce-platform:network: "10.0.0.0/16" is not valid; give an object with nodes, pods, services, controlPlane, managed',
    },
    {
        what: "no network at all",
        base: "dev/gcp",
        set: { "network.nodes": "big" },
        line: 'ecommerce-platform:network.nodes: "big" is not valid; give an IPv4 network by its first address, such as 10.0.0.0/16',
    },
    {
        what: "network with host bits",
        base: "dev/gcp",
        set: { "network.nodes": "10.0.0.7/16" },
        line: 'ecommerce-platform:network.nodes: "10.0.0.7/16" is not valid; give an IPv4 network by its first address, such as 10.0.0.0/16',
    },
    {
        what: "network with a prefix over 32",
        base: "dev/gcp",
        set: { "network.services": "10.48.0.0/33" },
        line: 'ecommerce-platform:network.services: "10.48.0.0/33" is not valid; give an IPv4 network by its first address, such as 10.0.0.0/16',
    },
    {
        what: "network in short form",
        base: "dev/gcp",
        set: { "network.nodes": "10.40/16" },
        line: 'ecommerce-platform:network.nodes: "10.40/16" is not valid; give an IPv4 network by its first address, such as 10.0.0.0/16',
    },
    {
        what: "IPv6 network",
        base: "dev/gcp",
        set: { "network.nodes": "fd00::/48" },
        line: 'ecommerce-platform:network.nodes: "fd00::/48" is not valid; give an IPv4 network by its first address, such as 10.0.0.0/16',
    },
    {
        what: "pods overlap nodes",
        base: "dev/gcp",
        set: { "network.pods": "10.40.0.0/14" },
        line: 'ecommerce-platform:network.pods: "10.40.0.0/14" overlaps network.nodes (10.40.0.0/20); give a range of its own',
    },
    {
        what: "services overlap nodes",
        base: "dev/gcp",
        set: { "network.services": "10.40.8.0/24" },
        line: 'ecommerce-platform:network.services: "10.40.8.0/24" overlaps network.nodes (10.40.0.0/20); give a range of its own',
    },
    {
        what: "control plane overlaps nodes",
        base: "dev/gcp",
        set: { "network.controlPlane": "10.40.0.16/28" },
        line: 'ecommerce-platform:network.controlPlane: "10.40.0.16/28" overlaps network.nodes (10.40.0.0/20); give a range of its own',
    },
    {
        what: "services overlap pods",
        base: "dev/gcp",
        set: { "network.services": "10.47.0.0/20" },
        line: 'ecommerce-platform:network.services: "10.47.0.0/20" overlaps network.pods (10.44.0.0/14); give a range of its own',
    },
    {
        what: "control plane overlaps pods",
        base: "dev/gcp",
        set: { "network.controlPlane": "10.45.0.0/28" },
        line: 'ecommerce-platform:network.controlPlane: "10.45.0.0/28" overlaps network.pods (10.44.0.0/14); give a range of its own',
    },
    {
        what: "control plane overlaps services",
        base: "dev/gcp",
        set: { "network.controlPlane": "10.48.15.240/28" },
        line: 'ecommerce-platform:network.controlPlane: "10.48.15.240/28" overlaps network.services (10.48.0.0/20); give a range of its own',
    },
    {
        what: "services overlap nodes (aws)",
        base: "dev/aws",
        set: { "network.services": "10.40.128.0/17" },
        line: 'ecommerce-platform:network.services: "10.40.128.0/17" overlaps network.nodes (10.40.0.0/16); give a range of its own',
    },
    {
        what: "connected network within the VPC",
        base: "prod/aws",
        set: { "aws.transitGateway": "tgw-01234567", "aws.connectedNetworks": ["10.0.0.0/16", "10.40.64.0/20"] },
        line: 'ecommerce-platform:aws.connectedNetworks.1: "10.40.64.0/20" overlaps network.nodes (10.40.0.0/16); give the ranges of other networks, or change network.nodes',
    },
    {
        what: "connected network of the Services",
        base: "prod/aws",
        set: { "aws.transitGateway": "tgw-01234567", "aws.connectedNetworks": ["172.16.0.0/12"] },
        line: 'ecommerce-platform:aws.connectedNetworks.0: "172.16.0.0/12" overlaps network.services (172.20.0.0/16); give the ranges of other networks, or change network.services',
    },
    {
        what: "control plane larger than a /28",
        base: "dev/gcp",
        set: { "network.controlPlane": "172.31.240.0/27" },
        line: 'ecommerce-platform:network.controlPlane: "172.31.240.0/27" is not the size that GKE requires for a control plane; give a /28',
    },
    {
        what: "control plane smaller than a /28",
        base: "dev/gcp",
        set: { "network.controlPlane": "172.31.240.0/29" },
        line: 'ecommerce-platform:network.controlPlane: "172.31.240.0/29" is not the size that GKE requires for a control plane; give a /28',
    },
    {
        what: "pod range too small for the pools",
        base: "prod/gcp",
        set: { "network.pods": "10.44.0.0/20" },
        line: 'ecommerce-platform:network.pods: "10.44.0.0/20" has 256 addresses each for 16 nodes, and the pools allow 36; give a larger range',
    },
    {
        what: "pod range smaller than one node's",
        base: "dev/gcp",
        set: { "network.pods": "10.44.0.0/25" },
        line: 'ecommerce-platform:network.pods: "10.44.0.0/25" has 256 addresses each for 0 nodes, and the pools allow 15; give a larger range',
    },
    {
        what: "VPC larger than AWS makes",
        base: "prod/aws",
        set: { "network.nodes": "10.0.0.0/15" },
        line: 'ecommerce-platform:network.nodes: "10.0.0.0/15" cannot be split into the subnets of three zones; give a range from /16 to /20',
    },
    {
        what: "VPC too small for the subnets of three zones",
        base: "prod/aws",
        set: { "network.nodes": "10.40.0.0/21" },
        line: 'ecommerce-platform:network.nodes: "10.40.0.0/21" cannot be split into the subnets of three zones; give a range from /16 to /20',
    },
    {
        what: "managed range over the pods'",
        base: "prod/gcp",
        set: { "network.managed": "10.44.0.0/24" },
        line: 'ecommerce-platform:network.managed: "10.44.0.0/24" overlaps network.pods (10.44.0.0/14); give a range of its own',
    },
    {
        what: "managed range without room for one service",
        base: "dev/gcp",
        set: { "network.managed": "10.49.0.0/25" },
        line: 'ecommerce-platform:network.managed: "10.49.0.0/25" is too small for a managed service; give a /24 or larger',
    },
];

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const networkGood: readonly GoodExample[] = [
    {
        what: "a connected network beside the VPC",
        base: "prod/aws",
        set: { "aws.transitGateway": "tgw-01234567", "aws.connectedNetworks": ["10.41.0.0/16"] },
    },
    { what: "a control plane elsewhere", base: "dev/gcp", set: { "network.controlPlane": "172.16.0.16/28" } },
    { what: "a control plane of any size (aws)", base: "dev/aws", set: { "network.controlPlane": "10.0.0.0/16" } },
    { what: "a managed range that is not read (aws)", base: "dev/aws", set: { "network.managed": "10.49.0.0/25" } },
    { what: "a range of pods that is not read (aws)", base: "dev/aws", set: { "network.pods": "10.44.0.0/25" } },
    { what: "pods within the VPC (aws)", base: "dev/aws", set: { "network.pods": "10.40.0.0/18" } },
    {
        what: "room for 32 nodes of at most 30",
        base: "prod/gcp",
        set: { "network.pods": "10.44.0.0/19", "nodePools.spot.enabled": false },
    },
    { what: "a managed range of a /24", base: "prod/gcp", set: { "network.managed": "10.49.0.0/24" } },
    { what: "neighbouring ranges", base: "dev/gcp", set: { "network.services": "10.40.16.0/20" } },
    {
        what: "one range for all on an existing cluster",
        base: "dev/existing",
        set: { "network.nodes": "10.0.0.0/8" },
    },
];
