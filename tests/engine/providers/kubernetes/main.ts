import { version } from "@pulumi/kubernetes/package.json";
import { serve } from "../core/serve";
import { RemoteStore } from "../core/store-server";
import { ApiServerBackend } from "./api-server";
import { KUBECONFIG_VARIABLE, clientOf } from "./connection";
import { Releases } from "./helm";
import { Journal } from "./journal";
import { MemoryBackend } from "./memory";
import { UNREADY_VARIABLE } from "./unready";
import { KubernetesProvider } from "./provider";

serve((): KubernetesProvider => {
    const store = RemoteStore.fromEnvironment();
    const kubeconfig = process.env[KUBECONFIG_VARIABLE];
    const objects =
        kubeconfig === undefined
            ? new MemoryBackend(store, process.env)
            : new ApiServerBackend(clientOf(kubeconfig), new Journal(store), process.env);
    const unready = (process.env[UNREADY_VARIABLE] ?? "").split(",");
    return new KubernetesProvider(version, { objects, releases: new Releases(store) }, unready);
});
