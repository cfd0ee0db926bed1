/** Instance metadata as nodes get it, whether a managed group or Karpenter starts them (E7). */
export const instanceMetadata = {
    httpEndpoint: "enabled",
    // A session token is required: server-side request forgery cannot send one.
    httpTokens: "required",
    // Answers go one hop: pods cannot take the node's role.
    httpPutResponseHopLimit: 1,
} as const;

/** Root volume of a node: gp3 of 100 GiB under a key of ours, deleted with the node (E8). */
export const rootVolume = { deviceName: "/dev/xvda", type: "gp3", sizeGiB: 100 } as const;
