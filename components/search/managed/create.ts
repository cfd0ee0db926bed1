import type * as pulumi from "@pulumi/pulumi";

import { Credentials } from "../../common/credentials";
import type { Cluster } from "../../cluster/types";
import type { LayerArgs } from "../../layer";
import type { Network } from "../../network/types";
import type { Namespaces } from "../../security/types";
import { callerCredentials } from "../caller-credentials";
import type { LayerConfig } from "../layer-config";
import { indexOf } from "../roles";
import { type Search, searchNamespace } from "../types";
import { openSearchRole } from "./roles";
import { administrator, administratorSecret, apiPort, type CreateEngine, managedEndpoint } from "./types";
import { UsersJob } from "./users-job";

/** Arguments of {@link createManagedSearch}. */
export type ManagedSearchArgs = LayerArgs<LayerConfig> & {
    readonly network: Network | undefined;
    readonly cluster: Cluster;
    readonly security: Namespaces;
    readonly engine: CreateEngine;
};

/** Creates a managed engine and its users, behind the same store as Elasticsearch's pods (SE-01). */
export function createManagedSearch(
    name: string,
    { config, declared, network, cluster, security: namespaces, engine: create }: ManagedSearchArgs,
    opts: pulumi.ComponentResourceOptions,
): Search {
    const { kind, passwordGeneration: generation, engine } = config.search;
    if (network === undefined) {
        throw new Error(`search.kind ${kind} needs the stack's own network; give eck on an existing cluster`);
    }
    const namespace = namespaces[searchNamespace];
    const master = new Credentials(
        `${name}-${administrator}`,
        {
            secretName: administratorSecret,
            component: "search",
            username: administrator,
            namespaces: { [searchNamespace]: namespace },
            generation,
            // Required of the master user.
            everyClass: true,
        },
        opts,
    );
    const { host, resource } = create(
        `${name}-engine`,
        { config, network, cluster, administrator: { name: administrator, password: master.password } },
        opts,
    );
    const callers = callerCredentials(
        `${name}-users`,
        { callers: declared.graph.storeCallers("elasticsearch"), namespaces, generation },
        opts,
    );
    const job = new UsersJob(
        `${name}-create-users`,
        {
            config,
            namespace,
            host,
            administrator: master.secretIn(searchNamespace),
            users: callers.map(({ caller, credentials }) => ({
                name: caller.workload,
                role: openSearchRole(caller),
                passwordHash: credentials.passwordHash,
            })),
            needs: [resource],
        },
        opts,
    );
    const secrets = new Map(callers.map(({ caller, secretName }) => [caller.workload, secretName] as const));
    return {
        elasticsearch: {
            endpoint: managedEndpoint(config),
            address: host.apply((known) => `${known}:${apiPort}`),
            credentialsOf: (workload) => secrets.get(workload),
            // The engine, since clients of Elasticsearch refuse others from 7.14 on: https://docs.opensearch.org/latest/clients.
            // The authority, since the certificate is of Amazon's public one, which the system trusts.
            settingsOf: (workload) => ({ INDEX: indexOf({ workload }), ENGINE: engine, CA: "system" }),
            ready: [resource, job.resource],
        },
    };
}
