import * as pulumi from "@pulumi/pulumi";

import { cache } from "../../../components/cache";
import type { Cluster } from "../../../components/cluster/types";
import type { PlatformConfig } from "../../../components/platform-config";
import type { Storage } from "../../../components/storage/types";
import type { Store } from "../../../components/layer";
import { workloads } from "../../../catalog/workloads";
import { declaredOf, namespaceNames } from "../../components/layers";

/** The password that a run generates for a resource. */
export function passwordOf(resource: string): string {
    return `${resource}-password`.replaceAll(/[^a-zA-Z0-9]/g, "x");
}

/** A rendered Kubernetes object: the inputs of its resource. */
export interface Rendered {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** The objects of the cache layer as an update would create them, with passwords known, and what services get. */
export interface RenderedCaches {
    readonly objects: readonly Rendered[];
    readonly settings: (store: string, workload: string) => Promise<Record<string, string>>;
}

/** Secrets are unwrapped: the suite's programs read them as the pods do. */
function plain(value: unknown): unknown {
    if (pulumi.runtime.isRpcSecret(value)) {
        return plain((value as { value: unknown }).value);
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]))
        : value;
}

/** The bucket of backups, which an existing cluster has not. */
function bucketOf({ cloud }: PlatformConfig): Storage["backups"] {
    const [name, url] = [pulumi.output("backups"), pulumi.output(cloud === "gcp" ? "gs://backups" : "s3://backups")];
    return cloud === "existing" ? undefined : { name, url, key: undefined };
}

/** Renders the cache layer of a configuration. */
export async function renderCaches(config: PlatformConfig): Promise<RenderedCaches> {
    const objects: Rendered[] = [];
    await pulumi.runtime.setMocks(
        {
            call: () => ({}),
            newResource: (args) => {
                const inputs = plain(args.inputs) as Record<string, unknown>;
                objects.push({ type: args.type, name: args.name, inputs });
                const random = args.type === "random:index/randomPassword:RandomPassword";
                const generated = random ? { result: passwordOf(args.name), bcryptHash: "none" } : {};
                return { id: `${args.name}-id`, state: { ...inputs, ...generated } };
            },
        },
        "shop",
        "test",
        false,
    );
    class Root extends pulumi.ComponentResource {
        constructor(name: string) {
            super("test:data:Root", name, {}, {});
            this.registerOutputs({});
        }
    }
    const root = new Root("root");
    const internal = { group: "cert-manager.io", kind: "ClusterIssuer", name: pulumi.output("internal") } as const;
    const stores = cache.create(
        "cache",
        {
            config,
            workloads,
            declared: declaredOf(config),
            stores: {},
            network: undefined,
            addons: { releases: {}, ready: {}, priority: new Root("priority") },
            certificates: { internal },
            security: namespaceNames,
            cluster: { name: pulumi.output("cluster") } as Cluster,
            storage: { backups: bucketOf(config) } as Storage,
        },
        { parent: root },
    );
    await pulumi.runtime.disconnect();
    return {
        objects,
        settings: (name, workload) =>
            new Promise((resolve) => {
                const store = (stores as unknown as Readonly<Record<string, Store>>)[name];
                pulumi.output(store?.settingsOf(workload) ?? {}).apply(resolve as (values: unknown) => void);
            }),
    };
}

/** The inputs of the one object of a kind with a name in the cluster. */
export function objectOf(all: readonly Rendered[], kind: string, name: string): Readonly<Record<string, unknown>> {
    const found = all.filter(
        ({ type, inputs }) =>
            type.endsWith(`:${kind}`) && (inputs["metadata"] as { name?: string } | undefined)?.name === name,
    );
    if (found.length !== 1) {
        throw new Error(`${found.length} objects ${kind} ${name}`);
    }
    return found[0]!.inputs;
}
