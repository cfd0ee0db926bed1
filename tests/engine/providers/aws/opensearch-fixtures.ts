import type { Bag } from "../core/value";

export const ACCOUNT = "111111111111";

export const machines: Bag = { instanceType: "m6g.large.search", instanceCount: 3 };
export const users: Bag = {
    enabled: true,
    internalUserDatabaseEnabled: true,
    masterUserOptions: { masterUserName: "administrator", masterUserPassword: "Abcdefg-1" },
};
/** A domain that the stand-in accepts. */
export const domain = (own: Bag = {}): Bag => ({
    domainName: "shop",
    engineVersion: "OpenSearch_3.3",
    clusterConfig: machines,
    ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: 100 },
    encryptAtRest: { enabled: true },
    nodeToNodeEncryption: { enabled: true },
    domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
    advancedSecurityOptions: users,
    ...own,
});
