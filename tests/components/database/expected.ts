import type { Member, Members, MemberStack } from "../security/members";

const member = (own: Omit<Member, "namespace">): Member => ({ namespace: "data", ...own });
const postgres = ["TCP/5432"] as const;

/** Pods that CloudNativePG creates before an instance's. */
const jobRoles = ["initdb", "join", "full-recovery", "snapshot-recovery"] as const;

/** The pods of PostgreSQL and what they may reach (NW-05). */
export function databaseMembers({ cloud, tier, replica = false }: MemberStack): Members {
    // An existing cluster has no bucket, so that neither the plugin nor the instances call a cloud.
    const archived = cloud !== "existing";
    const calls = archived ? (["api-server", "cloud"] as const) : (["api-server"] as const);
    const jobs = jobRoles.map((role): [string, Member] => [
        `postgres-${role}`,
        member({ labels: { "cnpg.io/jobRole": role }, metrics: [], calls, peers: { postgres } }),
    ]);
    const poolers = (["rw", "ro"] as const).map((type): [string, Member] => [
        `postgres-pooler-${type}`,
        member({
            labels: { "cnpg.io/poolerName": `postgres-pooler-${type}` },
            metrics: ["TCP/9127"],
            calls: ["api-server"],
            peers: { postgres },
        }),
    ]);
    const scheduled = ["partition-maintenance", "reservation-cleanup", "daily-report"];
    const clients = ["schema", ...scheduled, ...(tier === "dev" || replica ? [] : ["pgpool"])];
    const retention = (name: string, call: "api-server" | "cloud"): Members => ({
        [name]: member({
            labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" },
            metrics: [],
            calls: [call],
            peers: {},
        }),
    });
    return {
        "cloudnative-pg-controller": member({
            labels: { "app.kubernetes.io/name": "cloudnative-pg", "app.kubernetes.io/instance": "cloudnative-pg" },
            webhook: "TCP/9443",
            metrics: ["TCP/8080"],
            calls: ["api-server"],
            peers: {
                postgres: ["TCP/5432", "TCP/8000"],
                ...(archived ? { "plugin-barman-cloud-plugin": ["TCP/9090"] } : {}),
            },
        }),
        ...(archived && {
            "plugin-barman-cloud-plugin": member({
                labels: {
                    "app.kubernetes.io/name": "plugin-barman-cloud",
                    "app.kubernetes.io/instance": "plugin-barman-cloud",
                },
                metrics: [],
                calls: ["api-server"],
                peers: {},
            }),
        }),
        postgres: member({
            labels: { "cnpg.io/cluster": "postgres", "cnpg.io/podRole": "instance" },
            metrics: ["TCP/9187"],
            calls,
            peers: { postgres: ["TCP/5432", "TCP/8000"] },
        }),
        ...Object.fromEntries([...jobs, ...poolers]),
        ...(archived && !replica
            ? { ...retention("postgres-monthly", "cloud"), ...retention("postgres-snapshots", "api-server") }
            : {}),
        ...Object.fromEntries(
            clients.map((name): [string, Member] => [
                name,
                member({
                    labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" },
                    metrics: [],
                    calls: [],
                    peers: { postgres },
                }),
            ]),
        ),
    };
}
