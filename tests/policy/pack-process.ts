import { spawn, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { PolicyResource } from "../../policy/evaluate";

type Fields = Record<string, JavaScriptValue>;
type Reply<T> = (error: grpc.ServiceError | null, reply: T) => void;

/** The pack in a separate process, started and called over gRPC like the engine does. */
export class PackProcess {
    private constructor(
        private readonly process: ChildProcess,
        private readonly client: AnalyzerClient,
        /** Time from start until the pack printed its port. */
        public readonly startMilliseconds: number,
    ) {}

    public static async start(): Promise<PackProcess> {
        const root = path.resolve(__dirname, "../..");
        const runner = path.join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
        const begun = Date.now();
        // The engine's arguments: its address, and the pack's folder, which is also the working directory.
        const child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], { cwd: path.join(root, "policy") });
        const port = await firstLine(child);
        const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
        return new PackProcess(child, client, Date.now() - begun);
    }

    public info(): Promise<proto.AnalyzerInfo> {
        return call((reply: Reply<proto.AnalyzerInfo>) => this.client.getAnalyzerInfo(new Empty(), reply));
    }

    public async configure(
        config: Record<string, { level?: proto.EnforcementLevel; properties?: Fields }>,
    ): Promise<void> {
        const request = new proto.ConfigureAnalyzerRequest();
        for (const [policy, { level, properties }] of Object.entries(config)) {
            const own = new proto.PolicyConfig();
            own.setEnforcementlevel(level ?? proto.EnforcementLevel.MANDATORY);
            own.setProperties(Struct.fromJavaScript(properties ?? {}));
            request.getPolicyconfigMap().set(policy, own);
        }
        await call((reply: Reply<Empty>) => this.client.configure(request, reply));
    }

    public async analyze(resource: PolicyResource): Promise<proto.AnalyzeDiagnostic.AsObject[]> {
        const request = new proto.AnalyzeRequest();
        fill(request, resource);
        const reply = await call((done: Reply<proto.AnalyzeResponse>) => this.client.analyze(request, done));
        return reply.getDiagnosticsList().map((diagnostic) => diagnostic.toObject());
    }

    public async analyzeStack(resources: readonly PolicyResource[]): Promise<proto.AnalyzeDiagnostic.AsObject[]> {
        const request = new proto.AnalyzeStackRequest();
        for (const resource of resources) {
            const one = new proto.AnalyzerResource();
            fill(one, resource);
            request.addResources(one);
        }
        const reply = await call((done: Reply<proto.AnalyzeResponse>) => this.client.analyzeStack(request, done));
        return reply.getDiagnosticsList().map((diagnostic) => diagnostic.toObject());
    }

    public stop(): void {
        this.client.close();
        this.process.kill();
    }
}

function fill(
    message: proto.AnalyzeRequest | proto.AnalyzerResource,
    { urn, type, name, props }: PolicyResource,
): void {
    message.setUrn(urn);
    message.setType(type);
    message.setName(name);
    message.setProperties(Struct.fromJavaScript(props as Fields));
    message.setOptions(new proto.AnalyzerResourceOptions());
}

function call<T>(send: (reply: Reply<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
        send((error, reply) => {
            if (error === null) {
                resolve(reply);
            } else {
                reject(error);
            }
        });
    });
}

/** The port, the pack's first line of output; an early exit is an error with the pack's stderr. */
function firstLine(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
        let out = "";
        let errors = "";
        child.stderr?.on("data", (chunk: Buffer) => {
            errors += chunk.toString();
        });
        child.stdout?.on("data", (chunk: Buffer) => {
            out += chunk.toString();
            const line = /^(\d+)\r?\n/.exec(out)?.[1];
            if (line !== undefined) {
                resolve(line);
            }
        });
        child.once("exit", (code) => {
            reject(new Error(`the pack exited with ${code ?? "a signal"} before it printed a port:\n${errors}`));
        });
    });
}
