interface Range {
    readonly first: number;
    readonly last: number;
    readonly bits: number;
}

/** The addresses of an IPv4 block; undefined when it is invalid or has host bits set. */
export function parseCidr(cidr: string): Range | undefined {
    const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
    if (match === null) {
        return undefined;
    }
    const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
    const size = 2 ** (32 - bits);
    const first = ((a * 256 + b) * 256 + c) * 256 + d;
    if ([a, b, c, d].some((part) => part > 255) || bits > 32 || first % size !== 0) {
        return undefined;
    }
    return { first, last: first + size - 1, bits };
}

export function overlap(one: string, other: string): boolean {
    const [left, right] = [parseCidr(one), parseCidr(other)];
    return left !== undefined && right !== undefined && left.first <= right.last && right.first <= left.last;
}

export function within(inner: string, outer: string): boolean {
    const [small, large] = [parseCidr(inner), parseCidr(outer)];
    return small !== undefined && large !== undefined && small.first >= large.first && small.last <= large.last;
}
