import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Json } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { typeAndName } from "./lifecycle";
import { OBJECTS, RELEASES } from "./providers/kubernetes/memory";

type Config = Readonly<Record<string, Json>>;

/** A kubeconfig as kind and minikube write it; only the port of the server differs between starts. */
const kubeconfig = (port: number): string =>
    stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "kind-kind",
        contexts: [{ name: "kind-kind", context: { cluster: "kind-kind", user: "kind-kind" } }],
        clusters: [{ name: "kind-kind", cluster: { server: `https://127.0.0.1:${port}` } }],
        users: [{ name: "kind-kind", user: { token: "invented" } }],
    });

const providerTitle = "pulumi:providers:kubernetes::cluster-kubernetes";
const provider = `update ${providerTitle}`;

/** `existing` of Pulumi.local.yaml, and the given keys. */
const existing = (own: Config): Config => ({
    "ecommerce-platform:existing": { dedicatedPools: false, metricsServer: "install-insecure", ...own },
});

/** Text of all files of a folder. */
function textOf(folder: string): string {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
        .join("\n");
}

/** Issue of the first laptop run: a changed port of minikube planned 116 replacements. */
describe("engine: an existing cluster whose address changes", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    describe("with a kubeconfig in the stack file", () => {
        const name = "existing-server";
        let session: Session | undefined;
        before(async () => {
            session = await environment?.start(name, {
                stack: "local",
                config: existing({ kubeconfig: kubeconfig(6443) }),
            });
            await session?.succeed({ kind: "up" });
        });
        after(() => environment?.finish(name, session));

        const changesWith = async (own: Config): Promise<string[] | undefined> => {
            const outcome = await session?.succeed({ kind: "up", config: existing(own) });
            return outcome?.changes.map(({ op, urn }) => `${op} ${typeAndName(urn)}`);
        };

        it("another port of the server updates the provider and replaces nothing", async () => {
            assert.deepEqual(await changesWith({ kubeconfig: kubeconfig(7443) }), [provider]);
            assert.deepEqual(await changesWith({ kubeconfig: kubeconfig(6443) }), [provider]);
        });

        it("another identity replaces every object", async () => {
            const preview = await session?.succeed({
                kind: "preview",
                config: existing({ kubeconfig: kubeconfig(6443), identity: "another-cluster" }),
            });
            const resources = (await session?.export())?.resources ?? [];
            const inCluster = resources.filter(
                ({ custom, type }) => custom && /^(pulumi:providers:)?kubernetes/.test(type),
            );
            assert.ok(inCluster.length > 0);
            assert.deepEqual(
                [...new Set(preview?.changes.map(({ urn }) => urn))].sort(),
                inCluster.map(({ urn }) => urn).sort(),
            );
            const others = preview?.changes.filter(({ op }) => !/replace/.test(op)).map(({ op }) => op);
            assert.deepEqual(others, []);
        });
    });

    describe("that was deleted and created again", () => {
        const name = "existing-again";
        let session: Session | undefined;
        after(() => environment?.finish(name, session));

        it("gets every object after a refresh, and then another identity replaces the provider only", async () => {
            session = await environment?.start(name, { stack: "local", config: existing({ identity: "first" }) });
            await session?.succeed({ kind: "up" });
            const urns = async (): Promise<string[]> =>
                ((await session?.export())?.resources ?? []).map(({ urn }) => urn).sort();
            const all = await urns();
            for (const bucket of [OBJECTS, RELEASES]) {
                for (const { key } of (await session?.store.list(bucket)) ?? []) {
                    await session?.store.delete(bucket, key);
                }
            }
            await session?.succeed({ kind: "refresh" });
            const outcome = await session?.succeed({ kind: "up", config: existing({ identity: "second" }) });
            const operations = outcome?.changes.map(({ op, urn }) => `${op} ${typeAndName(urn)}`) ?? [];
            const others = operations.filter((operation) => !operation.startsWith("create "));
            assert.deepEqual(new Set(others.map((operation) => operation.split(" ")[1])), new Set([providerTitle]));
            assert.deepEqual(await urns(), all);
            const again = await session?.succeed({ kind: "up", expectNoChanges: true });
            assert.deepEqual(again?.changes, []);
        });
    });

    describe("with the machine's kubeconfig", () => {
        const name = "existing-path";
        let session: Session | undefined;
        after(() => environment?.finish(name, session));

        it("another path in KUBECONFIG changes nothing, and the state contains no path", async () => {
            const folder = environment?.folderOf(name) ?? "";
            const path = (port: number): string => join(folder, `laptop-${port}.yaml`);
            session = await environment?.start(name, {
                stack: "local",
                program: join(__dirname, "programs/kubeconfig-path.ts"),
                config: { "test:kubeconfigPath": path(6443) },
            });
            for (const port of [6443, 7443]) {
                writeFileSync(path(port), kubeconfig(port));
            }
            await session?.succeed({ kind: "up" });
            const outcome = await session?.succeed({
                kind: "up",
                config: { "test:kubeconfigPath": path(7443) },
                expectNoChanges: true,
            });
            assert.deepEqual(outcome?.changes, []);
            const stacks = join(folder, "state/.pulumi/stacks");
            assert.match(textOf(stacks), /clusterIdentifier/);
            assert.doesNotMatch(textOf(stacks), /laptop-6443|laptop-7443/);
        });
    });
});
