import assert from "node:assert/strict";

import { renderKubernetes } from "../../../tools/plan";
import { podGroups } from "../namespaced";
import { serviceNames, shop } from "../services/shop";
import { shipped, type Shipped } from "../shipped";
import { addressesOf, destinations, type Kind, webhookCallers } from "./addresses";
import { calls, controllers, edges, membersOf, stores } from "./connections";
import { type Manifest, type Pod, storePods } from "./pods";
import { allowedPorts, type Endpoint, type NetworkPolicy, policiesOf } from "./reachability";

/** An endpoint of the matrix. */
interface Node extends Endpoint {
    readonly kind: Kind;
    /** The group that a pod of a store's layer belongs to; the name of every other endpoint. */
    readonly group: string;
}

const namespaces = [
    "argocd",
    "cache",
    "data",
    "frontend",
    "ingress",
    "messaging",
    "monitoring",
    "payment",
    "security",
    "services",
];

const dns = ["TCP/53", "UDP/53"];

/** All pods of a stack, those of undeclared pods included, and the addresses outside the cluster. */
function endpointsOf(stack: Shipped, manifests: readonly Manifest[]): Node[] {
    const stateful = storePods(stack, manifests);
    const pods: Pod[] = [
        ...manifests
            .filter(({ kind, metadata }) => kind === "Deployment" && !stateful.some(([name]) => name === metadata.name))
            .map(({ metadata, spec }): Pod => [metadata.name, metadata.namespace, spec.template.metadata.labels]),
        ...stateful,
        ...(manifests as unknown as readonly (NetworkPolicy & Manifest)[])
            .filter(({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name in controllers)
            .map(({ metadata, spec }): Pod => [metadata.name, metadata.namespace, spec.podSelector?.matchLabels ?? {}]),
        // A pod without declaration in each namespace, as an intruder would start, and one with a service's name alone.
        ...namespaces.map((namespace): Pod => [`undeclared-${namespace}`, namespace, {}]),
        ["pretender", "services", { "app.kubernetes.io/name": "order" }],
        ["prometheus", "monitoring", { "app.kubernetes.io/name": "prometheus" }],
        ["other-prometheus", "services", { "app.kubernetes.io/name": "prometheus" }],
        ["dns", "kube-system", { "k8s-app": "kube-dns" }],
        ["other-dns", "services", { "k8s-app": "kube-dns" }],
        ["system", "kube-system", {}],
    ];
    return [
        ...pods.map(([name, namespace, labels, group = name], index): Node => ({
            name,
            group,
            address: `10.44.0.${index + 1}`,
            pod: { namespace, labels },
            kind: namespace === "kube-system" ? "system-pod" : "pod",
        })),
        ...addressesOf(stack).map(([address, kind]): Node => ({ name: address, group: address, address, kind })),
    ];
}

const defined = (ports: readonly (string | undefined)[]): string[] =>
    [...new Set(ports.filter((port) => port !== undefined))].sort();

/** The port on which a service calls another service, or a store's pods. */
function serviceCall(from: Node, to: Node): string | undefined {
    const own: Readonly<Record<string, string>> = from.name in calls ? calls[from.name as keyof typeof calls] : {};
    const [store = to.name] = Object.entries(stores).find(([, group]) => group === to.group) ?? [];
    return own[store];
}

/** The ports that a pod may call on another endpoint. */
function expectedEgress(stack: Shipped, from: Node, to: Node): string[] {
    const own: Readonly<Record<string, string>> = from.name in calls ? calls[from.name as keyof typeof calls] : {};
    const { calls: words, peers } = {
        ...{ calls: [], peers: undefined },
        ...(controllers[from.name] ?? membersOf(stack)[from.group]),
    };
    return defined([
        ...(to.name === "dns" ? dns : []),
        serviceCall(from, to),
        to.kind === "public" ? own["public"] : undefined,
        ...words.flatMap((word) => destinations[stack.cloud][word][to.kind] ?? []),
        ...(peers?.[to.group] ?? []),
    ]);
}

/** The ports on which a pod may be called by another endpoint. */
function expectedIngress(stack: Shipped, to: Node, from: Node): string[] {
    const scraped = from.name === "prometheus";
    if (to.name in shop) {
        // The gateway accepts traffic from any address (NW-10).
        const anyAddress = to.name === "gateway" ? "TCP/8080" : undefined;
        return defined([serviceCall(from, to), anyAddress, scraped ? "TCP/8081" : undefined]);
    }
    const callers = webhookCallers[stack.cloud];
    const mayCall = callers === undefined || callers.includes(from.kind);
    const members = membersOf(stack);
    const member = members[to.group];
    if (member !== undefined) {
        return defined([
            serviceCall(from, to),
            ...(members[from.group]?.peers[to.group] ?? []),
            ...(scraped ? member.metrics : []),
            mayCall ? member.webhook : undefined,
        ]);
    }
    const { webhook, metrics } = controllers[to.name] ?? {};
    return defined([mayCall ? webhook : undefined, scraped ? metrics : undefined]);
}

for (const stack of shipped) {
    describe(`reachability over the rendered network policies in ${stack.title} (NW-05, NW-06, NW-09)`, () => {
        let policies: NetworkPolicy[];
        let all: Node[];
        let pods: Node[];

        const allowed = (direction: "Ingress" | "Egress", self: Node) => {
            const selecting = policiesOf(policies, self, direction);
            return all
                .filter((other) => other !== self)
                .map((other) => [other, allowedPorts(selecting, direction, other)] as const);
        };
        const lines = (of: (self: Node) => readonly (readonly [other: Node, ports: readonly string[]])[]) =>
            pods.flatMap((self) =>
                of(self)
                    .filter(([, ports]) => ports.length > 0)
                    .map(([other, ports]) => `${self.name} - ${other.name}: ${ports.join(" ")}`),
            );
        const others = (self: Node) => all.filter((other) => other !== self);

        before(async () => {
            const manifests = renderKubernetes(await stack.plan()).map(({ manifest }) => manifest);
            policies = manifests.filter(({ kind }) => kind === "NetworkPolicy") as unknown as NetworkPolicy[];
            all = endpointsOf(stack, manifests as unknown as Manifest[]);
            // Pods of kube-system without a policy are not the platform's.
            pods = all.filter(({ name, pod }) => pod !== undefined && !["dns", "system"].includes(name));
        });

        it("covers every service, every store, and every controller of the stack", () => {
            const groups = ["security", "ingress", "kube-system"].flatMap((namespace) => podGroups(namespace, stack));
            const layers = ["data", "cache", "messaging"].flatMap((namespace) => podGroups(namespace, stack));
            const expected = [...serviceNames, ...Object.values(stores), ...groups, ...layers];
            const missing = expected.filter((name) => !pods.some(({ group }) => group === name));
            assert.deepEqual(missing, []);
            assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
            const found = pods.filter(({ name }) => name in controllers).map(({ name, pod }) => [name, pod?.namespace]);
            assert.deepEqual(
                found.sort(),
                groups
                    .filter((name) => name !== "gateway")
                    .map((name) => [name, controllers[name]?.namespace])
                    .sort(),
            );
        });

        it("allows each pod egress to exactly what it declares and to DNS, on every port", () => {
            assert.deepEqual(
                lines((self) => allowed("Egress", self)),
                lines((self) => others(self).map((other) => [other, expectedEgress(stack, self, other)] as const)),
            );
        });

        it("allows each pod ingress from exactly what it declares, on every port", () => {
            assert.deepEqual(
                lines((self) => allowed("Ingress", self)),
                lines((self) => others(self).map((other) => [other, expectedIngress(stack, self, other)] as const)),
            );
        });

        it("connects services along exactly the 12 declared calls", () => {
            const services = pods.filter(({ name }) => name in shop);
            const connected = services.flatMap((from) =>
                services.flatMap((to) => {
                    const out = allowedPorts(policiesOf(policies, from, "Egress"), "Egress", to);
                    const into = allowedPorts(policiesOf(policies, to, "Ingress"), "Ingress", from);
                    const both = out.filter((port) => from !== to && into.includes(port));
                    return both.map((port) => `${from.name} -> ${to.name}: ${port}`);
                }),
            );
            assert.equal(edges.length, 12);
            assert.deepEqual(connected.sort(), edges);
        });

        it("denies every service the cloud's metadata and credentials, and every private address", () => {
            const closed: readonly Kind[] = ["link-local", "gcp-metadata", "aws-credentials", "private", "node"];
            // Pods of the stores that call the API server reach its address and have rows of their own below.
            const calling = ({ name, group }: Node) =>
                name in controllers || (membersOf(stack)[group]?.calls ?? []).length > 0;
            for (const self of pods.filter((pod) => !calling(pod))) {
                const reached = allowed("Egress", self).filter(
                    ([{ kind }, ports]) => closed.includes(kind) && ports[0],
                );
                assert.deepEqual(reached, [], self.name);
            }
        });

        it("lets only what writes or restores backups, of all the stores' pods, use a cloud identity", () => {
            const identity: readonly Kind[] = ["gcp-metadata", "aws-credentials"];
            const using = pods.filter(
                (self) =>
                    self.group in membersOf(stack) &&
                    allowed("Egress", self).some(([{ kind }, ports]) => identity.includes(kind) && ports.length > 0),
            );
            const roles = ["full-recovery", "initdb", "join", "snapshot-recovery"].map((role) => `postgres-${role}`);
            // Elasticsearch's nodes write its snapshots themselves (BK-06).
            const nodes = ["other-search-es", "search-es"];
            const copies = stack.replica
                ? []
                : ["postgres-monthly", ...nodes, "valkey-state-backup", "valkey-state-restore"];
            assert.deepEqual(
                using.map(({ name }) => name).sort(),
                stack.cloud === "existing" ? [] : ["other-postgres", "postgres", ...roles, ...copies].sort(),
            );
        });
    });
}
