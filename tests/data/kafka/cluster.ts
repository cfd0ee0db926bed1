import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Admin, Kafka, logLevel } from "kafkajs";

import { eventually } from "../../cluster/control-plane/wait";
import { program } from "../harness/programs";
import { DataRun } from "../harness/run";
import { type Identity, TestAuthority } from "./authority";
import { kafkaClassPath } from "./libraries";
import { applyRendered, fillTopics } from "./operators";
import { brokerProperties, type Node } from "./properties";
import { rendered, type Rendered } from "./rendered";

/** Java heap of a broker; the plan's is larger. */
const javaOptions = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto", "-Djava.net.preferIPv4Stack=true"];

/** Three brokers on loopback with the listeners, authorizer, topics and users of the plan of prod. */
export class TestKafka {
    private constructor(
        public readonly run: DataRun,
        public readonly plan: Rendered,
        private readonly nodes: readonly Node[],
        /** The authority of workloads' and the listener's certificates: cert-manager's. */
        private readonly workloads: TestAuthority,
        /** Strimzi's own. */
        private readonly operators: TestAuthority,
    ) {}

    public static async start(): Promise<TestKafka> {
        for (let attempt = 1; ; attempt += 1) {
            const run = new DataRun();
            try {
                const kafka = await TestKafka.startIn(run);
                const admin = await kafka.operator();
                await applyRendered(kafka.plan, admin);
                await admin.disconnect();
                await fillTopics(kafka.plan, kafka.operatorClient());
                return kafka;
            } catch (error) {
                await run.end();
                // Another process can take a port between its choice and the start of the broker.
                if (attempt === 3 || !String(error).includes("exited")) {
                    throw error;
                }
            }
        }
    }

    /** Stops every broker and removes the folder. */
    public async end(): Promise<void> {
        await this.run.end();
    }

    /** A client with a certificate of its own: of a workload, by its common name. */
    public client(workload: string, identity = this.identity(workload)): Kafka {
        return this.connect("clients", identity, this.workloads.certificate, workload);
    }

    /** A certificate of the workloads' authority. */
    public identity(workload: string): Identity {
        return this.workloads.issue(`/CN=${workload}`, "clientAuth");
    }

    /** The client of Strimzi's user operator, a super user on the listener of the brokers, when `brokers` of them are there. */
    public async operator(brokers = this.nodes.length): Promise<Admin> {
        const admin = this.operatorClient().admin();
        await eventually(
            "a connection to the brokers",
            async () => {
                await admin.connect();
                const found = await admin.describeCluster();
                return found.brokers.length === brokers ? true : undefined;
            },
            {
                check: () => {
                    this.run.programs.check();
                },
            },
        );
        return admin;
    }

    /** As {@link operator}, for more than its administration. */
    public operatorClient(): Kafka {
        const identity = this.operators.issue("/O=io.strimzi/CN=shop-entity-user-operator", "clientAuth");
        return this.connect("replication", identity, this.operators.certificate, "operator");
    }

    /** Ends a broker without warning. */
    public async kill(id: number): Promise<void> {
        await this.run.programs.stop(idOf(id), "SIGKILL");
    }

    /** Starts a broker that was killed. */
    public async startBroker(id: number): Promise<void> {
        const file = join(this.run.folder, `${id}.properties`);
        await this.run.start(idOf(id), program("java"), [...javaArgs(), "kafka.Kafka", file]);
    }

    private connect(listener: "clients" | "replication", { cert, key }: Identity, ca: string, clientId: string): Kafka {
        const brokers = this.nodes.map(({ ports }) => `127.0.0.1:${ports[listener]}`);
        return new Kafka({
            clientId,
            brokers,
            ssl: { ca, cert, key },
            logLevel: logLevel.NOTHING,
            // The default is one second for a connection with its handshake, which a busy machine exceeds.
            connectionTimeout: 30_000,
            requestTimeout: 60_000,
            retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 2000 },
        });
    }

    private static async startIn(run: DataRun): Promise<TestKafka> {
        const plan = await rendered();
        const workloads = new TestAuthority(run.folder, "platform-internal");
        const operators = new TestAuthority(run.folder, "strimzi");
        const nodes: Node[] = [];
        for (let id = 0; id < plan.brokers; id += 1) {
            const ports = { clients: await run.port(), replication: await run.port(), controlPlane: await run.port() };
            nodes.push({ id, ports, data: join(run.folder, `data-${id}`) });
        }
        const files = {
            cluster: {
                authority: operators.certificate,
                identity: operators.issue("/O=io.strimzi/CN=shop-kafka", "serverAuth,clientAuth"),
            },
            listener: {
                identity: workloads.issue("/CN=shop-kafka-bootstrap", "serverAuth"),
                authorityFile: workloads.path,
            },
        };
        const kafka = new TestKafka(run, plan, nodes, workloads, operators);
        for (const node of nodes) {
            mkdirSync(node.data);
            const file = join(run.folder, `${node.id}.properties`);
            writeFileSync(file, brokerProperties(plan, node, nodes, files));
            const format = [
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                "5L6g3nShT-eMCtK--X86sw",
                "--config",
                file,
            ];
            execFileSync(program("java"), [...javaArgs(), ...format], { stdio: "pipe" });
            await kafka.startBroker(node.id);
        }
        // A broker is a member of the cluster before it opens its listeners.
        for (const { id, ports } of nodes) {
            await run.listening(idOf(id), [ports.clients, ports.replication]);
        }
        return kafka;
    }
}

function javaArgs(): string[] {
    return [...javaOptions, "-cp", kafkaClassPath()];
}

/** Name of a broker's process. */
export function idOf(id: number): string {
    return `broker-${id}`;
}
