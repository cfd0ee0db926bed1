import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type Block, blocks, root } from "./project";

const folder = join(root, "docs/runbooks");

/** The blocks of a runbook. */
export function runbook(name: string): Block[] {
    return blocks(readFileSync(join(folder, `${name}.md`), "utf8"));
}

/** Names of the runbooks. */
export const runbooks: readonly string[] = readdirSync(folder)
    .flatMap((file) => /^(.*)\.md$/.exec(file)?.[1] ?? [])
    .sort();

/** Every command of a runbook, in order: the lines of its shell and SQL blocks. */
export function commandsOf(name: string): string[] {
    return runbook(name)
        .filter(({ info }) => info === "sh" || info === "sql")
        .flatMap(({ lines }) => lines);
}

/** How a command is proved, by its exact text. */
export interface Ways {
    /** `kubectl` runs it against the API server: `tests/cluster/runbooks.spec.ts`. */
    readonly cluster: readonly string[];
    /** PostgreSQL runs its SQL: `tests/data/postgres/runbooks.spec.ts`, `migrations.spec.ts`. */
    readonly data: readonly string[];
    /** The stack's configuration accepts it: `tests/docs/runbooks.spec.ts`. */
    readonly configuration: readonly string[];
    /** An update with such a change runs in the engine's suite: `tests/engine/stores.spec.ts`, `changes.spec.ts`. */
    readonly engine: readonly string[];
    /** No suite runs it, with the reason. */
    readonly not: Readonly<Record<string, string>>;
}

const up = (stack: string) => `pulumi up --stack ${stack}`;

const set = (path: string, value: string, stack = "prod") =>
    `pulumi config set --path ecommerce-platform:${path} ${value} --stack ${stack}`;

const plugin =
    "the plugin cnpg asks the instance managers in the pods, which a control plane without kubelets does not run";

const job = "a Job's pod does not run without kubelets; tests/data/valkey/backup.spec.ts runs the scripts of both Jobs";
const warm = "a Job's pod does not run without kubelets; tests/data/valkey/warm.spec.ts runs its containers";
const search = "a Job's pod does not run without kubelets; tests/data/elasticsearch/snapshots.spec.ts runs both Jobs";
const bucket = "no suite has a bucket of a cloud";

/** Every command of every runbook. */
export const ways: Ways = {
    cluster: [
        "kubectl get endpointslices --namespace data --selector kubernetes.io/service-name=postgres-ro",
        "kubectl get pods --namespace data --selector cnpg.io/cluster=postgres --label-columns cnpg.io/instanceRole",
        "kubectl get persistentvolumeclaims --namespace data --selector cnpg.io/cluster=postgres",
        "kubectl get persistentvolumeclaims --namespace cache --selector app.kubernetes.io/name=valkey-state --output name | " +
            "xargs --max-args 1 kubectl patch --namespace cache --patch " +
            `'{"spec":{"resources":{"requests":{"storage":"12Gi"}}}}'`,
        "kubectl get objectstore postgres --namespace data --output jsonpath={.status.serverRecoveryWindow}",
        "kubectl get backups --namespace data",
        "kubectl apply --filename restore.yaml",
        "kubectl wait --for condition=Ready cluster/restore --namespace data --timeout 2h",
        "kubectl delete cluster restore --namespace data",
        "kubectl get cluster postgres --namespace data --output jsonpath={.status.managedRolesStatus}",
        "kubectl rollout status deployment/order --namespace services",
        "kubectl create job restore-1 --namespace cache --from cronjob/valkey-state-restore",
        "kubectl create job copy-1 --namespace cache --from cronjob/valkey-state-backup",
        "kubectl create job restore-2 --namespace cache --from cronjob/valkey-state-restore --dry-run=client --output yaml | " +
            "kubectl set env --local --filename - --containers download COPY=2026-11-22T02-20-00Z --output yaml | " +
            "kubectl apply --filename -",
        "kubectl get cronjobs --namespace data",
        "kubectl create job partitions-1 --namespace data --from cronjob/partition-maintenance",
        "kubectl create job warm-1 --namespace services --from cronjob/cache-warm",
        "kubectl create job warm-2 --namespace services --from cronjob/cache-warm --dry-run=client --output yaml | " +
            "kubectl set env --local --filename - --containers read PRODUCTS=2000 --output yaml | " +
            "kubectl apply --filename -",
        "kubectl create job search-register-1 --namespace data --from cronjob/search-snapshots",
        "kubectl create job search-restore-1 --namespace data --from cronjob/search-restore",
        "kubectl create job search-restore-2 --namespace data --from cronjob/search-restore --dry-run=client --output yaml | " +
            "kubectl set env --local --filename - --containers restore SNAPSHOT=search-2026.11.21-hvjgoolosjg5yo9zqnbjow " +
            "--output yaml | kubectl apply --filename -",
    ],
    data: [
        "kubectl cnpg psql postgres --namespace data -- --command " +
            `"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'order_service'"`,
        "SELECT query, calls, round(mean_exec_time) AS ms FROM public.pg_stat_statements ORDER BY total_exec_time DESC LIMIT 10;",
        "SELECT pid, usename, state, now() - xact_start AS open, wait_event_type, left(query, 60) AS query " +
            "FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY open DESC LIMIT 10;",
        "DROP INDEX CONCURRENTLY shop.<index>;",
        "UPDATE schema_migrations SET version = N - 1, dirty = false;",
    ],
    configuration: [
        set("nodePools.database.min", "5"),
        set("nodePools.database.max", "5"),
        set("database.instances", "5"),
        set("recovery.role", "primary", "prod-dr"),
        "pulumi config rm --path ecommerce-platform:recovery.replicaOf --stack prod-dr",
        set("database.storageGiB", "300"),
        set("database.walGiB", "75"),
        set("messaging.volumeGiB", "150"),
        set("search.volumeGiB", "150"),
        set("cache.stateMemory", "3Gi"),
        set("cache.cacheMemory", "3Gi"),
        set("database.poolers.serverConnections", "42"),
        set("database.passwordGeneration", "2"),
        set("jobs.cacheWarm.products", "2000"),
    ],
    engine: [up("prod"), up("prod-dr")],
    not: {
        "kubectl cnpg status postgres --namespace data": plugin,
        "kubectl cnpg promote postgres postgres-2 --namespace data": plugin,
        "kubectl cnpg destroy postgres 3 --namespace data": plugin,
        "kubectl cnpg backup postgres --namespace data --method plugin --plugin-name barman-cloud.cloudnative-pg.io":
            plugin,
        "kubectl cnpg psql restore --namespace data -- shop": "it opens a session for a person",
        "kubectl --namespace data logs job/schema-<hash> --container migrate": "logs come from the node's kubelet",
        "kubectl logs job/restore-1 --namespace cache --container restore": "logs come from the node's kubelet",
        "kubectl wait --for condition=Complete job/restore-1 --namespace cache --timeout 1h": job,
        "kubectl wait --for condition=Complete job/copy-1 --namespace cache --timeout 1h": job,
        "kubectl logs deployment/payment --namespace payment --since 2h": "logs come from the node's kubelet",
        "kubectl logs job/warm-1 --namespace services --container write": "logs come from the node's kubelet",
        "kubectl wait --for condition=Complete job/warm-1 --namespace services --timeout 5m": warm,
        "kubectl wait --for condition=Complete job/search-register-1 --namespace data --timeout 10m": search,
        "kubectl wait --for condition=Complete job/search-restore-1 --namespace data --timeout 1h": search,
        "kubectl logs job/search-register-1 --namespace data": "logs come from the node's kubelet",
        "kubectl logs job/search-restore-1 --namespace data": "logs come from the node's kubelet",
        "gcloud storage ls gs://PROJECT-STACK-backup/valkey-state/": bucket,
        "aws s3 ls s3://shop-backup-STACK-ACCOUNT-REGION/valkey-state/": bucket,
    },
};
