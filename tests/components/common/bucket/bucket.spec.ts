import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { bucketContainer } from "../../../../components/common/bucket/container";
import { program } from "../../../data/harness/programs";

const sdk = resolve(__dirname, "../../../data/bucket/sdk");
const images = { mirror: undefined, pins: {} };

/** The rendered program over folders in place of buckets. */
describe("files in the stack's bucket (BK-06)", () => {
    let root = "";
    const local = () => join(root, "copy");
    const remote = (path: string) => join(root, "bucket", "backups", path);
    const run = (command: "put" | "get", scheme: "gs" | "s3", env: Readonly<Record<string, string>>) => {
        const container = bucketContainer({
            name: command,
            images,
            url: `${scheme}://backups`,
            command,
            prefix: "store",
            volume: "copy",
            env,
        });
        const [, ...args] = (container.command as string[]).map((arg) => (arg === "/copy" ? local() : arg));
        const variables = Object.fromEntries(
            (container.env as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
        );
        const all = { ...process.env, ...variables, PYTHONPATH: sdk, BUCKET_FOLDER: join(root, "bucket") };
        const { status, stdout, stderr } = spawnSync(program("python3"), args, { env: all, encoding: "utf8" });
        return { status, lines: `${stdout}${stderr}`.trim().split("\n") };
    };
    const addCopy = (name: string, files: readonly string[]) => {
        mkdirSync(remote(`store/${name}`), { recursive: true });
        files.forEach((file) => {
            writeFileSync(remote(`store/${name}/${file}`), `${name} ${file}`);
        });
    };
    const ago = (days: number) =>
        `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;

    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "bucket-"));
        mkdirSync(local());
    });

    afterEach(() => {
        rmSync(root, { recursive: true });
    });

    for (const scheme of ["gs", "s3"] as const) {
        it(`are uploaded to ${scheme}, and copies past their days are deleted`, () => {
            const [old, kept] = [ago(8), ago(6)];
            addCopy(old, ["data", "manifest"]);
            addCopy(kept, ["data", "manifest"]);
            ["data", "manifest"].forEach((name) => {
                writeFileSync(join(local(), name), name);
            });
            const { status, lines } = run("put", scheme, { KEEP_DAYS: "7" });
            assert.equal(status, 0, lines.join("\n"));
            const [first, now = ""] = readdirSync(remote("store")).filter(
                (name) => readdirSync(remote(`store/${name}`)).length > 0,
            );
            assert.equal(first, kept);
            assert.deepEqual(lines, [`store/${now}: 2 files`, `store/${old}: deleted after 7 days`]);
            assert.deepEqual(readdirSync(remote(`store/${now}`)), ["data", "manifest"]);
            assert.equal(readFileSync(remote(`store/${now}/data`), "utf8"), "data");
        });

        it(`are downloaded from ${scheme}: the newest complete copy, or the one that is named`, () => {
            addCopy(ago(3), ["data", "manifest"]);
            addCopy(ago(2), ["data", "manifest"]);
            addCopy(ago(1), ["data"]);
            const newest = run("get", scheme, { COPY: "" });
            assert.match(newest.lines.join(), /^store\/[^:]*: 2 files$/);
            assert.equal(readFileSync(join(local(), "data"), "utf8").slice(0, 10), ago(2).slice(0, 10));
            const [named = ""] = readdirSync(remote("store"));
            assert.deepEqual(run("get", scheme, { COPY: named }), { status: 0, lines: [`store/${named}: 2 files`] });
            assert.equal(readFileSync(join(local(), "data"), "utf8"), `${named} data`);
        });
    }

    it("are refused without a manifest, with nothing uploaded and nothing deleted", () => {
        addCopy(ago(30), ["manifest"]);
        writeFileSync(join(local(), "data"), "data");
        const { status, lines } = run("put", "s3", { KEEP_DAYS: "7" });
        assert.deepEqual({ status, lines }, { status: 1, lines: [`${local()} has no manifest: nothing is uploaded`] });
        assert.equal(readdirSync(remote("store")).length, 1);
    });

    it("that do not exist are named with those that do", () => {
        addCopy("2026-11-01T02-20-00Z", ["manifest"]);
        assert.deepEqual(run("get", "gs", { COPY: "2026-11-02T02-20-00Z" }), {
            status: 1,
            lines: ["no copy 2026-11-02T02-20-00Z below store; there are: 2026-11-01T02-20-00Z"],
        });
    });

    it("are copied by a container without rights, with the image's own Python", () => {
        const { command, ...rest } = bucketContainer({
            name: "upload",
            images,
            url: "gs://backups",
            command: "put",
            prefix: "store",
            volume: "copy",
            env: { KEEP_DAYS: "7" },
        });
        assert.deepEqual(
            (command as string[]).filter((_, index) => index !== 2),
            ["python3", "-c", "put", "store", "/copy"],
        );
        assert.deepEqual(rest, {
            name: "upload",
            image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
            imagePullPolicy: "Always",
            env: [
                { name: "BUCKET", value: "gs://backups" },
                { name: "KEEP_DAYS", value: "7" },
            ],
            resources: {
                requests: { cpu: "50m", memory: "128Mi", "ephemeral-storage": "64Mi" },
                limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "64Mi" },
            },
            securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [{ name: "copy", mountPath: "/copy" }],
        });
    });
});

describe("the shell and Python programs of the jobs", () => {
    const root = resolve(__dirname, "../../../..");
    const list = (pattern: string) =>
        execFileSync("git", ["ls-files", `components/**/${pattern}`], { cwd: root, encoding: "utf8" })
            .trim()
            .split("\n");

    for (const file of list("*.sh")) {
        it(`${file} is a program of sh`, () => {
            const { status, stderr } = spawnSync("sh", ["-n", join(root, file)], { encoding: "utf8" });
            assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
        });
    }

    for (const file of list("*.py")) {
        it(`${file} compiles`, () => {
            const source = readFileSync(join(root, file), "utf8");
            const check = "import sys; compile(sys.stdin.read(), 'program', 'exec')";
            const { status, stderr } = spawnSync(program("python3"), ["-W", "error", "-c", check], {
                input: source,
                encoding: "utf8",
            });
            assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
        });
    }
});
