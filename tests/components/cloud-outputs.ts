import type { JsonObject } from "../../tools/plan/json";

const storageAgent = "service-42@gs-project-accounts.iam.gserviceaccount.com";

/** The only look-up of the program: Cloud Storage's service agent, which is created by asking for it. */
export function answer(token: string): JsonObject {
    if (token !== "gcp:storage/getProjectServiceAccount:getProjectServiceAccount") {
        throw new Error(`unexpected look-up ${token}`);
    }
    return { emailAddress: storageAgent, member: `serviceAccount:${storageAgent}` };
}

const connection = (connectionType: string, ipAddress: string, port: number): JsonObject => ({
    pscAutoConnection: { connectionType, ipAddress, port },
});

/** Domains of service agents by service. */
const agents: Readonly<Record<string, string>> = {
    "memorystore.googleapis.com": "gcp-sa-memorystore",
    "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
};

/** Outputs by type that the clouds compute. They contain the resource's name, so that each reference shows its source. */
const computed: Readonly<Record<string, (name: string, inputs: JsonObject) => JsonObject>> = {
    "aws:ec2/eip:Eip": (name) => ({ allocationId: `${name}-allocation` }),
    "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 7 }),
    "aws:ec2/subnet:Subnet": (name) => ({ availabilityZone: `zone of ${name}` }),
    "aws:eks/cluster:Cluster": (_name, { vpcConfig }) => ({
        endpoint: "https://eks.example",
        certificateAuthority: { data: "RUtT" },
        vpcConfig: { ...(vpcConfig as JsonObject), clusterSecurityGroupId: "sg-pods" },
    }),
    "aws:elasticache/replicationGroup:ReplicationGroup": (name) => ({
        configurationEndpointAddress: `clustercfg.${name}.use1.cache.amazonaws.com`,
    }),
    "aws:eks/nodeGroup:NodeGroup": (name) => ({ nodeGroupName: name }),
    "aws:opensearch/domain:Domain": (name) => ({ endpoint: `vpc-${name}.us-east-1.es.amazonaws.com` }),
    "aws:rds/instance:Instance": (name) => ({ address: `${name}.rds.example`, identifier: name }),
    "aws:sqs/queue:Queue": (name) => ({ url: `https://sqs/${name}` }),
    "gcp:container/cluster:Cluster": (_name, { masterAuth, controlPlaneEndpointsConfig }) => ({
        endpoint: "192.0.2.1",
        masterAuth: { ...(masterAuth as JsonObject), clusterCaCertificate: "R0tF" },
        controlPlaneEndpointsConfig: {
            ...(controlPlaneEndpointsConfig as JsonObject),
            dnsEndpointConfig: { endpoint: "gke-1.us-central1.gke.goog" },
        },
    }),
    "gcp:memorystore/instance:Instance": (name) => ({
        endpoints: [
            {
                connections: [
                    connection("CONNECTION_TYPE_UNSPECIFIED", "10.40.0.9", 11000),
                    connection("CONNECTION_TYPE_DISCOVERY", name === "valkey-state" ? "10.40.0.7" : "10.40.0.8", 6379),
                ],
            },
        ],
        managedServerCas: [{ caCerts: [{ certificates: [`authority of ${name}`] }] }],
    }),
    "gcp:projects/serviceIdentity:ServiceIdentity": (_name, { service }) => {
        const domain = agents[service as string] ?? "container-engine-robot";
        const email = `service-42@${domain}.iam.gserviceaccount.com`;
        return { email, member: `serviceAccount:${email}` };
    },
    "gcp:sql/databaseInstance:DatabaseInstance": (name) => ({
        privateIpAddress: `address of ${name}`,
        serverCaCerts: [{ cert: `authority of ${name}` }],
    }),
    "gcp:serviceaccount/account:Account": (name) => ({
        email: `${name}@shop`,
        member: `serviceAccount:${name}@shop`,
        uniqueId: "100000000000000654321",
    }),
    "random:index/randomPassword:RandomPassword": (name) => ({
        result: `password of ${name}`,
        bcryptHash: `hash of ${name}`,
    }),
    "kubernetes:helm.sh/v3:Release": (_name, { namespace = null }) => ({ status: { namespace } }),
};

/** All outputs of a resource: its inputs, a name and an ARN of its own, and what the cloud computes. */
export function cloudOutputs(type: string, name: string, inputs: JsonObject): JsonObject {
    const names = /^(aws|gcp):/.test(type) ? { name: `${name}-name`, arn: `arn:${name}` } : {};
    return { ...names, ...inputs, ...computed[type]?.(name, inputs) };
}
