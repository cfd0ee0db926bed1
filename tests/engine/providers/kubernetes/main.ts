import { version } from "@pulumi/kubernetes/package.json";
import { serve } from "../core/serve";
import { RemoteStore } from "../core/store-server";
import { Releases } from "./helm";
import { MemoryBackend } from "./memory";
import { KubernetesProvider } from "./provider";

serve((): KubernetesProvider => {
    const store = RemoteStore.fromEnvironment();
    const objects = new MemoryBackend(store);
    return new KubernetesProvider(version, {
        objects,
        releases: new Releases(store),
        requireNamespace: (reference) => objects.requireNamespace(reference),
    });
});
