import assert from "node:assert/strict";

import { RegistryClient } from "../../../../tools/pin-images/registry/client";
import { parseReference } from "../../../../tools/pin-images/registry/reference";
import { resolveImage } from "../../../../tools/pin-images/registry/resolve";
import { index, RegistryServer, sha256 } from "../server";

describe("looking up an image", () => {
    let server: RegistryServer;

    beforeEach(async () => {
        server = await new RegistryServer().start();
    });
    afterEach(() => server.stop());

    function resolve(name: string, required: readonly string[] = []) {
        const credentials = () => Promise.resolve(undefined);
        const client = new RegistryClient({ fetch, timeoutMs: 5000, pausesMs: [1, 1], credentials });
        return resolveImage(client, parseReference(`${server.host}/${name}`), required);
    }

    const refuses = (name: string, message: string, required: readonly string[] = []) =>
        assert.rejects(resolve(name, required), {
            name: "RegistryError",
            message: message.replaceAll("HOST", server.host),
        });

    it("gives the digest of the list and the platforms of its images, without attestations", async () => {
        const digest = server.list("shop/web", "1.0", ["linux/arm64/v8", "linux/amd64", "linux/arm/v7"]);
        const expected = { digest, platforms: ["linux/amd64", "linux/arm/v7", "linux/arm64"] };
        assert.deepEqual(await resolve("shop/web:1.0"), expected);
        assert.deepEqual(server.requests, ["GET /v2/shop/web/manifests/1.0"]);
    });

    it("gives the digest of a single image, with the platform of its configuration", async () => {
        const digest = server.image("shop/web", "linux/amd64");
        server.tag("shop/web", "1.0", digest);
        assert.deepEqual(await resolve("shop/web:1.0", ["linux/amd64"]), { digest, platforms: ["linux/amd64"] });
    });

    it("rejects a tag that is gone, and a repository that is", async () => {
        server.list("shop/web", "1.0", ["linux/amd64"]);
        server.untag("shop/web", "1.0");
        const reason = "it was deleted, never copied there, or is misspelt";
        await refuses("shop/web:1.0", `HOST has no tag 1.0 (MANIFEST_UNKNOWN): ${reason}`);
        await refuses("shop/wbe:1.0", `HOST has no repository shop/wbe (NAME_UNKNOWN): ${reason}`);
    });

    it("rejects a manifest that is not what its digest says", async () => {
        const digest = server.list("shop/web", "1.0", ["linux/amd64"]);
        const body = '{"manifests":[]}';
        const headers = { "content-type": index, "docker-content-digest": digest };
        server.faults.set("GET /v2/shop/web/manifests/1.0", [{ status: 200, headers, body }]);
        const changes = "a proxy or the registry changes the content";
        await refuses("shop/web:1.0", `HOST sent ${sha256(body)} in place of ${digest}; ${changes}`);
        // By digest, whatever the header says.
        const lies = { ...headers, "docker-content-digest": sha256(body) };
        const child = server.image("shop/web", "linux/amd64");
        server.faults.set(`GET /v2/shop/web/manifests/${child}`, [{ status: 200, headers: lies, body }]);
        await refuses("shop/web:1.0", `HOST sent ${sha256(body)} in place of ${child}; ${changes}`, ["linux/amd64"]);
    });

    it("does without the header, which is optional", async () => {
        const body = JSON.stringify({
            manifests: [{ digest: sha256("a"), platform: { os: "linux", architecture: "386" } }],
        });
        server.faults.set("GET /v2/shop/web/manifests/1.0", [{ status: 200, body }]);
        assert.deepEqual(await resolve("shop/web:1.0"), { digest: sha256(body), platforms: ["linux/386"] });
    });

    it("rejects an image without a platform of the nodes", async () => {
        server.list("shop/web", "1.0", ["linux/arm64", "windows/amd64"]);
        const needs =
            "has linux/arm64, windows/amd64, and the nodes need linux/amd64; use another version or other nodes";
        await refuses("shop/web:1.0", needs, ["linux/amd64", "linux/arm64"]);
        server.list("shop/none", "1.0", []);
        await refuses("shop/none:1.0", "has no platform, and the nodes need one; use another version or other nodes");
    });

    it("rejects a list whose image for the nodes is missing, as in a mirror that has one platform", async () => {
        server.list("shop/web", "1.0", ["linux/amd64", "linux/arm64"]);
        const child = server.image("shop/web", "linux/amd64");
        server.remove("shop/web", server.image("shop/web", "linux/arm64"));
        assert.equal((await resolve("shop/web:1.0", ["linux/amd64"])).platforms.length, 2);
        server.remove("shop/web", child);
        const reason = "it was deleted, never copied there, or is misspelt";
        await refuses("shop/web:1.0", `HOST has no manifests/${child} (MANIFEST_UNKNOWN): ${reason}`, ["linux/amd64"]);
    });

    it("rejects what is no manifest", async () => {
        const path = "GET /v2/shop/web/manifests/1.0";
        const form = "HOST sent a manifest of a form that is not known here:";
        const headers = { "content-type": "text/html" };
        server.faults.set(path, [{ status: 200, headers, body: "<html>" }]);
        await refuses("shop/web:1.0", `${form} text/html`);
        server.faults.set(path, [{ status: 200, body: '{"mediaType":"application/schema1"}' }]);
        await refuses("shop/web:1.0", `${form} application/schema1`);
        server.faults.set(path, [{ status: 200, body: '{"manifests":[{"digest":"../../evil"}]}' }]);
        await refuses("shop/web:1.0", `${form} without a type`);
        server.faults.set(path, [{ status: 200, body: "x".repeat(4 * 2 ** 20 + 1) }]);
        await refuses("shop/web:1.0", "HOST sent more than 4 MiB, which is no manifest");
        server.faults.set(path, [{ status: 410 }]);
        await refuses("shop/web:1.0", "HOST answers 410 to manifests/1.0 of shop/web");
    });
});

describe("an image's reference", () => {
    it("has the host, the name there and the tag, as container runtimes read it", () => {
        const parts = (image: string) => {
            const { host, repository, tag } = parseReference(image);
            return [host, repository, tag];
        };
        assert.deepEqual(parts("busybox:1.37"), ["docker.io", "library/busybox", "1.37"]);
        assert.deepEqual(parts("aquasec/kube-bench:v1"), ["docker.io", "aquasec/kube-bench", "v1"]);
        assert.deepEqual(parts("registry.k8s.io/pause:3.10.1"), ["registry.k8s.io", "pause", "3.10.1"]);
        assert.deepEqual(parts("localhost:5000/m/quay.io/a:1"), ["localhost:5000", "m/quay.io/a", "1"]);
        assert.throws(() => parseReference("localhost:5000/a"), { message: "localhost:5000/a has no tag" });
    });
});
