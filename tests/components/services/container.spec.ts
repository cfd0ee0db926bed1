import assert from "node:assert/strict";

import type { JsonObject } from "../../../tools/plan";
import { each, expectedSecrets, same, serviceNames } from "./shop";
import { objectsOf, shopStacks, types } from "./stacks";

interface Pod {
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly JsonObject[] } } };
}

/** All fields of a container with the stand-in image; one with an own image has no command. */
const fields = [
    "command",
    "env",
    "image",
    "imagePullPolicy",
    "lifecycle",
    "livenessProbe",
    "name",
    "ports",
    "readinessProbe",
    "resources",
    "securityContext",
    "startupProbe",
    "volumeMounts",
];

for (const { title, plan, resources, standIn, ownImages = {} } of shopStacks) {
    describe(`the container of every service in ${title}`, () => {
        let containers: Record<string, readonly JsonObject[]>;
        const field = (name: string) => each((service) => containers[service]?.[0]?.[name]);

        before(async () => {
            const deployment = objectsOf((await plan()).resources, types.deployment);
            containers = each((name) => (deployment(name) as unknown as Pod).spec.template.spec.containers);
        });

        it("is the only one of its pod, is called as the service, and has no field besides these", () => {
            assert.deepEqual(
                each((name) => containers[name]?.length),
                same(1),
            );
            assert.deepEqual(
                field("name"),
                each((name) => name),
            );
            assert.deepEqual(
                each((name) => Object.keys(containers[name]?.[0] ?? {}).sort()),
                each((name) => fields.filter((one) => one !== "command" || ownImages[name] === undefined)),
            );
        });

        it("runs its own image or the stand-in, checked at the registry at each start", () => {
            assert.deepEqual(
                field("image"),
                each((name) => ownImages[name] ?? standIn),
            );
            assert.deepEqual(field("imagePullPolicy"), same("Always"));
        });

        it("has a command with the stand-in image only, which serves both ports (SV-05)", () => {
            const command = ["./podinfo", "--port=8080", "--port-metrics=8081", "--level=info"];
            assert.deepEqual(
                field("command"),
                each((name) => (ownImages[name] === undefined ? command : undefined)),
            );
        });

        it("listens on 8080 for callers and on 8081 for management (SV-05)", () => {
            assert.deepEqual(
                field("ports"),
                same([
                    { name: "http", containerPort: 8080, protocol: "TCP" },
                    { name: "management", containerPort: 8081, protocol: "TCP" },
                ]),
            );
        });

        it("has the stack's requests and limits, with ephemeral storage (EN-01 to EN-03)", () => {
            assert.deepEqual(
                field("resources"),
                same({
                    requests: { ...resources.requests, "ephemeral-storage": "64Mi" },
                    limits: { ...resources.limits, "ephemeral-storage": "256Mi" },
                }),
            );
        });

        it("has two minutes to start (SV-14)", () => {
            assert.deepEqual(
                field("startupProbe"),
                same({
                    httpGet: { path: "/healthz", port: "management" },
                    periodSeconds: 2,
                    failureThreshold: 60,
                    timeoutSeconds: 2,
                }),
            );
        });

        it("is restarted after three failures in 30 s, on the management port (SV-14)", () => {
            assert.deepEqual(
                field("livenessProbe"),
                same({
                    httpGet: { path: "/healthz", port: "management" },
                    periodSeconds: 10,
                    failureThreshold: 3,
                    timeoutSeconds: 2,
                }),
            );
        });

        it("gets no requests after two failures in 10 s, on the port of its callers (SV-14)", () => {
            assert.deepEqual(
                field("readinessProbe"),
                same({
                    httpGet: { path: "/readyz", port: "http" },
                    periodSeconds: 5,
                    failureThreshold: 2,
                    timeoutSeconds: 2,
                }),
            );
        });

        it("serves five more seconds before it is stopped (SV-15)", () => {
            assert.deepEqual(field("lifecycle"), same({ preStop: { sleep: { seconds: 5 } } }));
        });

        it("is restricted, and its root is read-only (SC-01)", () => {
            assert.deepEqual(
                field("securityContext"),
                same({
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    runAsNonRoot: true,
                    capabilities: { drop: ["ALL"] },
                }),
            );
        });

        it("writes to /tmp only, and reads its Secrets as files", () => {
            assert.deepEqual(
                field("volumeMounts"),
                each((name) => [
                    { name: "tmp", mountPath: "/tmp" },
                    ...expectedSecrets(name).map(({ volume, folder }) => ({
                        name: volume,
                        mountPath: folder,
                        readOnly: true,
                    })),
                ]),
            );
        });
    });
}

describe("the services of the shop", () => {
    it("are asserted in 15 stacks, nine each", () => {
        assert.equal(shopStacks.length, 15);
        assert.equal(serviceNames.length, 9);
    });
});
