import * as ipaddr from "ipaddr.js";

/** Address ranges of a VPC's subnets, one of each kind per zone. */
export interface SubnetRanges {
    /** For nodes and pods: a quarter of the VPC each. */
    readonly private: readonly string[];
    /** For load balancers and NAT gateways: a sixteenth of the VPC each. */
    readonly public: readonly string[];
}

const zones = 3;

/** The block that lies `index` blocks of size `prefix` after the first address of `base`. */
function block(base: readonly number[], prefix: number, index: number): string {
    const first = base.reduce((sum, octet) => sum * 256 + octet, 0);
    const start = first + index * 2 ** (32 - prefix);
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
    return `${octets.join(".")}/${prefix}`;
}

/**
 * Splits a VPC's range: three quarters are private subnets, the first three quarters of the last quarter public ones; the
 * rest is unused. A /16 gives three /18 and three /20. Throws where a subnet would be larger than AWS allows (/16) or too
 * small for a zone's pods.
 */
export function subnetRanges(vpc: string): SubnetRanges {
    const [address, prefix] = ipaddr.IPv4.parseCIDR(vpc);
    if (prefix < 16 || prefix > 20) {
        throw new Error(`network.nodes (${vpc}) cannot be split into a VPC's subnets; give a range from /16 to /20`);
    }
    const base = address.octets;
    const indexes = Array.from({ length: zones }, (_, index) => index);
    return {
        private: indexes.map((index) => block(base, prefix + 2, index)),
        public: indexes.map((index) => block(base, prefix + 4, zones * 4 + index)),
    };
}
