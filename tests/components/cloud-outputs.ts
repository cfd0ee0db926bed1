import type { JsonObject } from "../../tools/plan/json";

const storageAgent = "service-42@gs-project-accounts.iam.gserviceaccount.com";

/** The only look-up of the program: Cloud Storage's service agent, which is created by asking for it. */
export function answer(token: string): JsonObject {
    if (token !== "gcp:storage/getProjectServiceAccount:getProjectServiceAccount") {
        throw new Error(`unexpected look-up ${token}`);
    }
    return { emailAddress: storageAgent, member: `serviceAccount:${storageAgent}` };
}

/** Outputs by type that the clouds compute. They contain the resource's name, so that each reference shows its source. */
const computed: Readonly<Record<string, (name: string, inputs: JsonObject) => JsonObject>> = {
    "aws:ec2/eip:Eip": (name) => ({ allocationId: `${name}-allocation` }),
    "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 7 }),
    "aws:eks/cluster:Cluster": () => ({ endpoint: "https://eks.example", certificateAuthority: { data: "RUtT" } }),
    "aws:eks/nodeGroup:NodeGroup": (name) => ({ nodeGroupName: name }),
    "aws:sqs/queue:Queue": (name) => ({ url: `https://sqs/${name}` }),
    "gcp:container/cluster:Cluster": (_name, { masterAuth, controlPlaneEndpointsConfig }) => ({
        endpoint: "192.0.2.1",
        masterAuth: { ...(masterAuth as JsonObject), clusterCaCertificate: "R0tF" },
        controlPlaneEndpointsConfig: {
            ...(controlPlaneEndpointsConfig as JsonObject),
            dnsEndpointConfig: { endpoint: "gke-1.us-central1.gke.goog" },
        },
    }),
    "gcp:projects/serviceIdentity:ServiceIdentity": () => {
        const email = "service-42@container-engine-robot.iam.gserviceaccount.com";
        return { email, member: `serviceAccount:${email}` };
    },
    "gcp:serviceaccount/account:Account": (name) => ({
        email: `${name}@shop`,
        member: `serviceAccount:${name}@shop`,
        uniqueId: "100000000000000654321",
    }),
    "kubernetes:helm.sh/v3:Release": (_name, { namespace = null }) => ({ status: { namespace } }),
};

/** All outputs of a resource: its inputs, a name and an ARN of its own, and what the cloud computes. */
export function cloudOutputs(type: string, name: string, inputs: JsonObject): JsonObject {
    const names = /^(aws|gcp):/.test(type) ? { name: `${name}-name`, arn: `arn:${name}` } : {};
    return { ...names, ...inputs, ...computed[type]?.(name, inputs) };
}
