import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { download } from "../../tools/crds/download";
import { crdsFolder, readCrds } from "../../tools/crds/folder";
import { lockFromSources } from "../../tools/crds/from-sources";
import { lockedFiles, readLock, sha256, type Lock } from "../../tools/crds/lock";

const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
`;
const source = `project: example
repository: https://github.com/example/things
ref: v1.2.3
commit: 0123456789abcdef0123456789abcdef01234567
licence: Apache-2.0
files (local name <- path in repository, change, CRD documents):
  things.yaml <- config/crd/things.yaml (unmodified, 1)
`;

describe("CustomResourceDefinitions", () => {
    let folder: string;
    let server: Server;
    let requests: string[];
    let respond: (path: string) => string | undefined;

    beforeEach((done) => {
        folder = mkdtempSync(join(tmpdir(), "crds-"));
        requests = [];
        respond = () => crd;
        server = createServer((request, response) => {
            requests.push(request.url ?? "");
            const text = respond(request.url ?? "");
            response.statusCode = text === undefined ? 404 : 200;
            response.end(text);
        }).listen(0, "127.0.0.1", done);
    });

    afterEach((done) => {
        rmSync(folder, { recursive: true });
        server.close(done);
        server.closeAllConnections();
    });

    function lock(sum: string = sha256(crd)): Lock {
        const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const file = (name: string) => ({ file: name, url: `${base}/${name}`, sha256: sum, count: 1 });
        return {
            projects: [
                { project: "example", version: "v1", licence: "Apache-2.0", files: [file("a.yaml"), file("b.yaml")] },
            ],
        };
    }

    it("the lock file pins 199 definitions of 25 projects by URL and checksum", () => {
        const { projects } = readLock();
        assert.equal(projects.length, 25);
        assert.equal(
            lockedFiles({ projects }).reduce((sum, { count }) => sum + count, 0),
            199,
        );
        lockedFiles({ projects }).forEach(({ url }) => {
            assert.match(url, /^https:\/\/raw\.githubusercontent\.com\/[\w.-]+\/[\w.-]+\/[0-9a-f]{40}\//);
        });
    });

    it("are downloaded once and read from the folder", async () => {
        assert.deepEqual(await download(lock(), folder), { fetched: 2, kept: 0 });
        assert.deepEqual(await download(lock(), folder), { fetched: 0, kept: 2 });
        assert.equal(requests.length, 2);
        assert.deepEqual(
            readCrds(folder, lock()).map(({ metadata }) => metadata.name),
            ["things.example.com", "things.example.com"],
        );
    });

    it("are refused and not stored when the checksum differs", async () => {
        await assert.rejects(download(lock(sha256("other")), folder), /sha256 is [0-9a-f]{64}, expected/);
        assert.deepEqual(readdirSync(folder), []);
    });

    it("are downloaded again when a download failed or a file was changed", async () => {
        respond = (path) => (path === "/b.yaml" ? undefined : crd);
        await assert.rejects(download(lock(), folder), /b\.yaml: 404/);
        respond = () => crd;
        assert.deepEqual(await download(lock(), folder), { fetched: 1, kept: 1 });
        writeFileSync(join(folder, "example", "a.yaml"), "changed");
        assert.throws(() => readCrds(folder, lock()), /a\.yaml differs from its checksum in .*\. Run: npm run crds/);
        assert.deepEqual(await download(lock(), folder), { fetched: 1, kept: 1 });
    });

    it("name the download command when they are missing", () => {
        assert.throws(() => readCrds(folder, lock()), /a\.yaml is missing\. Run: npm run crds/);
    });

    it("are read from CRDS_DIR when it is set", () => {
        assert.equal(crdsFolder({ CRDS_DIR: folder }), folder);
    });

    it("are locked from a folder of sources when the files are unmodified", () => {
        const project = join(folder, "example");
        mkdirSync(project);
        writeFileSync(join(project, "things.yaml"), crd);
        writeFileSync(join(project, "SOURCE"), source);
        const url =
            "https://raw.githubusercontent.com/example/things/0123456789abcdef0123456789abcdef01234567/config/crd/things.yaml";
        assert.deepEqual(lockFromSources(folder), {
            projects: [
                {
                    project: "example",
                    version: "v1.2.3",
                    licence: "Apache-2.0",
                    files: [{ file: "things.yaml", url, sha256: sha256(crd), count: 1 }],
                },
            ],
        });
        writeFileSync(
            join(project, "SOURCE"),
            readFileSync(join(project, "SOURCE"), "utf8").replace("unmodified", "trimmed"),
        );
        assert.throws(() => lockFromSources(folder), /only unmodified files can be locked/);
    });
});
