import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** The value that must never be seen in anything a plan says or writes. */
export const hidden = "hunter2-hunter2";

/** A component with one resource of each thing that the recorder treats in its own way. */
class Sample extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("shop:sample:Sample", name, {}, opts);
        const child = { parent: this };
        const namespace = new k8s.core.v1.Namespace(`${name}-namespace`, { metadata: { name: "shop" } }, child);
        const password = new random.RandomPassword(`${name}-password`, { length: 20 }, child);
        const metadata = { name: "settings", namespace: namespace.metadata.name };
        const settings = new k8s.core.v1.ConfigMap(
            `${name}-settings`,
            { metadata, data: { plain: "seen", token: pulumi.secret(hidden) } },
            { ...child, ignoreChanges: ["data"], retainOnDelete: true, aliases: [{ name: "old-settings" }] },
        );
        new k8s.core.v1.Secret(
            `${name}-login`,
            { metadata: { ...metadata, name: "login" }, data: { user: "c2hvcA==", password: pulumi.secret(hidden) } },
            { ...child, protect: true, dependsOn: [settings], customTimeouts: { create: "5m" } },
        );
        new k8s.core.v1.Secret(
            `${name}-database`,
            { metadata: { ...metadata, name: "database" }, data: { password: password.result } },
            { ...child, deleteBeforeReplace: true, replaceOnChanges: ["data"] },
        );
        new Inner(`${name}-inner`, password.result, child);
        this.registerOutputs({});
    }
}

/** A component below a component, whose children's URNs name both. */
class Inner extends pulumi.ComponentResource {
    constructor(name: string, value: pulumi.Input<string>, opts?: pulumi.ComponentResourceOptions) {
        super("shop:sample:Inner", name, {}, opts);
        new k8s.core.v1.ConfigMap(
            name,
            { metadata: { name: "inner", namespace: "shop", annotations: { hash: value } }, data: { key: "value" } },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

/** Registers the sample and a loose resource with a provider of its own. */
export function sampleProgram(): Promise<Record<string, unknown>> {
    const provider = new k8s.Provider("cluster", { kubeconfig: pulumi.secret(hidden) });
    new Sample("sample", { providers: [provider] });
    new k8s.core.v1.ConfigMap("loose", { metadata: { name: "loose", namespace: "shop" }, data: { a: "b" } });
    const stackName = new pulumi.Config("ecommerce-platform").require("tier");
    return Promise.resolve({ stackName, provider: provider.id, password: pulumi.secret(hidden) });
}
