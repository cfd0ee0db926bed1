import { overlap, parseCidr } from "../core/cidr";
import type { ResourceType, RuleContext } from "../core/cloud";
import { bagsAt, given, isUnknown, numberAt, stringAt, stringsAt, type Bag } from "../core/value";
import { nameErrors, projectOf, regionOf, selfLink, shortName } from "./names";

const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";

interface Block {
    readonly owner: string;
    readonly cidr: string;
}

/** CIDR blocks of a subnetwork: primary and secondary ranges. */
function blocksOf(subnetwork: Bag): Block[] {
    const name = stringAt(subnetwork, "name") ?? "";
    const own = stringAt(subnetwork, "ipCidrRange");
    const secondary = bagsAt(subnetwork, "secondaryIpRanges").flatMap((range) => {
        const cidr = stringAt(range, "ipCidrRange");
        return cidr === undefined ? [] : [{ owner: `${name}/${stringAt(range, "rangeName") ?? ""}`, cidr }];
    });
    return [...(own === undefined ? [] : [{ owner: name, cidr: own }]), ...secondary];
}

function overlaps(mine: readonly Block[], theirs: readonly Block[]): string[] {
    return mine.flatMap((block, index) =>
        [...mine.slice(index + 1), ...theirs]
            .filter((other) => overlap(block.cidr, other.cidr))
            .map(
                (other) =>
                    `Invalid IPCidrRange: ${block.cidr} (${block.owner}) conflicts with existing subnetwork ` +
                    `'${other.owner}' (${other.cidr})`,
            ),
    );
}

/** Ranges of a network do not overlap: https://docs.cloud.google.com/vpc/docs/subnets. The message is not documented. */
async function subnetworkErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const mine = blocksOf(inputs);
    const bad = mine.filter(({ cidr }) => parseCidr(cidr) === undefined);
    const network = stringAt(inputs, "network");
    const sameNetwork = (other: Bag): boolean =>
        network !== undefined && shortName(stringAt(other, "network") ?? "") === shortName(network);
    const others = (await context.others(SUBNETWORK)).filter(sameNetwork).flatMap(blocksOf);
    return [
        ...nameErrors(inputs),
        ...bad.map(
            ({ cidr }) => `Invalid value for field 'resource.ipCidrRange': '${cidr}'. Must be a CIDR address range`,
        ),
        ...overlaps(mine, others),
    ];
}

/**
 * A range for managed services must not overlap a subnetwork and must be large enough for one service, which is /24:
 * https://docs.cloud.google.com/vpc/docs/configure-private-services-access. Google creates smaller ones too, and refuses the service.
 */
async function globalAddressErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const errors = nameErrors(inputs);
    const [address, prefix] = [stringAt(inputs, "address"), numberAt(inputs, "prefixLength")];
    if (stringAt(inputs, "purpose") !== "VPC_PEERING" || address === undefined || prefix === undefined) {
        return errors;
    }
    if (prefix > 24) {
        errors.push(`Invalid value for field 'resource.prefixLength': '${prefix}'. Must be 24 or less`);
    }
    const mine = { owner: stringAt(inputs, "name") ?? "", cidr: `${address}/${prefix}` };
    const taken = (await context.others(SUBNETWORK)).flatMap(blocksOf);
    return [...errors, ...overlaps([mine], taken)];
}

/** https://docs.cloud.google.com/service-infrastructure/docs/service-networking/reference/rest/v1/services.connections/create. */
async function connectionErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const known = (await context.others("gcp:compute/globalAddress:GlobalAddress")).map((other) =>
        stringAt(other, "name"),
    );
    // In a preview the addresses do not exist yet, which is not an error.
    return stringsAt(inputs, "reservedPeeringRanges")
        .filter((range) => known.length > 0 && !known.includes(range))
        .map((range) => `Failed to find allocated IP range ${range}: reserve it as a global address first`);
}

const CONNECTION = "gcp:servicenetworking/connection:Connection";

/**
 * A connection is a peering of the VPC, and a VPC with a peering cannot be deleted. A connection with the deletion policy
 * ABANDON leaves its peering. https://github.com/GoogleCloudPlatform/magic-modules/pull/18476
 */
async function peeringErrors(_inputs: Bag, context: RuleContext, id: string): Promise<string[]> {
    const peered = (await context.others(CONNECTION)).some((other) => stringAt(other, "network") === id);
    return peered
        ? [`Error 400: The network resource '${id}' is already being used by 'servicenetworking-googleapis-com'`]
        : [];
}

const regional = (collection: string) => (inputs: Bag, context: RuleContext) =>
    `projects/${projectOf(inputs, context)}/regions/${regionOf(inputs, context)}/${collection}/${stringAt(inputs, "name") ?? ""}`;

/**
 * Errors of a rule with neither or both of allowed and denied protocols, or with an invalid source range:
 * https://github.com/hashicorp/terraform-provider-google/blob/main/google/services/compute/resource_compute_firewall.go.
 */
function firewallErrors(inputs: Bag): string[] {
    const kinds = ["allows", "denies"].filter((kind) => given(inputs, kind));
    const sources = stringsAt(inputs, "sourceRanges").filter((source) => parseCidr(source) === undefined);
    return [
        ...nameErrors(inputs),
        ...(kinds.length === 1 ? [] : ["one of `allow,deny` must be specified"]),
        ...sources.map(
            (source) => `Invalid value for field 'resource.sourceRanges': '${source}'. Must be a CIDR address range`,
        ),
    ];
}

const project = (inputs: Bag, _id: string, context: RuleContext): string => projectOf(inputs, context);
const region = (inputs: Bag, _id: string, context: RuleContext): string => regionOf(inputs, context);

export const network: Readonly<Record<string, ResourceType>> = {
    "gcp:compute/network:Network": {
        autoName: "name",
        replaceOn: ["name", "project", "autoCreateSubnetworks"],
        refuse: (inputs) => nameErrors(inputs),
        refuseDelete: peeringErrors,
        id: (inputs, context) =>
            `projects/${projectOf(inputs, context)}/global/networks/${stringAt(inputs, "name") ?? ""}`,
        computed: { selfLink, project, gatewayIpv4: () => "", numericId: () => "4711" },
    },
    [SUBNETWORK]: {
        autoName: "name",
        required: ["network", "ipCidrRange"],
        // A larger range around the old one would be an update, which the stand-in does not know:
        // https://github.com/hashicorp/terraform-provider-google/blob/main/google/services/compute/resource_compute_subnetwork.go
        replaceOn: ["name", "network", "region", "project", "ipCidrRange"],
        refuse: subnetworkErrors,
        id: regional("subnetworks"),
        computed: { selfLink, project, region, gatewayAddress: () => "10.0.0.1", fingerprint: () => "c3RhbmQtaW4=" },
    },
    "gcp:compute/firewall:Firewall": {
        autoName: "name",
        required: ["network"],
        replaceOn: ["name", "network", "direction", "project"],
        refuse: firewallErrors,
        id: (inputs, context) =>
            `projects/${projectOf(inputs, context)}/global/firewalls/${stringAt(inputs, "name") ?? ""}`,
        computed: { selfLink, project, creationTimestamp: () => "2026-01-01T00:00:00.000-00:00" },
    },
    "gcp:compute/globalAddress:GlobalAddress": {
        autoName: "name",
        replaceOn: ["name", "address", "addressType", "network", "prefixLength", "project", "purpose"],
        refuse: globalAddressErrors,
        id: (inputs, context) =>
            `projects/${projectOf(inputs, context)}/global/addresses/${stringAt(inputs, "name") ?? ""}`,
        computed: { selfLink, project, creationTimestamp: () => "2026-01-01T00:00:00.000-00:00" },
    },
    [CONNECTION]: {
        required: ["network", "service", "reservedPeeringRanges"],
        replaceOn: ["network", "service"],
        refuse: connectionErrors,
        abandons: (inputs) => stringAt(inputs, "deletionPolicy") === "ABANDON",
        id: (inputs) => `${stringAt(inputs, "network") ?? ""}:${stringAt(inputs, "service") ?? ""}`,
        computed: { peering: () => "servicenetworking-googleapis-com" },
    },
    "gcp:compute/router:Router": {
        autoName: "name",
        required: ["network"],
        replaceOn: ["name", "network", "region", "project"],
        refuse: (inputs) => nameErrors(inputs),
        id: regional("routers"),
        computed: { selfLink, project, region, creationTimestamp: () => "2026-01-01T00:00:00.000-00:00" },
    },
    "gcp:compute/routerNat:RouterNat": {
        autoName: "name",
        required: ["router", "sourceSubnetworkIpRangesToNat"],
        replaceOn: ["name", "router", "region", "project"],
        refuse: (inputs) => {
            // https://docs.cloud.google.com/compute/docs/reference/rest/v1/routers; the message is not documented
            const ranges = stringAt(inputs, "sourceSubnetworkIpRangesToNat");
            const listed = bagsAt(inputs, "subnetworks").length > 0 || isUnknown(inputs["subnetworks"]);
            return ranges === "LIST_OF_SUBNETWORKS" && !listed
                ? ["Invalid value for field 'resource.nats[0].subnetworks': ''. LIST_OF_SUBNETWORKS needs at least one"]
                : nameErrors(inputs);
        },
        id: (inputs, context) =>
            `${projectOf(inputs, context)}/${regionOf(inputs, context)}/` +
            `${shortName(stringAt(inputs, "router") ?? "")}/${stringAt(inputs, "name") ?? ""}`,
        computed: { project, region },
    },
};
