import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { listAt } from "../../../tools/plan/json";
import { databaseObject } from "../../components/database/objects";
import { program } from "../harness/programs";
import { execute } from "../valkey/execute";

interface Rendered {
    readonly command: readonly string[];
    readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** The rendered program of a job, and its variables. */
async function jobOf(name: string): Promise<Rendered> {
    const job = await databaseObject(`CronJob database-retention-${name}`, "aws", "prod");
    const [container] = listAt(job, "spec", "jobTemplate", "spec", "template", "spec", "containers");
    return container as unknown as Rendered;
}

async function runJob(name: string, env: Readonly<Record<string, string>>) {
    const { command, env: own } = await jobOf(name);
    const [, ...args] = command;
    const variables = Object.fromEntries(own.map((one) => [one.name, one.value]));
    return execute(program("python3"), args, { ...variables, ...env });
}

/** The jobs that keep and delete backups, run as they are rendered. Rows X19, ST-04, BK-06. */
describe("the retention of the database's backups", () => {
    let folder = "";
    const path = [resolve(__dirname, "barman"), process.env["PATH"] ?? ""].join(delimiter);
    const now = new Date();
    const month = (back: number, day: string) =>
        `${new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7).replace("-", "")}${day}`;
    const add = (id: string, status = "DONE") => {
        writeFileSync(join(folder, id), status);
    };
    const monthly = () => runJob("monthly", { DESTINATION: "s3://backups/postgres", BACKUPS: folder, PATH: path });

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "retention-"));
        mkdirSync(join(folder, "keep"));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("keeps the first complete backup of the month, and no second one", async () => {
        add(month(0, "01T020001"), "FAILED");
        add(month(0, "02T020001"));
        add(month(0, "03T020001"));
        assert.deepEqual(await monthly(), { code: 0, output: `${month(0, "02T020001")}: kept` });
        assert.deepEqual(await monthly(), { code: 0, output: "" });
        assert.deepEqual(readdirSync(join(folder, "keep")), [month(0, "02T020001")]);
    });

    it("keeps none of an earlier month, of which older ones may be deleted already", async () => {
        add(month(1, "27T020001"));
        assert.deepEqual(await monthly(), { code: 0, output: "" });
    });

    it("releases those of a year ago, and keeps those of eleven months ago", async () => {
        for (const id of [month(12, "01T020001"), month(11, "01T020001"), month(0, "01T020001")]) {
            add(id);
            writeFileSync(join(folder, "keep", id), "standalone\n");
        }
        assert.deepEqual(await monthly(), { code: 0, output: `${month(12, "01T020001")}: released` });
        assert.deepEqual(readdirSync(join(folder, "keep")), [month(11, "01T020001"), month(0, "01T020001")]);
    });

    describe("of snapshots", () => {
        let server: Server;
        let requests: string[] = [];
        let items: object[] = [];
        const backup = (name: string, days: number, own: object = {}) => ({
            metadata: {
                name,
                creationTimestamp: new Date(now.getTime() - days * 86_400_000).toISOString().replace(/\.\d+/, ""),
            },
            spec: { method: "volumeSnapshot", cluster: { name: "postgres" } },
            status: { phase: "completed" },
            ...own,
        });
        const snapshots = () => {
            const { port } = server.address() as AddressInfo;
            return runJob("snapshots", { API_SERVER: `http://127.0.0.1:${port}`, ACCOUNT: folder });
        };

        beforeEach(async () => {
            requests = [];
            server = createServer(({ method = "", url = "", headers }, response) => {
                requests.push(`${method} ${url} ${headers.authorization ?? ""}`);
                response.end(JSON.stringify({ items }));
            });
            await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
            writeFileSync(join(folder, "token"), "secret-token");
            // An empty file is no list of certificates; the system's are not read.
            writeFileSync(join(folder, "ca.crt"), "");
        });

        afterEach(() => {
            server.close();
        });

        it("deletes those older than the recovery window, of this method and Cluster only", async () => {
            items = [
                backup("old", 8),
                backup("failed", 9, { status: { phase: "failed" } }),
                backup("new", 6),
                backup("full", 30, { spec: { method: "plugin", cluster: { name: "postgres" } } }),
                backup("other", 30, { spec: { method: "volumeSnapshot", cluster: { name: "restored" } } }),
            ];
            const { code, output } = await snapshots();
            assert.equal(code, 0, output);
            const path = "/apis/postgresql.cnpg.io/v1/namespaces/data/backups";
            assert.deepEqual(requests, [
                `GET ${path} Bearer secret-token`,
                `DELETE ${path}/failed Bearer secret-token`,
                `DELETE ${path}/old Bearer secret-token`,
            ]);
        });

        it("keeps the newest complete one, however old it is", async () => {
            items = [backup("older", 20), backup("old", 10), backup("failed", 1, { status: { phase: "failed" } })];
            assert.equal((await snapshots()).code, 0);
            assert.deepEqual(
                requests.slice(1).map((one) => one.split(" ")[1]?.split("/").pop()),
                ["older"],
            );
        });
    });
});
