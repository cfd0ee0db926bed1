import * as ipaddr from "ipaddr.js";

/** Zones of the VPC. */
const zones = 3;

/** The block that lies `index` blocks of size `prefix` after the first address of `base`. */
function block(base: readonly number[], prefix: number, index: number): string {
    const first = base.reduce((sum, octet) => sum * 256 + octet, 0);
    const start = first + index * 2 ** (32 - prefix);
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
    return `${octets.join(".")}/${prefix}`;
}

/** Addresses of the database's instances: the last sixteenth of the VPC, which the network layer leaves free. */
export function databaseRange(vpc: string): string {
    const [address, prefix] = ipaddr.IPv4.parseCIDR(vpc);
    return block(address.octets, prefix + 4, 15);
}

/** Ranges of the database's subnets, one for each zone: a quarter of {@link databaseRange} each. */
export function databaseSubnets(vpc: string): string[] {
    const [address, prefix] = ipaddr.IPv4.parseCIDR(vpc);
    return Array.from({ length: zones }, (_, index) => block(address.octets, prefix + 6, 60 + index));
}
