import * as bases from "./bases";
import type { Fixture } from "./fixture";

const container = "spec.containers[0]";

/** Everything else that the API server's own validation refuses. */
export const objectFixtures: readonly Fixture[] = [
    {
        title: "a port over 65535",
        base: bases.service(),
        set: { "spec.ports[0].port": 70000 },
        because: /must be between 1 and 65535/,
    },
    {
        title: "two ports of one name",
        base: bases.service(),
        set: { "spec.ports[1]": { name: "http", port: 81, protocol: "TCP" } },
        because: /spec\.ports\[1\]\.name: Duplicate value/,
    },
    {
        title: "a cluster address that is none",
        base: bases.service(),
        set: { "spec.clusterIP": "10.0.0.300" },
        because: /spec\.clusterIPs?\[?0?\]?: Invalid value/,
    },
    {
        title: "a network that is none",
        base: bases.networkPolicy,
        set: { "spec.egress[0].to[0].ipBlock": { cidr: "10.0.0.0/40" } },
        because: /ipBlock\.cidr: Invalid value: "10\.0\.0\.0\/40"/,
    },
    {
        title: "an exception outside its network",
        base: bases.networkPolicy,
        set: { "spec.egress[0].to[0].ipBlock": { cidr: "10.0.0.0/8", except: ["192.168.0.0/16"] } },
        because: /must be a strict subset of `cidr`/,
    },
    {
        title: "a peer of two kinds",
        base: bases.networkPolicy,
        set: { "spec.egress[0].to[0].podSelector": {} },
        because: /may not specify both ipBlock and another peer/,
    },
    {
        title: "a name in capitals",
        base: bases.pod(),
        set: { "metadata.name": "Fixture" },
        because: /metadata\.name: .*RFC 1123 subdomain/,
    },
    {
        title: "a label with a blank",
        base: bases.pod(),
        set: { "metadata.labels.app": "two words" },
        because: /metadata\.labels: .*a valid label must/,
    },
    {
        title: "a label key that is none",
        base: bases.pod(),
        set: { "metadata.labels": { "-app": "fixture" } },
        because: /metadata\.labels: .*name part must consist of/,
    },
    {
        title: "a quantity that is none",
        base: bases.pod(),
        set: { [`${container}.resources.limits.memory`]: "2 potatoes" },
        because: /quantities must match the regular expression|unable to parse quantity/,
    },
    {
        title: "a request over its limit",
        base: bases.pod(),
        set: { [`${container}.resources.requests.cpu`]: "1" },
        because: /must be less than or equal to cpu limit/,
    },
    {
        title: "a mount without a volume",
        base: bases.pod(),
        set: { [`${container}.volumeMounts`]: [{ name: "ghost", mountPath: "/x" }] },
        because: /volumeMounts\[0\]\.name: Not found: "ghost"/,
    },
    {
        title: "a probe that asks two ways",
        base: bases.pod(),
        set: { [`${container}.livenessProbe`]: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } },
        because: /may not specify more than 1 handler type/,
    },
    {
        title: "a spread of no skew",
        base: bases.pod(),
        set: {
            "spec.topologySpreadConstraints": [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
        },
        because: /maxSkew: .*must be greater than zero/,
    },
    {
        title: "a toleration that cannot be",
        base: bases.pod(),
        set: { "spec.tolerations": [{ operator: "Exists", value: "x", key: "k" }] },
        because: /value must be empty when `operator` is 'Exists'/,
    },
    {
        title: "two containers of one name",
        base: bases.pod(),
        set: {
            "spec.initContainers": [
                {
                    name: "main",
                    image: "x:1",
                    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                },
            ],
        },
        because: /Duplicate value: "main"/,
    },
    {
        title: "a priority class that nobody made",
        base: bases.pod(),
        set: { "spec.priorityClassName": "ghost" },
        because: /no PriorityClass with name ghost was found/,
    },
    {
        title: "a service account that nobody made",
        base: bases.pod(),
        set: { "spec.serviceAccountName": "ghost" },
        because: /serviceaccount "ghost" not found/,
    },
    {
        title: "a namespace that nobody made",
        base: bases.pod(),
        set: { "metadata.namespace": "nowhere" },
        because: /namespaces "nowhere" not found/,
    },
    {
        title: "other parameters for a StorageClass",
        base: bases.storageClass,
        live: true,
        set: { "parameters.type": "slow" },
        because: /parameters: .*field is immutable/,
    },
    {
        title: "another provisioner for a StorageClass",
        base: bases.storageClass,
        live: true,
        set: { provisioner: "other.example.com" },
        because: /provisioner: .*field is immutable/,
    },
    {
        title: "another value for a PriorityClass",
        base: bases.priorityClass,
        live: true,
        set: { value: 2000 },
        because: /may not be changed in an update|field is immutable/,
    },
    {
        title: "new content for an immutable ConfigMap",
        base: bases.configMap,
        live: true,
        set: { "data.key": "other" },
        because: /field is immutable when `immutable` is set/,
    },
    {
        title: "another type for a Secret",
        base: bases.secret,
        live: true,
        set: { type: "example.com/other" },
        because: /type: .*field is immutable/,
    },
    {
        title: "a Secret that is not base64",
        base: bases.secret,
        set: { "data.key": "no base64!" },
        because: /illegal base64 data/,
    },
    {
        title: "a Pod Security level that is none",
        base: bases.namespace,
        set: { "metadata.labels": { "pod-security.kubernetes.io/enforce": "strict" } },
        because: /must be one of privileged, baseline, restricted/,
    },
    {
        title: "an admission policy that does not compile",
        base: bases.admissionPolicy,
        set: { "spec.validations[0].expression": "object.spec.(" },
        because: /compilation failed/,
    },
];
