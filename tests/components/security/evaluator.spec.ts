import assert from "node:assert/strict";

import { allowedPorts, type Endpoint, type NetworkPolicy, policiesOf } from "./reachability";

const web: Endpoint = { name: "web", address: "10.44.0.1", pod: { namespace: "services", labels: { app: "web" } } };
const db: Endpoint = { name: "db", address: "10.44.0.2", pod: { namespace: "data", labels: { app: "db" } } };
const outside: Endpoint = { name: "outside", address: "203.0.113.9" };

const policy = (spec: NetworkPolicy["spec"], namespace = "services"): NetworkPolicy => ({
    metadata: { name: "own", namespace },
    spec,
});

const egress = (own: NonNullable<NetworkPolicy["spec"]["egress"]>, to: Endpoint): string[] =>
    allowedPorts(policiesOf([policy({ policyTypes: ["Egress"], egress: own })], web, "Egress"), "Egress", to);

const inData = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "data" } } };

describe("the evaluator of network policies", () => {
    it("allows everything where no policy selects the pod, and nothing where one has no rule", () => {
        assert.deepEqual(allowedPorts(policiesOf([], web, "Egress"), "Egress", db), ["all"]);
        assert.deepEqual(egress([], db), []);
        const other = [policy({ policyTypes: ["Ingress"] }), policy({ policyTypes: ["Egress"] }, "data")];
        assert.deepEqual(policiesOf(other, web, "Egress"), []);
        const unlike = policy({ policyTypes: ["Egress"], podSelector: { matchLabels: { app: "db" } } });
        assert.deepEqual(policiesOf([unlike], web, "Egress"), []);
        assert.equal(policiesOf(other, web, "Ingress").length, 1);
        assert.deepEqual(policiesOf(other, outside, "Ingress"), []);
    });

    it("has the union of all matching rules, with protocols and ranges", () => {
        assert.deepEqual(egress([{ ports: [{ port: 443 }] }, { ports: [{ port: 53, protocol: "UDP" }] }], db), [
            "TCP/443",
            "UDP/53",
        ]);
        assert.deepEqual(egress([{ ports: [{ port: 8000, endPort: 8010 }] }], db), ["TCP/8000-8010"]);
        assert.deepEqual(egress([{}], db), ["all"]);
        assert.deepEqual(egress([{ ports: [{ protocol: "SCTP" }] }], db), ["SCTP/all"]);
        assert.throws(() => egress([{ ports: [{ port: "http" }] }], db), /port http by name/);
    });

    it("requires both selectors of a peer, and takes a peer without namespaces as of the policy's own", () => {
        const ports = [{ port: 1 }];
        const both = { ...inData, podSelector: { matchLabels: { app: "db" } } };
        assert.deepEqual(egress([{ to: [both], ports }], db), ["TCP/1"]);
        assert.deepEqual(egress([{ to: [both], ports }], web), []);
        assert.deepEqual(egress([{ to: [both], ports }], outside), []);
        assert.deepEqual(egress([{ to: [{ podSelector: { matchLabels: { app: "db" } } }], ports }], db), []);
        assert.deepEqual(egress([{ to: [inData], ports }], db), ["TCP/1"]);
    });

    it("takes addresses in a block without its exceptions, pods' addresses too", () => {
        const to = [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }];
        assert.deepEqual(egress([{ to, ports: [{ port: 443 }] }], outside), ["TCP/443"]);
        assert.deepEqual(egress([{ to, ports: [{ port: 443 }] }], db), []);
    });
});
