import * as bases from "./bases";
import type { Fixture } from "./fixture";

const container = "spec.containers[0]";

/** Other objects that the API server's validation refuses. */
export const objectFixtures: readonly Fixture[] = [
    {
        title: "a port above 65535",
        base: bases.service(),
        set: { "spec.ports[0].port": 70000 },
        message: /must be between 1 and 65535/,
    },
    {
        title: "a duplicate port name",
        base: bases.service(),
        set: { "spec.ports[1]": { name: "http", port: 81, protocol: "TCP" } },
        message: /spec\.ports\[1\]\.name: Duplicate value/,
    },
    {
        title: "an invalid cluster IP address",
        base: bases.service(),
        set: { "spec.clusterIP": "10.0.0.300" },
        message: /spec\.clusterIPs?\[?0?\]?: Invalid value/,
    },
    {
        title: "an invalid CIDR block",
        base: bases.networkPolicy,
        set: { "spec.egress[0].to[0].ipBlock": { cidr: "10.0.0.0/40" } },
        message: /ipBlock\.cidr: Invalid value: "10\.0\.0\.0\/40"/,
    },
    {
        title: "an ipBlock exception outside its CIDR block",
        base: bases.networkPolicy,
        set: { "spec.egress[0].to[0].ipBlock": { cidr: "10.0.0.0/8", except: ["192.168.0.0/16"] } },
        message: /must be a strict subset of `cidr`/,
    },
    {
        title: "a network policy peer with ipBlock and podSelector",
        base: bases.networkPolicy,
        set: { "spec.egress[0].to[0].podSelector": {} },
        message: /may not specify both ipBlock and another peer/,
    },
    {
        title: "a name with capital letters",
        base: bases.pod(),
        set: { "metadata.name": "Fixture" },
        message: /metadata\.name: .*RFC 1123 subdomain/,
    },
    {
        title: "a label value with a space",
        base: bases.pod(),
        set: { "metadata.labels.app": "two words" },
        message: /metadata\.labels: .*a valid label must/,
    },
    {
        title: "an invalid label key",
        base: bases.pod(),
        set: { "metadata.labels": { "-app": "fixture" } },
        message: /metadata\.labels: .*name part must consist of/,
    },
    {
        title: "an invalid quantity",
        base: bases.pod(),
        set: { [`${container}.resources.limits.memory`]: "2 potatoes" },
        message: /quantities must match the regular expression|unable to parse quantity/,
    },
    {
        title: "a request above its limit",
        base: bases.pod(),
        set: { [`${container}.resources.requests.cpu`]: "1" },
        message: /must be less than or equal to cpu limit/,
    },
    {
        title: "a mount without a volume",
        base: bases.pod(),
        set: { [`${container}.volumeMounts`]: [{ name: "missing", mountPath: "/x" }] },
        message: /volumeMounts\[0\]\.name: Not found: "missing"/,
    },
    {
        title: "a probe with two handlers",
        base: bases.pod(),
        set: { [`${container}.livenessProbe`]: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } },
        message: /may not specify more than 1 handler type/,
    },
    {
        title: "a topology spread constraint with maxSkew 0",
        base: bases.pod(),
        set: {
            "spec.topologySpreadConstraints": [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
        },
        message: /maxSkew: .*must be greater than zero/,
    },
    {
        title: "a toleration with operator Exists and a value",
        base: bases.pod(),
        set: { "spec.tolerations": [{ operator: "Exists", value: "x", key: "k" }] },
        message: /value must be empty when `operator` is 'Exists'/,
    },
    {
        title: "a duplicate container name",
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
        message: /Duplicate value: "main"/,
    },
    {
        title: "a missing PriorityClass",
        base: bases.pod(),
        set: { "spec.priorityClassName": "missing" },
        message: /no PriorityClass with name missing was found/,
    },
    {
        title: "a missing ServiceAccount",
        base: bases.pod(),
        set: { "spec.serviceAccountName": "missing" },
        message: /serviceaccount "missing" not found/,
    },
    {
        title: "a missing namespace",
        base: bases.pod(),
        set: { "metadata.namespace": "nowhere" },
        message: /namespaces "nowhere" not found/,
    },
    {
        title: "changed parameters of a StorageClass",
        base: bases.storageClass,
        live: true,
        set: { "parameters.type": "slow" },
        message: /parameters: .*field is immutable/,
    },
    {
        title: "a changed provisioner of a StorageClass",
        base: bases.storageClass,
        live: true,
        set: { provisioner: "other.example.com" },
        message: /provisioner: .*field is immutable/,
    },
    {
        title: "a changed value of a PriorityClass",
        base: bases.priorityClass,
        live: true,
        set: { value: 2000 },
        message: /may not be changed in an update|field is immutable/,
    },
    {
        title: "changed data of an immutable ConfigMap",
        base: bases.configMap,
        live: true,
        set: { "data.key": "other" },
        message: /field is immutable when `immutable` is set/,
    },
    {
        title: "a changed type of a Secret",
        base: bases.secret,
        live: true,
        set: { type: "example.com/other" },
        message: /type: .*field is immutable/,
    },
    {
        title: "a Secret with data that is not base64",
        base: bases.secret,
        set: { "data.key": "no base64!" },
        message: /illegal base64 data/,
    },
    {
        title: "an unknown Pod Security level",
        base: bases.namespace,
        set: { "metadata.labels": { "pod-security.kubernetes.io/enforce": "strict" } },
        message: /must be one of privileged, baseline, restricted/,
    },
    {
        title: "a ValidatingAdmissionPolicy whose expression does not compile",
        base: bases.admissionPolicy,
        set: { "spec.validations[0].expression": "object.spec.(" },
        message: /compilation failed/,
    },
];
