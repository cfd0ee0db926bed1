import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { usersPod } from "../../../../components/search/managed/pod";
import { Authority } from "../../../data/harness/authority";
import { program } from "../../../data/harness/programs";
import { managedConfig } from "../kinds";
import { SecurityApi } from "./security-api";

const login = { user: "administrator", password: "of-the-suite" };
const role = (index: string) => ({
    cluster_permissions: ["indices:data/write/bulk"],
    index_permissions: [{ index_patterns: [index, `${index}-*`], allowed_actions: ["read", "write"] }],
});
const user = (name: string, hash = "$2a$10$hash") => [name, { hash: `${hash}${name}`, role: role(name) }] as const;

/** The rendered program of the Job, against a stand-in of the API on the loopback interface. */
describe("the program that creates the users of OpenSearch (SE-01, SC-05)", () => {
    let root = "";
    let api: SecurityApi;
    let host = "";

    const run = async (users: readonly (readonly [string, object])[], own: Readonly<Record<string, string>> = {}) => {
        const file = join(root, "users.json");
        writeFileSync(file, JSON.stringify({ users: Object.fromEntries(users) }));
        const pod = usersPod({ config: managedConfig("prod"), host, administrator: "administrator", users: "users" });
        const [container] = pod.containers as { readonly command: readonly string[] }[];
        const [, ...args] = (container?.command ?? []).map((one) => (one === "/users/users.json" ? file : one));
        const env = {
            ...process.env,
            HOST: host,
            USERNAME: login.user,
            PASSWORD: login.password,
            // The system's authorities, in place of those of the image.
            SSL_CERT_FILE: join(root, "server", "ca.crt"),
            ...own,
        };
        return new Promise<{ readonly status: number; readonly lines: readonly string[] }>((resolve) => {
            execFile(program("python3"), args, { env }, (error, stdout, stderr) => {
                const status = error === null ? 0 : Number(error.code);
                resolve({ status, lines: `${stdout}${stderr}`.trim().split("\n") });
            });
        });
    };

    before(() => {
        root = mkdtempSync(join(tmpdir(), "search-users-"));
        new Authority(join(root, "authority")).issue(join(root, "server"), "search", ["localhost"]);
        new Authority(join(root, "other")).issue(join(root, "other-server"), "search", ["localhost"]);
    });
    after(() => {
        rmSync(root, { recursive: true });
    });
    beforeEach(async () => {
        api = new SecurityApi(join(root, "server"), login);
        host = await api.start();
    });
    afterEach(() => api.stop());

    it("creates a role, a user with the hash, and what gives the role to the user", async () => {
        assert.deepEqual(await run([user("product"), user("reports")]), {
            status: 0,
            lines: ["product: created or replaced", "reports: created or replaced", "audit log: enabled"],
        });
        assert.deepEqual(api.entries.roles, {
            product: { reserved: false, ...role("product") },
            reports: { reserved: false, ...role("reports") },
        });
        assert.deepEqual(api.entries.internalusers["product"], {
            reserved: false,
            hash: "$2a$10$hashproduct",
            attributes: { owner: "ecommerce-platform" },
        });
        assert.deepEqual(api.entries.rolesmapping["product"], { reserved: false, users: ["product"] });
        assert.deepEqual(api.changes, [
            ...["roles", "internalusers", "rolesmapping"].map((kind) => `PUT ${kind}/product`),
            ...["roles", "internalusers", "rolesmapping"].map((kind) => `PUT ${kind}/reports`),
            "PUT audit/config",
        ]);
    });

    it("switches the audit log on and keeps the rest of its settings", async () => {
        await run([]);
        assert.deepEqual(api.audit, { enabled: true, audit: { enable_rest: true }, compliance: { enabled: true } });
    });

    it("changes nothing in a second run", async () => {
        await run([user("product")]);
        const { entries } = structuredClone({ entries: api.entries });
        assert.deepEqual(await run([user("product")]), { status: 0, lines: ["product: created or replaced"] });
        assert.deepEqual(api.entries, entries);
    });

    it("gives a user another password", async () => {
        await run([user("product")]);
        await run([user("product", "$2a$10$other")]);
        assert.equal(api.entries.internalusers["product"]?.["hash"], "$2a$10$otherproduct");
    });

    it("deletes users that no longer call the store, and no others", async () => {
        await run([user("product"), user("reports")]);
        // As a run that stopped halfway left it.
        delete api.entries.rolesmapping["reports"];
        const { status, lines } = await run([user("product")]);
        assert.deepEqual([status, lines], [0, ["product: created or replaced", "reports: deleted"]]);
        assert.deepEqual(Object.keys(api.entries.internalusers), ["administrator", "product"]);
        assert.deepEqual(Object.keys(api.entries.roles), ["product"]);
    });

    it("fails with the reason of a refusal", async () => {
        const broken = ["product", { hash: "", role: role("product") }] as const;
        const { status, lines } = await run([broken]);
        assert.equal(status, 1);
        assert.match(lines.at(-1) ?? "", /^400 https:.*internalusers\/product: .*Please specify either 'hash'/);
    });

    it("fails where a deletion is refused", async () => {
        await run([user("product")]);
        api.failures.set("DELETE roles/product", { status: 403, body: { message: "reserved" } });
        const { status, lines } = await run([]);
        assert.equal(status, 1);
        assert.match(lines.at(-1) ?? "", /^403 .*roles\/product: .*reserved/);
    });

    it("sends its password to no server with a certificate of another authority", async () => {
        const { status, lines } = await run([user("product")], {
            SSL_CERT_FILE: join(root, "other-server", "ca.crt"),
        });
        assert.equal(status, 1);
        assert.match(lines.join("\n"), /CERTIFICATE_VERIFY_FAILED/);
        assert.deepEqual(api.changes, []);
    });
});
