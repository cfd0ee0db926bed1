import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import type { Cluster } from "ioredis";

import { passwordSha256 } from "../../../components/cache/valkey/users";
import type { PlatformConfig } from "../../../components/platform-config";
import { Authority } from "../harness/authority";
import { program } from "../harness/programs";
import { objectOf, passwordOf, type RenderedCaches, renderCaches } from "../harness/rendered";
import { DataRun } from "../harness/run";
import { type RunningMember, serviceClient } from "./client";
import { execute, type Result } from "./execute";

interface Container {
    readonly name: string;
    readonly command: readonly string[];
    readonly args?: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/**
 * One rendered Valkey cluster as processes of Debian's Redis 7.0, which has every setting, command and user rule that is
 * rendered; each member has a loopback address of its own. Only addresses and folders of the rendered files are replaced.
 */
export class Servers {
    public readonly run = new DataRun();
    public members: readonly RunningMember[] = [];
    public rendered: RenderedCaches | undefined;
    public readonly authority = new Authority(join(this.run.folder, "authority"));
    /** `127.<a>.<b>`: a network of this run's own, besides which others may run. */
    private network = `127.${10 + (process.pid % 200)}`;
    private generation = 0;

    constructor(
        private readonly config: PlatformConfig,
        public readonly instance: "valkey-state" | "valkey-cache",
    ) {}

    /** Starts every member and its healing script. */
    public async start(): Promise<void> {
        this.rendered = await renderCaches(this.config);
        const bin = join(this.run.folder, "bin");
        mkdirSync(bin);
        symlinkSync(program("redis-server"), join(bin, "valkey-server"));
        symlinkSync(program("redis-cli"), join(bin, "valkey-cli"));
        // One program with redis-server, which looks at the name that it is called by.
        writeFileSync(join(bin, "valkey-check-rdb"), `exec ${program("redis-check-rdb")} "$@"\n`, { mode: 0o755 });
        this.authority.issue(join(this.run.folder, "client"), "client");
        const lines = (this.files()["members"] ?? "").trim().split("\n");
        this.members = lines.map((line, index) => {
            const [shard = "", member = "", host = ""] = line.split(" ");
            return {
                name: host.split("-0.")[0] ?? "",
                host,
                shard: +shard,
                member: +member,
                address: this.address(index),
            };
        });
        for (const member of this.members) {
            this.write(member);
            await this.startMember(member);
        }
    }

    /** A member's processes. */
    public async startMember(member: RunningMember): Promise<void> {
        const { name } = member;
        const server = this.container(name, "valkey");
        const fill = (text: string) => this.local(member, text.replaceAll("$(POD_IP)", member.address));
        const [command = "", ...args] = [...server.command, ...(server.args ?? [])].map(fill);
        await this.run.start(name, this.bin(command), args, {});
        await this.startHealing(member);
    }

    private async startHealing(member: RunningMember): Promise<void> {
        const heal = this.container(member.name, "heal");
        const [shell = "", ...script] = heal.command.map((text) => this.local(member, text));
        await this.run.start(`${member.name}-heal`, `/bin/${shell}`, script, this.env(member, heal));
    }

    /** Empties the folder of a stopped member's data. */
    public loseVolume(member: RunningMember): void {
        rmSync(join(this.folder(member), "data"), { recursive: true });
        mkdirSync(join(this.folder(member), "data"));
    }

    /** Gives a user another password in the file of a member, as a new Secret does. */
    public rotate(member: RunningMember, user: string, password: string): void {
        const path = join(this.folder(member), "users", "users.acl");
        const text = readFileSync(path, "utf8");
        writeFileSync(path, text.replace(passwordSha256(this.password(user)), passwordSha256(password)));
    }

    /** A client of a service, by what its pods get: the list of nodes, user, password, certificate. */
    public async client(workload: string): Promise<Cluster> {
        const settings = await this.settings(workload);
        return serviceClient(settings, this.password(workload), this.tlsFolder(), this.members);
    }

    /** Kills a member, with
    /** Stops and starts the healing script of a member, as a restart of its container does. */
    public async restartHealing(member: RunningMember): Promise<void> {
        await this.run.programs.stop(`${member.name}-heal`, "SIGTERM");
        await this.startHealing(member);
    }

    /** Kills a member, with its healing script, as a lost node does. */
    public async kill(member: RunningMember): Promise<void> {
        await this.run.programs.stop(`${member.name}-heal`, "SIGKILL");
        await this.run.programs.stop(member.name, "SIGKILL");
    }

    /** Gives every stopped member another address, as a restart of all pods does. */
    public moveAll(): void {
        this.generation += 1;
        this.members.forEach((member, index) => {
            member.address = this.address(index);
        });
        this.members.forEach((member) => {
            this.write(member);
        });
    }

    /** Runs a rendered script of a member's pod. */
    public script(member: RunningMember, name: string, env: Readonly<Record<string, string>> = {}): Promise<Result> {
        const path = this.local(member, `/etc/valkey/config/${name}`);
        return execute("/bin/sh", [path], { ...this.env(member), ...env });
    }

    /** A command of a user at a member. */
    public cli(
        member: RunningMember,
        user: string,
        args: readonly string[],
        folder = "client",
        password = this.password(user),
    ): Promise<Result> {
        const tls = join(this.run.folder, folder);
        const connection = ["-h", member.address, "-p", "6379", "--user", user, "--no-auth-warning", "--tls"];
        const files = ["--cert", `${tls}/tls.crt`, "--key", `${tls}/tls.key`, "--cacert", `${tls}/ca.crt`];
        const env = { REDISCLI_AUTH: password };
        return execute(program("redis-cli"), [...connection, ...files, ...args], env);
    }

    /** The first line of the reply to each of a user's commands, each over a connection of its own that sends it alone. */
    public async batch(member: RunningMember, user: string, commands: readonly string[]): Promise<string[]> {
        const replies: string[] = [];
        for (const command of commands) {
            const { output } = await this.cli(member, user, command.split(" "));
            replies.push(output.split("\n")[0] ?? "");
        }
        return replies;
    }

    /** A command without TLS. */
    public plaintext(member: RunningMember, args: readonly string[]): Promise<Result> {
        return execute(program("redis-cli"), ["-h", member.address, "-p", "6379", ...args], {});
    }

    /** Issues a client's certificate by an authority that the servers do not know. */
    public foreign(): string {
        const other = new Authority(join(this.run.folder, "other-authority"));
        other.issue(join(this.run.folder, "foreign"), "client");
        return "foreign";
    }

    /** Replaces a member's certificate as cert-manager does. */
    public renew(member: RunningMember): void {
        this.authority.issue(join(this.folder(member), "tls"), this.instance, [...this.names(), member.address]);
    }

    public password(user: string): string {
        return passwordOf(`${this.instance}-users-${user}`);
    }

    public tlsFolder(): string {
        return join(this.run.folder, "client");
    }

    public settings(workload: string): Promise<Record<string, string>> {
        return this.rendered!.settings(this.instance, workload);
    }

    /** The files of the rendered ConfigMap. */
    private files(): Readonly<Record<string, string>> {
        const map = objectOf(this.rendered!.objects, "ConfigMap", this.instance);
        return (map as { data: Readonly<Record<string, string>> }).data;
    }

    public end(): Promise<void> {
        return this.run.end();
    }

    /** An address of the run's own network. */
    public address(index: number): string {
        return `${this.network}.${10 + (this.instance === "valkey-state" ? 0 : 100) + this.generation}.${index + 1}`;
    }

    private bin(name: string): string {
        return join(this.run.folder, "bin", name);
    }

    private folder({ name }: RunningMember): string {
        return join(this.run.folder, name);
    }

    private names(): readonly string[] {
        const certificate = objectOf(this.rendered!.objects, "Certificate", `${this.instance}-certificate`);
        return (certificate["spec"] as { dnsNames: string[] }).dnsNames;
    }

    private container(member: string, name: string): Container {
        const set = objectOf(this.rendered!.objects, "StatefulSet", member) as {
            spec: { template: { spec: { containers: readonly Container[] } } };
        };
        return set.spec.template.spec.containers.find((one) => one.name === name)!;
    }

    private env(member: RunningMember, { env = [] }: Partial<Container> = {}): Record<string, string> {
        const own = env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
        const path = `${join(this.run.folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
        return { ...Object.fromEntries(own), POD_IP: member.address, PATH: path };
    }

    /** Replaces folders and the address that the server listens on. */
    private local(member: RunningMember, text: string): string {
        return text
            .replaceAll("/etc/valkey", this.folder(member))
            .replaceAll(/^dir \/data$/gm, `dir ${join(this.folder(member), "data")}`)
            .replaceAll("bind * -::*", `bind ${member.address}`);
    }

    private write(member: RunningMember): void {
        const folder = this.folder(member);
        ["config", "users", "data"].forEach((name) => mkdirSync(join(folder, name), { recursive: true }));
        for (const [name, text] of Object.entries(this.files())) {
            const replaced = this.members.reduce((all, { host, address }) => all.replaceAll(host, address), text);
            writeFileSync(join(folder, "config", name), this.local(member, name === "members" ? replaced : text));
        }
        const secret = objectOf(this.rendered!.objects, "Secret", `${this.instance}-users`) as {
            data: Readonly<Record<string, string>>;
        };
        for (const [name, text] of Object.entries(secret.data)) {
            writeFileSync(join(folder, "users", name), Buffer.from(text, "base64"));
        }
        this.renew(member);
    }
}
