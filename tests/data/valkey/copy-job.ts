import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

import { program } from "../harness/programs";
import { objectOf } from "../harness/rendered";
import { execute, type Result } from "./execute";
import type { Servers } from "./servers";

interface Container {
    readonly name: string;
    readonly command: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

interface CronJob {
    readonly spec: {
        readonly jobTemplate: {
            readonly spec: {
                readonly template: {
                    readonly spec: {
                        readonly initContainers: readonly Container[];
                        readonly containers: readonly Container[];
                    };
                };
            };
        };
    };
}

/** Modules with the part of the clouds' SDKs that the uploader uses, over a folder. */
export const sdk = resolve(__dirname, "../bucket/sdk");

/** The rendered jobs that copy a cluster to the bucket and back, as processes. */
export class CopyJobs {
    public readonly folder: string;
    public readonly bucket: string;

    constructor(private readonly servers: Servers) {
        this.folder = join(servers.run.folder, "copy");
        this.bucket = join(servers.run.folder, "bucket");
    }

    /** Runs a job's containers one after the other, until one fails. */
    public async run(kind: "backup" | "restore", env: Readonly<Record<string, string>> = {}): Promise<Result[]> {
        const job = objectOf(this.servers.rendered!.objects, "CronJob", `valkey-state-${kind}`) as unknown as CronJob;
        const { initContainers, containers } = job.spec.jobTemplate.spec.template.spec;
        this.write(kind);
        const results: Result[] = [];
        for (const one of [...initContainers, ...containers]) {
            const result = await this.container(kind, one, env);
            results.push(result);
            if (result.code !== 0) {
                break;
            }
        }
        return results;
    }

    private container(kind: string, { command, env = [] }: Container, more: Readonly<Record<string, string>>) {
        const mounts = join(this.servers.run.folder, `${kind}-job`);
        const fill = (text: string) => text.replaceAll("/etc/valkey", mounts).replaceAll(/^\/copy$/g, this.folder);
        const [name = "", ...args] = command.map(fill);
        const own = Object.fromEntries(env.map((one) => [one.name, fill(one.value ?? "")]));
        const path = `${join(this.servers.run.folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
        return execute(name === "python3" ? program("python3") : name, args, {
            ...own,
            PATH: path,
            PYTHONPATH: sdk,
            BUCKET_FOLDER: this.bucket,
            // An address of this run's network, as the pod's own loopback address is the pod's.
            ...(kind === "restore" ? { LOCAL_ADDRESS: this.servers.address(50) } : {}),
            ...more,
        });
    }

    /** The volumes of a pod; the copy's is empty at first. */
    private write(kind: "backup" | "restore"): void {
        const { servers } = this;
        const mounts = join(servers.run.folder, `${kind}-job`);
        ["backup", "config", "login"].forEach((name) => mkdirSync(join(mounts, name), { recursive: true }));
        [this.folder, this.bucket].forEach((path) => mkdirSync(path, { recursive: true }));
        const scripts = objectOf(servers.rendered!.objects, "ConfigMap", "valkey-state-backup") as {
            data: Readonly<Record<string, string>>;
        };
        for (const [name, text] of Object.entries(scripts.data)) {
            writeFileSync(join(mounts, "backup", name), text.replaceAll("/etc/valkey", mounts));
        }
        writeFileSync(join(mounts, "login", "username"), kind);
        writeFileSync(join(mounts, "login", "password"), servers.password(kind));
        const members = servers.members.map(({ shard, member, address }) => `${shard} ${member} ${address}\n`);
        writeFileSync(join(mounts, "config", "members"), members.join(""));
        servers.authority.issue(join(mounts, "tls"), "client");
    }
}
