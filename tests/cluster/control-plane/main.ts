import { startControlPlane } from "./start-with-crds";

const help = `npm run control-plane            Start a Kubernetes control plane on loopback and keep it until Ctrl-C.
npm run control-plane -- --help  This text.

The cluster tests use the same one: etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok, with every
CustomResourceDefinition of tests/cluster/crds.lock.json. It starts without objects; create Node objects, and kwok
simulates their kubelets. Build the tools with: npm run toolchain -- etcd kubernetes kwok`;

async function main(args: readonly string[]): Promise<void> {
    if (args.includes("--help") || args.includes("-h")) {
        console.log(help);
        return;
    }
    if (args.length > 0) {
        throw new Error(`Unknown argument ${args.join(" ")}\n\n${help}`);
    }
    const stopped = stopSignal();
    const plane = await startControlPlane({ definitions: "all" }, (line) => {
        console.error(line);
    });
    console.log(`API server  ${plane.server}`);
    console.log(`kubeconfig  ${plane.kubeconfig}`);
    console.log(`\nexport KUBECONFIG=${plane.kubeconfig}\n\nPress Ctrl-C to stop it.`);
    // Reports a program that exited at once, instead of a hanging call later.
    const watch = setInterval(() => {
        try {
            plane.check();
        } catch (error) {
            fail(error);
            process.kill(process.pid, "SIGTERM");
        }
    }, 1000);
    await stopped;
    clearInterval(watch);
    await plane.stop();
}

/** Resolves at the first SIGINT, SIGTERM or SIGHUP. */
function stopSignal(): Promise<void> {
    return new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
            process.once(signal, () => {
                resolve();
            });
        }
    });
}

function fail(error: unknown): void {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
}

main(process.argv.slice(2)).catch(fail);
