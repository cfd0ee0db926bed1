/**
 * A minimal Node language host for `pulumi preview` and `pulumi up`: it starts the program and the policy pack with node,
 * as Pulumi's host does, which is available in Pulumi's release archives only. With it the suite runs the README's commands
 * with the runtime options of Pulumi.yaml.
 */
import * as grpc from "@grpc/grpc-js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as service from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";

/** Flags for node itself, from `runtime.options.nodeargs` of Pulumi.yaml. */
function nodeFlags(options: Struct | undefined): string[] {
    const flags = options?.toJavaScript()["nodeargs"];
    return typeof flags === "string" ? flags.split(" ").filter((flag) => flag !== "") : [];
}

/** A script of the program's Pulumi SDK. */
function script(folder: string, name: string): string {
    return createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
}

/** Exit code of the SDK after it has reported the error to the user. */
const reportedError = 32;

function run(
    call: grpc.ServerUnaryCall<language.RunRequest, language.RunResponse>,
    callback: grpc.sendUnaryData<language.RunResponse>,
): void {
    const request = call.request;
    const info = request.getInfo();
    const folder = info?.getProgramDirectory() ?? request.getPwd();
    const args = [
        ...nodeFlags(info?.getOptions()),
        script(folder, "run"),
        `--monitor=${request.getMonitorAddress()}`,
        `--engine=${process.argv[2] ?? ""}`,
        `--project=${request.getProject()}`,
        `--root-directory=${info?.getRootDirectory() ?? folder}`,
        `--stack=${request.getStack()}`,
        `--organization=${request.getOrganization()}`,
        `--parallel=${request.getParallel()}`,
        `--pwd=${folder}`,
        ...(request.getDryrun() ? ["--dry-run"] : []),
        info?.getEntryPoint() ?? ".",
    ];
    const env = {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        // From Pulumi.yaml; `true` would load the program through ts-node with type checks.
        PULUMI_NODEJS_TYPESCRIPT: info?.getOptions()?.toJavaScript()["typescript"] === false ? "false" : "true",
    };
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", (error) => {
        callback(error);
    });
    child.on("exit", (code) => {
        const response = new language.RunResponse();
        response.setBail(code === reportedError);
        if (code !== 0 && code !== reportedError) {
            response.setError(`the program exited with code ${code ?? "none"}`);
        }
        callback(null, response);
    });
}

function runPlugin(call: grpc.ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>): void {
    const request = call.request;
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
    const args = [script(folder, "run-policy-pack"), ...request.getArgsList(), folder];
    const env = Object.fromEntries(
        request.getEnvList().map((entry) => entry.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env } });
    const send = (fill: (response: language.RunPluginResponse) => void): void => {
        const response = new language.RunPluginResponse();
        fill(response);
        call.write(response);
    };
    child.stdout.on("data", (data: Buffer) => {
        send((response) => response.setStdout(data));
    });
    child.stderr.on("data", (data: Buffer) => {
        send((response) => response.setStderr(data));
    });
    // "close" follows "exit" when the whole output has been read.
    child.on("close", (code) => {
        send((response) => response.setExitcode(code ?? 1));
        call.end();
    });
    call.on("cancelled", () => child.kill());
    process.on("exit", () => child.kill());
}

const server = new grpc.Server();
server.addService(service.LanguageRuntimeService, {
    run,
    runPlugin,
    handshake: (_call: unknown, callback: grpc.sendUnaryData<language.LanguageHandshakeResponse>) => {
        callback(null, new language.LanguageHandshakeResponse());
    },
    getPluginInfo: (_call: unknown, callback: grpc.sendUnaryData<plugin.PluginInfo>) => {
        callback(null, new plugin.PluginInfo());
    },
    getRequiredPackages: (_call: unknown, callback: grpc.sendUnaryData<language.GetRequiredPackagesResponse>) => {
        callback(null, new language.GetRequiredPackagesResponse());
    },
    getRequiredPlugins: (_call: unknown, callback: grpc.sendUnaryData<language.GetRequiredPluginsResponse>) => {
        callback(null, new language.GetRequiredPluginsResponse());
    },
    cancel: (_call: unknown, callback: grpc.sendUnaryData<Empty>) => {
        callback(null, new Empty());
    },
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) {
        throw error;
    }
    process.stdout.write(`${port}\n`);
});
// Exit with the engine: a changed parent process id means that it was killed.
const parent = process.ppid;
setInterval(() => {
    if (process.ppid !== parent) {
        process.exit(1);
    }
}, 1000).unref();
