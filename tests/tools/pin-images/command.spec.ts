import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type ImageLock, readLock } from "../../../config/image-lock";
import { help } from "../../../tools/pin-images/args";
import { pinImages } from "../../../tools/pin-images/command";
import { imagesOfStack } from "../../../tools/pin-images/wanted";
import { copyProject } from "../plan/project";
import { production } from "./images";
import { RegistryServer, sha256 } from "./server";

const standIn = "ghcr.io/stefanprodan/podinfo:6.10.1";
const platforms = ["linux/amd64", "linux/arm64"];

describe("npm run pin-images", () => {
    let server: RegistryServer;
    let folder: string;
    let lockFile: string;
    let images: readonly string[];
    /** Digests in the mirror by image. */
    let digests: Record<string, string>;

    const nameOf = (image: string) => image.slice(0, image.lastIndexOf(":"));
    const tagOf = (image: string) => image.slice(image.lastIndexOf(":") + 1);
    const publish = (image: string, build: string, own: readonly string[] = platforms): void => {
        digests[image] = server.list(`mirror/${nameOf(image)}`, tagOf(image), own, build);
    };
    const stackFile = (stack: string) => join(folder, "project", `Pulumi.${stack}.yaml`);

    beforeEach(async () => {
        server = await new RegistryServer().start();
        folder = mkdtempSync(join(tmpdir(), "pin-images-"));
        lockFile = join(folder, "images.lock.json");
        copyProject(join(folder, "project"), "dev", "prod");
        for (const stack of ["dev", "prod"]) {
            const text = readFileSync(stackFile(stack), "utf8");
            writeFileSync(stackFile(stack), `${text}  ecommerce-platform:images:\n    mirror: ${server.host}/mirror\n`);
        }
        images = imagesOfStack(join(folder, "project"), "prod", undefined).images;
        digests = {};
        images.forEach((image) => {
            publish(image, "1");
        });
    });
    afterEach(async () => {
        await server.stop();
        rmSync(folder, { recursive: true });
    });

    async function run(args: readonly string[], date = "2026-11-21") {
        const [stdout, stderr]: [string[], string[]] = [[], []];
        const client = { fetch, timeoutMs: 5000, pausesMs: [], credentials: () => Promise.resolve(undefined) };
        const code = await pinImages(args, {
            root: join(folder, "project"),
            lockFile,
            client,
            date,
            stdout: (text) => stdout.push(text),
            stderr: (text) => stderr.push(text),
            paint: (_style, text) => text,
        });
        return { code, stdout, stderr };
    }

    const locked = (date: string, own: Readonly<Record<string, string>> = digests): ImageLock => ({
        images: Object.fromEntries(images.map((image) => [image, { digest: own[image]!, platforms, date }])),
    });
    const line = (kind: string, image: string, text: string) => `${kind.padEnd(9)}  ${image}: ${text}`;
    const lookingUp = () => `Looking up ${images.length} images of dev, prod`;

    it("writes the digests of every image of every stack, as their mirror has them", async () => {
        const { code, stdout, stderr } = await run([]);
        assert.deepEqual(stderr, [lookingUp()]);
        assert.deepEqual(stdout, [
            ...images.map((image) => line("added", image, `${digests[image]!} (${platforms.join(", ")})`)),
            `images.lock.json: ${images.length} added`,
        ]);
        assert.equal(code, 0);
        assert.deepEqual(readLock(lockFile), locked("2026-11-21"));
        assert.ok(!existsSync(`${lockFile}.new`));
        assert.deepEqual(images, production(standIn));
    });

    it("writes the same bytes again, with the dates of the first look-up", async () => {
        await run([]);
        const before = readFileSync(lockFile, "utf8");
        const { code, stdout } = await run([], "2027-01-01");
        assert.deepEqual(stdout, [
            ...images.map((image) => line("unchanged", image, digests[image]!)),
            `images.lock.json: ${images.length} unchanged`,
        ]);
        assert.equal(code, 0);
        assert.equal(readFileSync(lockFile, "utf8"), before);
        assert.equal(before, `${JSON.stringify(locked("2026-11-21"), undefined, 4)}\n`);
    });

    it("writes nothing if a tag is gone, and names all that are", async () => {
        await run([]);
        const before = readFileSync(lockFile, "utf8");
        const gone = [images[0]!, standIn];
        for (const image of gone) {
            server.untag(`mirror/${nameOf(image)}`, tagOf(image));
        }
        const { code, stdout, stderr } = await run([]);
        assert.equal(code, 1);
        const reason = (image: string) =>
            `${server.host}/mirror/${image}: ${server.host} has no tag ${tagOf(image)} (MANIFEST_UNKNOWN): it was deleted, never copied there, or is misspelt`;
        assert.deepEqual(
            stdout.filter((text) => text.startsWith("failed")),
            gone.map((image) => line("failed", image, reason(image))),
        );
        assert.equal(stdout.at(-1), `images.lock.json: 2 failed, ${images.length - 2} unchanged`);
        assert.deepEqual(stderr, [
            lookingUp(),
            "error: not every image could be looked up; images.lock.json is as it was",
        ]);
        assert.equal(readFileSync(lockFile, "utf8"), before);
    });

    it("refuses a tag that has moved since the look-up, and takes it with --update", async () => {
        await run([]);
        const old = digests[standIn]!;
        const before = locked("2026-11-21", { ...digests });
        publish(standIn, "2");
        const moved = line("moved", standIn, `from ${old} of 2026-11-21 to ${digests[standIn]!}`);
        for (const args of [[], ["--check"]]) {
            const { code, stdout, stderr } = await run(args, "2026-12-01");
            assert.equal(code, 1);
            assert.deepEqual(
                stdout.filter((text) => !text.startsWith("unchanged")),
                [moved, `images.lock.json: 1 moved, ${images.length - 1} unchanged`],
            );
            assert.deepEqual(stderr, [
                lookingUp(),
                "error: a tag is another image than when it was looked up; find out why, then run npm run pin-images -- --update",
            ]);
            assert.deepEqual(readLock(lockFile), before);
        }
        assert.equal((await run(["--update"], "2026-12-01")).code, 0);
        const after = locked("2026-11-21");
        after.images[standIn] = { digest: digests[standIn]!, platforms, date: "2026-12-01" };
        assert.deepEqual(readLock(lockFile), after);
    });

    it("refuses an image without the platform of the nodes, or of --platform", async () => {
        publish(standIn, "1", ["linux/arm64"]);
        const from = `${server.host}/mirror/${standIn}: `;
        const has = (text: string) => line("failed", standIn, `${from}has ${text}; use another version or other nodes`);
        const first = await run([]);
        assert.equal(first.code, 1);
        assert.ok(first.stdout.includes(has("linux/arm64, and the nodes need linux/amd64")), first.stdout.join("\n"));
        assert.ok(!existsSync(lockFile));
        assert.equal((await run(["--platform", "linux/arm64"])).code, 0);
        const other = await run(["--platform", "linux/arm64", "--platform", "linux/s390x"]);
        assert.ok(other.stdout.includes(has("linux/arm64, and the nodes need linux/s390x")), other.stdout.join("\n"));
    });

    it("removes images that no stack runs, unless it is asked for one stack or cloud", async () => {
        await run([]);
        const unused = { digest: sha256("old"), platforms, date: "2026-01-01" };
        const lock = { images: { "quay.io/old:1": unused, ...locked("2026-11-21").images } };
        writeFileSync(lockFile, JSON.stringify(lock));
        for (const args of [["dev"], ["--cloud", "gcp"]]) {
            const some = await run(args);
            assert.deepEqual([some.code, some.stdout.filter((text) => text.startsWith("removed"))], [0, []]);
            assert.deepEqual(readLock(lockFile), lock);
        }
        const { code, stdout } = await run([]);
        assert.equal(code, 0);
        assert.ok(stdout.includes(line("removed", "quay.io/old:1", "no stack runs it")), stdout.join("\n"));
        assert.deepEqual(readLock(lockFile), locked("2026-11-21"));
    });

    it("checks for CI that the lock is complete, without writing", async () => {
        const missing = "images.lock.json is missing; restore it from version control, or run npm run pin-images";
        assert.deepEqual(await run(["--check"]), { code: 2, stdout: [], stderr: [`error: ${missing}`] });
        await run([]);
        assert.equal((await run(["--check"])).code, 0);
        const lock = locked("2026-11-21");
        const without = Object.fromEntries(Object.entries(lock.images).filter(([image]) => image !== standIn));
        const unused = { "quay.io/old:1": { digest: sha256("old"), platforms, date: "2026-01-01" } };
        for (const incomplete of [without, { ...lock.images, ...unused }]) {
            writeFileSync(lockFile, JSON.stringify({ images: incomplete }));
            const { code, stderr } = await run(["--check"]);
            assert.equal(code, 1);
            assert.equal(stderr[1], "error: images.lock.json is not complete; run npm run pin-images, and commit it");
            assert.deepEqual(readLock(lockFile), { images: incomplete });
        }
    });

    it("looks up a stack that demands digests and has none yet", async () => {
        const text = readFileSync(stackFile("prod"), "utf8");
        writeFileSync(stackFile("prod"), `${text}    requireDigests: true\n`);
        assert.equal((await run(["prod"])).code, 0);
        assert.deepEqual(readLock(lockFile), locked("2026-11-21"));
    });

    it("refuses a mirror's copy with another digest than another stack's", async () => {
        const second = `${server.host}/second`;
        const text = readFileSync(stackFile("dev"), "utf8");
        writeFileSync(stackFile("dev"), text.replace(`${server.host}/mirror`, second));
        const copies = Object.fromEntries(
            images.map((image) => [image, server.list(`second/${nameOf(image)}`, tagOf(image), platforms, "1")]),
        );
        assert.equal((await run([])).code, 0);
        copies[standIn] = server.list(`second/${nameOf(standIn)}`, tagOf(standIn), ["linux/amd64"], "1");
        const { code, stdout } = await run(["--update"]);
        assert.equal(code, 1);
        const both = `${server.host}/mirror/${standIn} is ${digests[standIn]!}, and ${second}/${standIn} is ${copies[standIn]}`;
        const expected = line("failed", standIn, `${both}; copy the image with its digest and all its platforms`);
        assert.ok(stdout.includes(expected), stdout.join("\n"));
    });

    it("explains itself, and refuses other options, stacks and mistakes of the configuration with code 2", async () => {
        assert.deepEqual(await run(["--help"]), { code: 0, stdout: [help.trimEnd()], stderr: [] });
        const refuses = async (args: readonly string[], message: string) => {
            assert.deepEqual(await run(args), { code: 2, stdout: [], stderr: [`error: ${message}`] });
        };
        await refuses(["--force"], "Unknown option '--force'. See npm run pin-images -- --help.");
        await refuses(["--check", "--update"], "--check writes nothing, and --update writes; give one of them.");
        await refuses(["--cloud", "azure"], '--cloud: "azure" is not known; give one of gcp, aws, existing.');
        const platform = '--platform: "arm64" is not valid; give an operating system and a processor, as linux/arm64.';
        await refuses(["--platform", "arm64"], platform);
        await refuses(["live"], 'There is no stack "live"; there are dev, prod.');
        writeFileSync(stackFile("dev"), "config:\n  ecommerce-platform:tier: dev\n");
        const mistakes = await run([]);
        assert.equal(mistakes.code, 2);
        assert.match(
            mistakes.stderr.join("\n"),
            /^error: Pulumi\.dev\.yaml has 2 mistakes:\n {2}ecommerce-platform:cloud: /,
        );
        assert.deepEqual(server.requests, []);
    });
});
