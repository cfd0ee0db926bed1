import type { KubeClient } from "../control-plane/client";
import { at, numberAt, textAt, titleOf, type Json, type JsonObject, type KubeObject } from "../control-plane/json";

const deployments = "/apis/apps/v1/deployments";

/** Events of a watch are JSON texts, one a line; a single one has been parsed by the client. */
function eventsOf(body: JsonObject): JsonObject[] {
    if (body["object"] !== undefined) {
        return [body];
    }
    const text = typeof body["message"] === "string" ? body["message"] : "";
    return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as JsonObject);
}

/**
 * Every number of replicas that Deployments have had. A watch lists each change even if this process was late, which
 * polling would not.
 */
export class Sizes {
    private readonly changes = new Map<string, number[]>();

    private constructor(
        private readonly client: KubeClient,
        private version: string,
    ) {}

    /** Begins with the present numbers. */
    public static async from(client: KubeClient): Promise<Sizes> {
        const list = await client.must({ method: "GET", path: deployments });
        const sizes = new Sizes(client, textAt(list, "metadata", "resourceVersion") ?? "");
        const items = (at(list, "items") as readonly KubeObject[] | undefined) ?? [];
        items.forEach((item) => {
            sizes.add({ ...item, kind: "Deployment" });
        });
        return sizes;
    }

    /**
     * Follows the changes until every Deployment has the given number of replicas.
     *
     * @returns the numbers of each Deployment by its name
     * @throws Error with the numbers so far when the deadline passes
     */
    public async until(expected: Readonly<Record<string, number>>, limitMs: number): Promise<Record<string, number[]>> {
        const deadline = Date.now() + limitMs;
        for (;;) {
            const done = Object.entries(expected).every(([name, size]) => this.changes.get(name)?.at(-1) === size);
            if (done || Date.now() > deadline) {
                const found = Object.fromEntries([...this.changes].filter(([name]) => name in expected));
                if (!done) {
                    throw new Error(`not within ${limitMs / 1000} s: ${JSON.stringify(found)}`);
                }
                return found;
            }
            await this.follow();
        }
    }

    private async follow(): Promise<void> {
        const query = { watch: "1", resourceVersion: this.version, timeoutSeconds: "2" };
        const { status, body } = await this.client.call({ method: "GET", path: deployments, query });
        if (status !== 200) {
            throw new Error(`watch: ${status} ${JSON.stringify(body)}`);
        }
        for (const event of eventsOf(body)) {
            const object = at(event, "object");
            if (textAt(event, "type") === "ERROR") {
                throw new Error(`watch: ${JSON.stringify(object)}`);
            }
            this.version = textAt(object, "metadata", "resourceVersion") ?? this.version;
            this.add(object as Json as KubeObject);
        }
    }

    private add(object: KubeObject): void {
        const name =
            titleOf({ ...object, kind: "" })
                .split("/")
                .at(-1) ?? "";
        const size = numberAt(object, "spec", "replicas") ?? 1;
        const known = this.changes.get(name) ?? [];
        if (known.at(-1) !== size) {
            this.changes.set(name, [...known, size]);
        }
    }
}
