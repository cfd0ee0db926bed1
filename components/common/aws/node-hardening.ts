/** Instance metadata settings of nodes, in managed node groups and of Karpenter (E7). */
export const instanceMetadata = {
    httpEndpoint: "enabled",
    // A session token is required: server-side request forgery cannot send one.
    httpTokens: "required",
    // Responses do not reach pods, which are one more hop away: pods cannot use the node's role.
    httpPutResponseHopLimit: 1,
} as const;

/** Root volume of a node: gp3, 100 GiB, encrypted with a customer-managed key, deleted with the node (E8). */
export const rootVolume = { deviceName: "/dev/xvda", type: "gp3", sizeGiB: 100 } as const;
