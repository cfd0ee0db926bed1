import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { listAt, textAt } from "../../../tools/plan/json";
import { inputOf } from "../../components/deployed";
import { deployment } from "../../components/deployment";
import { Authority } from "../harness/authority";
import { program } from "../harness/programs";
import { execute, type Result } from "../valkey/execute";
import type { Role } from "./privileges";

interface Rendered {
    readonly command: readonly string[];
    readonly env: readonly { readonly name: string; readonly value: unknown }[];
}

/** The jobs and their users in Elasticsearch. */
export const users = { register: "search-snapshots", restore: "search-restore" } as const;

export type JobName = keyof typeof users;

/** The password of both. */
export const password = "long-password";

/** The rendered jobs of prod on AWS, as processes with the mounts of their pods. */
export class Jobs {
    private constructor(
        private readonly folder: string,
        private readonly resources: Awaited<ReturnType<typeof deployment>>["resources"],
        /** The rendered roles. */
        public readonly roles: Readonly<Record<string, Role>>,
    ) {}

    public static async render(): Promise<Jobs> {
        const { resources } = await deployment("aws", "prod");
        const secret = inputOf(resources, "kubernetes:core/v1:Secret", "search-users-roles");
        const file = textAt(secret, "data", "secret", "roles.yml") ?? assert.fail("no roles");
        const roles = JSON.parse(Buffer.from(file, "base64").toString()) as Record<string, Role>;
        const folder = mkdtempSync(join(tmpdir(), "snapshots-"));
        const authority = new Authority(join(folder, "own"));
        authority.issue(join(folder, "server"), "search-es-http", ["127.0.0.1"]);
        for (const [kind, user] of Object.entries(users)) {
            authority.issue(join(folder, kind, "authority"), "unused");
            mkdirSync(join(folder, kind, "login"));
            writeFileSync(join(folder, kind, "login", "username"), user);
            writeFileSync(join(folder, kind, "login", "password"), password);
        }
        return new Jobs(folder, resources, roles);
    }

    /** Folder of the server's certificate, which the jobs trust. */
    public get certificate(): string {
        return join(this.folder, "server");
    }

    /** Folder of a certificate for the same address, of an authority that they do not trust. */
    public strange(): string {
        const folder = join(this.folder, "stranger");
        new Authority(join(this.folder, "other")).issue(folder, "stranger", ["127.0.0.1"]);
        return folder;
    }

    /** Runs a job's container to its end. */
    public run(kind: JobName, address: string, more: Readonly<Record<string, string>> = {}): Promise<Result> {
        const job = inputOf(this.resources, "kubernetes:batch/v1:CronJob", `search-snapshots-${kind}`);
        const [container] = listAt(job, "spec", "jobTemplate", "spec", "template", "spec", "containers");
        const { command, env } = container as unknown as Rendered;
        const own = env.map(({ name, value }) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
        const variables = { ...(Object.fromEntries(own) as Record<string, string>), MOUNTS: join(this.folder, kind) };
        return execute(program("python3"), command.slice(1), { ...variables, ADDRESS: address, ...more });
    }

    public end(): void {
        rmSync(this.folder, { recursive: true });
    }
}
