import { images } from "../../../components/common/images";
import type { JsonObject, KubeObject } from "../control-plane/json";
import { restrictedContainer, restrictedPod } from "../operators/common";
import type { Fixture } from "../refusals/fixture";

/** A digest, which nothing pulls. */
export const digest = `sha256:${"5".repeat(64)}`;

/** An image that every stack runs, by digest. */
export const image = `${images.standIn}@${digest}`;

/** An image that no stack runs. */
const foreign = `docker.io/library/busybox@${digest}`;

const payments = { key: "pci", operator: "In", values: ["true"] };

function onNodes(...expressions: readonly JsonObject[]): JsonObject {
    return {
        nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: expressions.map((expression) => ({ matchExpressions: [expression] })),
            },
        },
    };
}

const paymentPlacement: JsonObject = {
    tolerations: [{ key: "pci", operator: "Equal", value: "true", effect: "NoSchedule" }],
    affinity: onNodes(payments),
};

/** A pod that Pod Security and every policy admit in a namespace. */
export function admittedPod(namespace: string, name = "judged"): KubeObject {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, namespace },
        spec: {
            automountServiceAccountToken: false,
            securityContext: restrictedPod,
            containers: [
                {
                    name: "main",
                    image,
                    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
                    resources: { requests: { cpu: "1m", memory: "1Mi" }, limits: { cpu: "2m", memory: "2Mi" } },
                },
            ],
            ...(namespace === "payment" ? paymentPlacement : {}),
        },
    };
}

function service(namespace: string): KubeObject {
    return {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "judged", namespace },
        spec: { type: "ClusterIP", selector: { app: "judged" }, ports: [{ port: 80 }] },
    };
}

function recommender(namespace: string): KubeObject {
    const spec = {
        targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "order" },
        updatePolicy: { updateMode: "Off" },
    };
    return {
        apiVersion: "autoscaling.k8s.io/v1",
        kind: "VerticalPodAutoscaler",
        metadata: { name: "judged", namespace },
        spec,
    };
}

/** The policy's own message, after the names of the policy and its binding. */
function denied(policy: string, message: string): RegExp {
    const name = `ecommerce-platform-${policy}`;
    const escaped = message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`ValidatingAdmissionPolicy '${name}' with binding '${name}' denied request: ${escaped}$`);
}

const context = "spec.containers[0].securityContext";
const init = (own: JsonObject): JsonObject[] => [
    { name: "init", image, securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true }, ...own },
];
const writable = (names: string) =>
    denied(
        "read-only-root-filesystem",
        `the root filesystem is writable in: ${names}; set securityContext.readOnlyRootFilesystem to true and mount an emptyDir for files that they write`,
    );
const noImage = (names: string) =>
    denied(
        "admitted-images",
        `not an image of the platform: ${names}; give an image of a repository that the stack declares`,
    );
const noDigest = (names: string) =>
    denied("images-by-digest", `an image without a digest: ${names}; give it as name@sha256:...`);
const tolerates = denied(
    "payment-nodes",
    "only pods of namespace payment may run on the nodes with taint pci=true; remove the toleration, or give it the key of another taint",
);
const elsewhere = denied(
    "payment-pods",
    "a pod of namespace payment must run on payment's nodes; require pci In [true] in every term of its node affinity",
);

/** Pods that Pod Security admits and the policies refuse, in every namespace but payment's. */
export function podRefusals(namespace: string): Fixture[] {
    const base = admittedPod(namespace);
    const pod = (title: string, set: Fixture["set"], message: RegExp): Fixture => ({ title, base, set, message });
    return [
        pod("a writable root filesystem", { [`${context}.readOnlyRootFilesystem`]: false }, writable("main")),
        pod("no word on the root filesystem", { [`${context}.readOnlyRootFilesystem`]: undefined }, writable("main")),
        pod(
            "an init container with a writable root filesystem",
            { "spec.initContainers": init({ securityContext: restrictedContainer }) },
            writable("init"),
        ),
        pod("an image of another repository", { "spec.containers[0].image": foreign }, noImage(foreign)),
        pod(
            "an image whose repository begins as one of the platform's",
            { "spec.containers[0].image": `ghcr.io/stefanprodan/podinfo-too@${digest}` },
            noImage(`ghcr.io/stefanprodan/podinfo-too@${digest}`),
        ),
        pod(
            "an image of the platform's name on another registry",
            { "spec.containers[0].image": `evil.example.com/stefanprodan/podinfo@${digest}` },
            noImage(`evil.example.com/stefanprodan/podinfo@${digest}`),
        ),
        pod(
            "an init container with an image of another repository",
            { "spec.initContainers": init({ image: foreign }) },
            noImage(foreign),
        ),
        pod("an image by tag", { "spec.containers[0].image": images.standIn }, noDigest(images.standIn)),
        pod(
            "a pod that names its node",
            { "spec.nodeName": "payment-1" },
            denied("pods-by-scheduler", "spec.nodeName is payment-1; remove it, the scheduler selects the node"),
        ),
        pod(
            "a toleration for payment's nodes",
            { "spec.tolerations": [{ key: "pci", operator: "Exists" }] },
            tolerates,
        ),
        pod("a toleration for every taint", { "spec.tolerations": [{ operator: "Exists" }] }, tolerates),
    ];
}

/** Pods that the policies refuse in namespace payment. */
export const paymentRefusals: readonly Fixture[] = (
    [
        ["a payment pod without node affinity", { "spec.affinity": undefined }],
        [
            "a payment pod that may run elsewhere too",
            { "spec.affinity": onNodes(payments, { ...payments, key: "workload" }) },
        ],
        ["a payment pod for other nodes", { "spec.affinity": onNodes({ ...payments, operator: "NotIn" }) }],
        ["a payment pod for nodes of another value", { "spec.affinity": onNodes({ ...payments, values: ["no"] }) }],
    ] as const
).map(([title, set]) => ({ title, base: admittedPod("payment"), set, message: elsewhere }));

/** Objects other than pods that the policies refuse. */
export const objectRefusals: readonly Fixture[] = [
    ...["LoadBalancer", "NodePort", "ExternalName"].map((type) => ({
        title: `a Service of type ${type}`,
        base: service("services"),
        set: { "spec.type": type, ...(type === "ExternalName" ? { "spec.externalName": "example.com" } : {}) },
        message: denied(
            "internal-services",
            `Service of type ${type}: only the gateway, in namespace ingress, is reachable from outside; give ClusterIP, and a route of the gateway`,
        ),
    })),
    ...["services", "ingress"].map((namespace) => ({
        title: `a Service with an external address in ${namespace}`,
        base: service(namespace),
        set: { "spec.externalIPs": ["203.0.113.7"] },
        message: denied("no-external-ips", "spec.externalIPs takes over traffic to these addresses; remove it"),
    })),
    ...[{ updateMode: "Recreate" }, { updateMode: "Initial" }, undefined].map((policy) => ({
        title: `a vertical autoscaler ${policy === undefined ? "without update policy" : `of mode ${policy.updateMode}`}`,
        base: recommender("services"),
        set: { "spec.updatePolicy": policy },
        message: denied(
            "vertical-autoscalers-recommend",
            'a HorizontalPodAutoscaler scales these workloads by the same metrics; set spec.updatePolicy.updateMode to "Off"',
        ),
    })),
];
