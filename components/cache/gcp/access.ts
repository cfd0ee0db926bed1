import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../../catalog/graph";
import { labels } from "../../common/labels";
import type { Namespaces } from "../../security/types";
import type { InstanceName } from "../instances";

/** Arguments of {@link MemorystoreAccess}. */
export interface MemorystoreAccessArgs {
    readonly instance: InstanceName;
    readonly callers: readonly StoreCaller[];
    readonly namespaces: Namespaces;
    /** Names of the users, by workload. */
    readonly users: Readonly<Record<string, pulumi.Output<string>>>;
    /** Certificates of the instance's authority, as PEM. */
    readonly authority: pulumi.Output<string>;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/**
 * The Secret of each caller, under the name that it has for pods too: its user and the authority of the instance's
 * certificates. No password: callers get tokens from the node, which last for an hour (SC-05, SC-06).
 */
export class MemorystoreAccess extends pulumi.ComponentResource {
    /** Names of the Secrets by workload, each in its workload's namespace. */
    public readonly serviceSecrets: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: MemorystoreAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:MemorystoreAccess", name, {}, opts);
        const { instance, callers, namespaces, users, authority } = args;
        const secrets = callers.map(({ workload, namespace }) => {
            const secretName = `${instance}-${workload}`;
            const secret = new k8s.core.v1.Secret(
                `${name}-${workload}`,
                {
                    metadata: {
                        name: secretName,
                        namespace: namespaces[namespace],
                        labels: labels(secretName, "cache"),
                    },
                    type: "Opaque",
                    data: {
                        username: (users[workload] ?? pulumi.output("")).apply(base64),
                        "ca.crt": authority.apply(base64),
                    },
                },
                { parent: this },
            );
            return [workload, secret.metadata.name] as const;
        });
        this.serviceSecrets = Object.fromEntries(secrets);
        this.registerOutputs({ serviceSecrets: this.serviceSecrets });
    }
}
