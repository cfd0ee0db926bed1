import assert from "node:assert/strict";

import type { Result } from "../valkey/execute";
import { type JobName, Jobs, password, users } from "./jobs";
import { StandIn } from "./stand-in";

const days = (count: number): number => Date.UTC(2026, 10, 22) - count * 86_400_000;

/** The jobs as they are rendered, against the endpoints that Elasticsearch documents. Rows SE-01, BK-06. */
describe("the jobs of Elasticsearch's snapshots", () => {
    let jobs: Jobs;
    let search: StandIn;
    let address = "";

    before(async () => {
        jobs = await Jobs.render();
    });

    beforeEach(async () => {
        search = new StandIn(jobs.roles, password);
        address = await search.start(jobs.certificate);
    });

    afterEach(() => search.stop());

    after(() => {
        jobs.end();
    });

    const run = (kind: JobName, more: Readonly<Record<string, string>> = {}): Promise<Result> =>
        jobs.run(kind, address, more);

    describe("registering", () => {
        const repository = {
            type: "s3",
            settings: {
                bucket: "shop-backup-prod-123456789012-us-east-1",
                base_path: "elasticsearch",
                max_multipart_upload_cleanup_size: 0,
            },
        };
        const policy = {
            schedule: "0 30 3 * * ?",
            name: "<search-{now/d}>",
            repository: "backup",
            config: { indices: ["product", "product-*"], ignore_unavailable: true, include_global_state: false },
            retention: { expire_after: "7d", min_count: 1 },
        };

        it("creates the repository, which each node checks, and the policy", async () => {
            assert.deepEqual(await run("register"), {
                code: 0,
                output: "repository backup: every node can use it\npolicy daily: written\nsnapshots: none yet",
            });
            assert.deepEqual(search.requests, [
                "PUT /_snapshot/backup?verify=true",
                "GET /_slm/policy/daily",
                "PUT /_slm/policy/daily",
                "GET /_slm/status",
                "GET /_snapshot/backup/*?sort=start_time&order=desc",
            ]);
            assert.deepEqual([search.repository, search.policy], [repository, policy]);
        });

        it("leaves a policy that is as it should be, and names the complete snapshots", async () => {
            search.policy = policy;
            search.history = { last_success: { snapshot_name: "search-b", time: 2 }, last_failure: { time: 1 } };
            const one = { state: "SUCCESS", indices: [] } as const;
            search.snapshots = [
                { ...one, snapshot: "search-a", start_time_in_millis: days(2) },
                { ...one, snapshot: "search-b", start_time_in_millis: days(1) },
                { ...one, snapshot: "search-c", start_time_in_millis: days(0), state: "PARTIAL" },
            ];
            assert.deepEqual(await run("register"), {
                code: 0,
                output: "repository backup: every node can use it\nsnapshots: search-b search-a",
            });
            assert.ok(!search.requests.includes("PUT /_slm/policy/daily"));
        });

        it("changes a policy that is not", async () => {
            search.policy = { ...policy, retention: { expire_after: "30d", min_count: 1 } };
            const { code, output } = await run("register");
            assert.deepEqual([code, output.includes("policy daily: written")], [0, true]);
            assert.deepEqual(search.policy, policy);
        });

        it("fails with the innermost reason when a node cannot use the bucket", async () => {
            search.unusable = "Access Denied (Service: S3, Status Code: 403)";
            assert.deepEqual(await run("register"), {
                code: 1,
                output:
                    "PUT /_snapshot/backup: 500 [backup] path [elasticsearch] is not accessible on master node; " +
                    "Access Denied (Service: S3, Status Code: 403)",
            });
            assert.equal(search.requests.length, 1);
        });

        it("fails when the last snapshot failed", async () => {
            search.policy = policy;
            const details = JSON.stringify({ type: "snapshot_exception", reason: "failed to create", caused_by: null });
            search.history = {
                last_success: { snapshot_name: "search-a", time: 1 },
                last_failure: { snapshot_name: "search-b", time: 2, details },
            };
            const { code, output } = await run("register");
            assert.equal(code, 1);
            assert.match(output, /the last snapshot, search-b, failed: failed to create$/);
            // Without a success before, too.
            search.history = { last_failure: { snapshot_name: "search-b", time: 2, details: "no JSON" } };
            assert.match((await run("register")).output, /the last snapshot, search-b, failed: no JSON$/);
        });

        it("fails while policies are stopped", async () => {
            search.mode = "STOPPED";
            const { code, output } = await run("register");
            assert.equal(code, 1);
            assert.match(output, /policies are STOPPED: no snapshots are made until POST \/_slm\/start$/);
        });
    });

    describe("restoring", () => {
        const one = { state: "SUCCESS", start_time_in_millis: days(1) } as const;

        beforeEach(() => {
            search.repository = {};
            search.snapshots = [
                { ...one, snapshot: "search-old", start_time_in_millis: days(3), indices: ["product-1"] },
                { ...one, snapshot: "search-new", indices: ["product-2", "product-1", ".internal", "others"] },
                { ...one, snapshot: "search-partial", start_time_in_millis: days(0), state: "PARTIAL", indices: [] },
            ];
        });

        it("closes what exists and restores the indexes of the newest complete snapshot", async () => {
            search.indices = { "product-1": "open", "product-3": "open", others: "open" };
            assert.deepEqual(await run("restore"), {
                code: 0,
                output: "closed: product-1\nsearch-new: restored product-1 product-2, 2 shards",
            });
            assert.deepEqual(search.requests, [
                "GET /_snapshot/backup/*?sort=start_time&order=desc",
                "GET /product,product-*/_settings?ignore_unavailable=true&allow_no_indices=true&expand_wildcards=all",
                "POST /product-1/_close",
                "POST /_snapshot/backup/search-new/_restore?wait_for_completion=true",
            ]);
            assert.deepEqual(search.bodies.at(-1), {
                indices: "product-1,product-2",
                include_global_state: false,
                feature_states: ["none"],
            });
            assert.deepEqual(search.indices, {
                "product-1": "open",
                "product-2": "open",
                "product-3": "open",
                others: "open",
            });
        });

        it("restores a named snapshot into an empty cluster", async () => {
            assert.deepEqual(await run("restore", { SNAPSHOT: "search-old" }), {
                code: 0,
                output: "search-old: restored product-1, 1 shards",
            });
            assert.ok(!search.requests.some((line) => line.endsWith("/_close")));
        });

        it("opens the indexes again when the restore is refused", async () => {
            search.indices = { "product-1": "open" };
            search.restoreRefused = "cannot restore index [product-1] with [1] shards from a snapshot with [2]";
            const { code, output } = await run("restore");
            assert.equal(code, 1);
            assert.match(output, /opened again: product-1\nPOST .*_restore: 500 cannot restore index \[product-1\]/);
            assert.deepEqual(search.indices, { "product-1": "open" });
        });

        it("fails when a shard is not restored", async () => {
            search.failedShards = 1;
            assert.deepEqual(await run("restore"), { code: 1, output: "1 of 2 shards were not restored" });
        });

        it("fails without a complete snapshot, of that name or at all, and closes nothing", async () => {
            search.indices = { "product-1": "open" };
            assert.deepEqual(await run("restore", { SNAPSHOT: "search-partial" }), {
                code: 1,
                output: "no complete snapshot search-partial",
            });
            assert.deepEqual(await run("restore", { SNAPSHOT: "search-none" }), {
                code: 1,
                output: "GET /_snapshot/backup/search-none: 404 [backup:search-none] is missing",
            });
            search.snapshots = [];
            assert.deepEqual(await run("restore"), { code: 1, output: "no complete snapshot at all" });
            search.snapshots = [{ ...one, snapshot: "search-empty", indices: ["others"] }];
            assert.deepEqual(await run("restore"), {
                code: 1,
                output: "search-empty has none of product product-*",
            });
            assert.deepEqual(search.indices, { "product-1": "open" });
        });
    });

    it("fail without an answer, with another authority and with another password", async () => {
        const stranger = new StandIn(jobs.roles, "another-password");
        const untrusted = await stranger.start(jobs.strange());
        assert.match((await run("register", { ADDRESS: untrusted })).output, /^PUT .*CERTIFICATE_VERIFY_FAILED/);
        assert.deepEqual(stranger.requests, []);
        await stranger.stop();
        assert.match((await run("register", { ADDRESS: untrusted })).output, /^PUT .*Connection refused/);
        await search.stop();
        search = new StandIn(jobs.roles, "another-password");
        address = await search.start(jobs.certificate);
        assert.deepEqual(await run("restore"), {
            code: 1,
            output: "GET /_snapshot/backup/*: 401 unable to authenticate user [search-restore]",
        });
    });

    it("may not do the other's work", async () => {
        for (const [kind, user] of [
            ["register", users.restore],
            ["restore", users.register],
        ] as const) {
            search.repository = {};
            search.snapshots = [
                { snapshot: "a", state: "SUCCESS", start_time_in_millis: days(1), indices: ["product"] },
            ];
            const exchanged = { ...jobs.roles, [users[kind]]: jobs.roles[user] ?? assert.fail(user) };
            await search.stop();
            search = Object.assign(new StandIn(exchanged, password), {
                repository: search.repository,
                snapshots: search.snapshots,
            });
            address = await search.start(jobs.certificate);
            const { code, output } = await run(kind);
            assert.equal(code, 1);
            assert.match(output, /403 action \[(cluster|indices):[a-z/]+\] is unauthorized for user/);
        }
    });

    it("are refused requests that no page documents", async () => {
        assert.equal((await run("register", { REPOSITORY: "{}", POLICY: "{}" })).code, 0);
        const { code, output } = await run("restore", { INDICES: "_all" });
        assert.equal(code, 1);
        assert.match(output, /no complete snapshot at all/);
        search.snapshots = [{ snapshot: "a", state: "SUCCESS", start_time_in_millis: days(1), indices: ["_all"] }];
        assert.match((await run("restore", { INDICES: "_all" })).output, /400 no handler found for uri \[\/_all/);
    });
});
