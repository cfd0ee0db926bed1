import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { dockerCredentials } from "../../../../tools/pin-images/registry/credentials";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("the credentials of docker login", () => {
    let folder: string;
    let env: NodeJS.ProcessEnv;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "docker-"));
        env = { PATH: `${folder}:${process.env["PATH"] ?? ""}`, DOCKER_CONFIG: folder };
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    function config(content: object): void {
        writeFileSync(join(folder, "config.json"), JSON.stringify(content));
    }

    /** A credential helper that records what it is asked. */
    function helper(name: string, body: string): void {
        const file = join(folder, `docker-credential-${name}`);
        writeFileSync(file, `#!/bin/sh\necho "$1 $(cat)" >> ${folder}/asked\n${body}\n`);
        chmodSync(file, 0o755);
    }

    const asked = () => readFileSync(join(folder, "asked"), "utf8").trim().split("\n");

    it("are none without a file, and without an entry of the host", async () => {
        assert.equal(await dockerCredentials(env)("quay.io"), undefined);
        config({ auths: { "quay.io": { auth: base64("ci:pw") }, "empty.example.com": {} } });
        assert.equal(await dockerCredentials(env)("ghcr.io"), undefined);
        assert.equal(await dockerCredentials(env)("empty.example.com"), undefined);
    });

    it("are written in the file: by host or address, Docker Hub's under its old one, identity tokens beside", async () => {
        config({
            auths: {
                "quay.io": { auth: base64("ci:p:w") },
                "https://old.example.com/v2/": { auth: base64("old:pw") },
                "https://index.docker.io/v1/": { auth: base64("hub:pw") },
                "shop.azurecr.io": { auth: base64("00000000:"), identitytoken: "identity" },
            },
        });
        const credentials = dockerCredentials(env);
        assert.deepEqual(await credentials("quay.io"), { username: "ci", password: "p:w" });
        assert.deepEqual(await credentials("old.example.com"), { username: "old", password: "pw" });
        assert.deepEqual(await credentials("docker.io"), { username: "hub", password: "pw" });
        assert.deepEqual(await credentials("shop.azurecr.io"), { identityToken: "identity" });
    });

    it("are in the home folder where DOCKER_CONFIG is not set", async () => {
        mkdirSync(join(folder, ".docker"));
        writeFileSync(
            join(folder, ".docker", "config.json"),
            JSON.stringify({ auths: { a: { auth: base64("u:p") } } }),
        );
        assert.deepEqual(await dockerCredentials({ HOME: folder })("a"), { username: "u", password: "p" });
    });

    it("come from the host's helper, else from the store, once for each host", async () => {
        config({ credsStore: "store", credHelpers: { "shop.dkr.ecr.us-east-1.amazonaws.com": "ecr" } });
        helper("ecr", `echo '{"ServerURL":"x","Username":"AWS","Secret":"pw"}'`);
        helper("store", `echo '{"ServerURL":"x","Username":"<token>","Secret":"identity"}'`);
        const credentials = dockerCredentials(env);
        const aws = { username: "AWS", password: "pw" };
        assert.deepEqual(await credentials("shop.dkr.ecr.us-east-1.amazonaws.com"), aws);
        assert.deepEqual(await credentials("shop.dkr.ecr.us-east-1.amazonaws.com"), aws);
        assert.deepEqual(await credentials("docker.io"), { identityToken: "identity" });
        assert.deepEqual(asked(), ["get shop.dkr.ecr.us-east-1.amazonaws.com", "get https://index.docker.io/v1/"]);
    });

    it("are those of the file where the store has none", async () => {
        config({ credsStore: "store", auths: { "quay.io": { auth: base64("ci:pw") } } });
        helper("store", "echo credentials not found in native keychain; exit 1");
        assert.deepEqual(await dockerCredentials(env)("quay.io"), { username: "ci", password: "pw" });
        assert.equal(await dockerCredentials(env)("ghcr.io"), undefined);
    });

    it("are an error where the helper or the file is broken, without its output where that may be a secret", async () => {
        config({ credsStore: "store" });
        const rejects = (message: string | RegExp) =>
            assert.rejects(dockerCredentials(env)("quay.io"), { name: "RegistryError", message });
        await rejects(/^docker-credential-store, which Docker's configuration names for quay\.io, fails: .*ENOENT/);
        helper("store", "echo token expired; exit 3");
        await rejects("docker-credential-store has no credentials for quay.io: token expired");
        helper("store", "exit 3");
        await rejects("docker-credential-store has no credentials for quay.io: exit status 3");
        helper("store", "echo secret");
        await rejects("docker-credential-store prints something other than JSON");
        writeFileSync(join(folder, "config.json"), "{");
        await rejects(`${join(folder, "config.json")} is not valid JSON; correct it, or run docker login again`);
    });
});
