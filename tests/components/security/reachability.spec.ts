import assert from "node:assert/strict";

import { renderKubernetes } from "../../../tools/plan";
import { podGroups } from "../namespaced";
import { serviceNames, shop } from "../services/shop";
import { shipped, type Shipped } from "../shipped";
import { addressesOf, destinations, type Kind, webhookCallers } from "./addresses";
import { calls, controllers, edges, stores } from "./connections";
import { allowedPorts, type Endpoint, type NetworkPolicy, policiesOf } from "./reachability";

interface Manifest {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: { readonly template: { readonly metadata: { readonly labels: Record<string, string> } } };
}

/** An endpoint of the matrix. */
interface Node extends Endpoint {
    readonly kind: Kind;
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
    const pods: [name: string, namespace: string, labels: Readonly<Record<string, string>>][] = [
        ...manifests
            .filter(({ kind }) => kind === "Deployment")
            .map(({ metadata, spec }): (typeof pods)[number] => [
                metadata.name,
                metadata.namespace,
                spec.template.metadata.labels,
            ]),
        ...Object.entries(stores).map(([name, { namespace, labels }]): (typeof pods)[number] => [
            name,
            namespace,
            labels,
        ]),
        ...(manifests as unknown as readonly (NetworkPolicy & Manifest)[])
            .filter(({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name in controllers)
            .map(({ metadata, spec }): (typeof pods)[number] => [
                metadata.name,
                metadata.namespace,
                spec.podSelector?.matchLabels ?? {},
            ]),
        // A pod without declaration in each namespace, as an intruder would start, and one with a service's name alone.
        ...namespaces.map((namespace): (typeof pods)[number] => [`undeclared-${namespace}`, namespace, {}]),
        ["pretender", "services", { "app.kubernetes.io/name": "order" }],
        ["prometheus", "monitoring", { "app.kubernetes.io/name": "prometheus" }],
        ["other-prometheus", "services", { "app.kubernetes.io/name": "prometheus" }],
        ["dns", "kube-system", { "k8s-app": "kube-dns" }],
        ["other-dns", "services", { "k8s-app": "kube-dns" }],
        ["system", "kube-system", {}],
    ];
    return [
        ...pods.map(([name, namespace, labels], index): Node => ({
            name,
            address: `10.44.0.${index + 1}`,
            pod: { namespace, labels },
            kind: namespace === "kube-system" ? "system-pod" : "pod",
        })),
        ...addressesOf(stack).map(([address, kind]): Node => ({ name: address, address, kind })),
    ];
}

/** The ports that a pod may call on another endpoint. */
function expectedEgress({ cloud }: Shipped, from: Node, to: Node): string[] {
    const lookup = to.name === "dns" ? dns : [];
    const own: Readonly<Record<string, string>> = from.name in calls ? calls[from.name as keyof typeof calls] : {};
    const called = [own[to.name], to.kind === "public" ? own["public"] : undefined].filter(
        (port) => port !== undefined,
    );
    const { calls: words = [] } = controllers[from.name] ?? {};
    const reached = words.flatMap((word) => destinations[cloud][word][to.kind] ?? []);
    return [...new Set([...lookup, ...called, ...reached])].sort();
}

/** The ports on which a pod may be called by another endpoint. */
function expectedIngress({ cloud }: Shipped, to: Node, from: Node): string[] {
    if (to.name in shop) {
        const own = from.name in calls ? calls[from.name as keyof typeof calls] : {};
        const called = to.name in own ? ["TCP/8080"] : [];
        const scraped = from.name === "prometheus" ? ["TCP/8081"] : [];
        // The gateway accepts traffic from any address (NW-10).
        return [...new Set([...called, ...(to.name === "gateway" ? ["TCP/8080"] : []), ...scraped])].sort();
    }
    const { webhook, metrics } = controllers[to.name] ?? {};
    const callers = webhookCallers[cloud];
    const mayCall = callers === undefined || callers.includes(from.kind);
    const found = [mayCall ? webhook : undefined, from.name === "prometheus" ? metrics : undefined];
    return [...new Set(found.filter((port) => port !== undefined))].sort();
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
            const expected = [...serviceNames, ...Object.keys(stores), ...groups];
            const missing = expected.filter((name) => !pods.some((pod) => pod.name === name));
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
            for (const self of pods.filter(({ name }) => !(name in controllers))) {
                const reached = allowed("Egress", self).filter(
                    ([{ kind }, ports]) => closed.includes(kind) && ports[0],
                );
                assert.deepEqual(reached, [], self.name);
            }
        });
    });
}
