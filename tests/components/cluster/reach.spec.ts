import assert from "node:assert/strict";

import { awsReach, existingReach, gcpReach } from "../../../components/cluster/reach";
import { configOf } from "../layers";

const internet = {
    ipBlock: {
        cidr: "0.0.0.0/0",
        except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
    },
};
const block = (cidr: string) => ({ ipBlock: { cidr } });
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: "TCP" }));

describe("the reach of pods, as rules of network policies (NW-05)", () => {
    it("of GKE: control plane, first address of the services, Google's APIs, metadata server, kubelets", () => {
        const network = { nodes: "10.1.0.0/20", services: "10.96.0.0/12", controlPlane: "192.168.7.0/28" };
        assert.deepEqual(gcpReach(configOf("gcp", "prod", { network })), {
            apiServer: [{ to: [block("192.168.7.0/28"), block("10.96.0.1/32")], ports: tcp(443) }],
            cloud: [
                { to: [internet], ports: tcp(443) },
                { to: [block("169.254.169.254/32")], ports: tcp(80) },
            ],
            identity: [{ to: [block("169.254.169.254/32")], ports: tcp(80) }],
            kubelets: [{ to: [block("10.1.0.0/20")], ports: tcp(10250) }],
            // Agents in kube-system carry the control plane's calls.
            webhookCallers: [
                { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
                block("192.168.7.0/28"),
                block("10.1.0.0/20"),
            ],
        });
    });

    it("of EKS: the VPC, first address of the services, AWS' APIs, Pod Identity agent, kubelets", () => {
        const network = { nodes: "10.64.0.0/16", services: "172.22.0.0/16" };
        const vpc = block("10.64.0.0/16");
        assert.deepEqual(awsReach(configOf("aws", "prod", { network })), {
            apiServer: [{ to: [vpc, block("172.22.0.1/32")], ports: tcp(443) }],
            cloud: [
                { to: [internet, vpc], ports: tcp(443) },
                { to: [block("169.254.170.23/32")], ports: tcp(80) },
            ],
            identity: [{ to: [block("169.254.170.23/32")], ports: tcp(80) }],
            kubelets: [{ to: [vpc], ports: tcp(10250) }],
            webhookCallers: [vpc],
        });
    });

    it("of an existing cluster: all but link-local addresses, and webhooks from anywhere", () => {
        const anywhere = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } };
        assert.deepEqual(existingReach(), {
            apiServer: [{ to: [anywhere], ports: tcp(443, 6443, 8443) }],
            cloud: [{ to: [internet], ports: tcp(443) }],
            identity: [],
            kubelets: [{ to: [anywhere], ports: tcp(10250) }],
            webhookCallers: [],
        });
    });
});
