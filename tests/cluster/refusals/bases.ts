import type { JsonObject, KubeObject } from "../control-plane/json";

/** Namespace of the suite's objects. */
export const testNamespace = "cluster-test";

const labels = { app: "fixture" };

/** Pod spec that Pod Security `restricted` admits and that fits into any quota. */
export function restrictedSpec(): JsonObject {
    return {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
            {
                name: "main",
                image: "registry.example.com/fixture:1.0.0",
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                resources: {
                    requests: { cpu: "1m", memory: "1Mi" },
                    limits: { cpu: "2m", memory: "2Mi" },
                },
            },
        ],
    };
}

function object(apiVersion: string, kind: string, namespace: string | undefined, rest: JsonObject): KubeObject {
    const metadata = { name: "fixture", ...(namespace === undefined ? {} : { namespace }), labels };
    return { apiVersion, kind, metadata, ...rest };
}

/** A pod that is admitted in every namespace of the plan. */
export function pod(namespace: string = testNamespace): KubeObject {
    return object("v1", "Pod", namespace, { spec: restrictedSpec() });
}

export const deployment = object("apps/v1", "Deployment", testNamespace, {
    spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: restrictedSpec() },
    },
});

export const statefulSet = object("apps/v1", "StatefulSet", testNamespace, {
    spec: {
        serviceName: "fixture",
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: restrictedSpec() },
    },
});

export const cronJob = object("batch/v1", "CronJob", testNamespace, {
    spec: {
        schedule: "0 2 * * *",
        timeZone: "Etc/UTC",
        jobTemplate: { spec: { template: { spec: { ...restrictedSpec(), restartPolicy: "Never" } } } },
    },
});

export function service(namespace: string = testNamespace): KubeObject {
    return object("v1", "Service", namespace, {
        spec: { type: "ClusterIP", selector: labels, ports: [{ name: "http", port: 80, protocol: "TCP" }] },
    });
}

export const autoscaler = object("autoscaling/v2", "HorizontalPodAutoscaler", testNamespace, {
    spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "fixture" },
        minReplicas: 2,
        maxReplicas: 4,
        behavior: { scaleUp: { policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] } },
    },
});

export const budget = object("policy/v1", "PodDisruptionBudget", testNamespace, {
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
});

export const networkPolicy = object("networking.k8s.io/v1", "NetworkPolicy", testNamespace, {
    spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
            {
                to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }],
                ports: [{ port: 443, protocol: "TCP" }],
            },
        ],
    },
});

export const storageClass = object("storage.k8s.io/v1", "StorageClass", undefined, {
    provisioner: "disk.example.com",
    parameters: { type: "fast" },
    volumeBindingMode: "WaitForFirstConsumer",
});

export const priorityClass = object("scheduling.k8s.io/v1", "PriorityClass", undefined, { value: 1000 });

export const configMap = object("v1", "ConfigMap", testNamespace, { data: { key: "value" }, immutable: true });

export const secret = object("v1", "Secret", testNamespace, { type: "Opaque", data: { key: "dmFsdWU=" } });

export const namespace = object("v1", "Namespace", undefined, {});

export const admissionPolicy = object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", undefined, {
    spec: {
        failurePolicy: "Fail",
        matchConstraints: {
            resourceRules: [
                { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["configmaps"] },
            ],
        },
        validations: [
            { expression: "!has(object.data) || !('forbidden' in object.data)", message: "forbidden is forbidden" },
        ],
    },
});

export const admissionBinding = object(
    "admissionregistration.k8s.io/v1",
    "ValidatingAdmissionPolicyBinding",
    undefined,
    {
        spec: { policyName: "fixture", validationActions: ["Deny"] },
    },
);

export const limitRange = object("v1", "LimitRange", testNamespace, {
    spec: { limits: [{ type: "Container", max: { cpu: "1" }, default: { cpu: "1" }, defaultRequest: { cpu: "1m" } }] },
});
