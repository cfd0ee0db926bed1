import { createHash } from "node:crypto";

/** Points of each node on the ring: with so many, nodes get nearly equal shares. */
const points = 160;

const position = (text: string): number => createHash("md5").update(text).digest().readUInt32LE(0);

/** Consistent hashing over a list of nodes, as clients of Memcached do it (ketama): a key belongs to the next point. */
export class Ring {
    private readonly ring: readonly (readonly [point: number, node: string])[];

    constructor(nodes: readonly string[]) {
        this.ring = nodes
            .flatMap((node) =>
                Array.from({ length: points }, (_, index) => [position(`${node}-${index}`), node] as const),
            )
            .sort(([a], [b]) => a - b);
    }

    /** The node of a key. */
    public nodeOf(key: string): string {
        const at = position(key);
        const [, node] = this.ring.find(([point]) => point >= at) ?? this.ring[0]!;
        return node;
    }
}
