import { defined, type Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import type { Cloud, Tier } from "../../config/schema";
import type { SearchConfig } from "./config";

/** Who runs the search engine: the operator's pods, or AWS. */
export const searchKinds = ["eck", "opensearch-service"] as const;

export type SearchKind = (typeof searchKinds)[number];

export const engines = ["elasticsearch", "opensearch"] as const;

export type Engine = (typeof engines)[number];

/** The engine of each kind. OpenSearch Service's Elasticsearch ends at 7.10, the last version under the Apache license. */
export const engineOf: Readonly<Record<SearchKind, Engine>> = {
    eck: "elasticsearch",
    "opensearch-service": "opensearch",
};

/** The kinds that each cloud has. */
const kindsOf: Readonly<Record<Cloud, readonly SearchKind[]>> = {
    gcp: ["eck"],
    aws: ["eck", "opensearch-service"],
    existing: ["eck"],
};

/** Machine of each data node by tier: at least the memory of the operator's. */
const tiers: Readonly<Record<Tier, string>> = {
    dev: "t3.small.search",
    staging: "m6g.large.search",
    prod: "m6g.large.search",
};

/** The default machine of a kind; pods have none. */
export function instanceTypeOf(kind: SearchKind, tier: Tier): { readonly instanceType?: string } {
    return kind === "eck" ? {} : { instanceType: tiers[tier] };
}

/** Sizes of a gp3 volume of OpenSearch Service's machines, GiB. */
interface VolumeLimits {
    readonly least: number;
    readonly most: number;
}

const tib = 1024;

/**
 * The largest gp3 volume of each machine, GiB; the smallest is 10 GiB for all:
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource. A list, not the pattern of a
 * name: other machines have no volumes, no encryption or no fine-grained access control.
 */
const largestVolume: Readonly<Record<string, number>> = {
    "t3.small.search": 100,
    "t3.medium.search": 200,
    "m6g.large.search": tib,
    "m6g.xlarge.search": 2 * tib,
    "m6g.2xlarge.search": 3 * tib,
    "m6g.4xlarge.search": 6 * tib,
    "m6g.8xlarge.search": 12 * tib,
    "r6g.large.search": 2 * tib,
    "r6g.xlarge.search": 3 * tib,
    "r6g.2xlarge.search": 6 * tib,
    "r6g.4xlarge.search": 12 * tib,
    "r6g.8xlarge.search": 16 * tib,
};

function limitsOf(instanceType: string): VolumeLimits | undefined {
    const most = Object.hasOwn(largestVolume, instanceType) ? largestVolume[instanceType] : undefined;
    return most === undefined ? undefined : { least: 10, most };
}

/** Whether a machine shares its processor with others. */
export function isBurstable(instanceType: string): boolean {
    return instanceType.startsWith("t3.");
}

/** The keys of the stack file that a rule looks at. */
interface GivenKeys {
    readonly search?: { readonly [key: string]: unknown } | undefined;
}

type ManagedRule = Rule<SearchConfig, GivenKeys>;

const kindIsOfTheCloud: ManagedRule = ({ config: { cloud, search } }) => {
    const { kind } = search;
    const message = `is a service of AWS, and the stack's cloud is ${cloud}; give ${kindsOf[cloud].join(" or ")}`;
    return kindsOf[cloud].includes(kind) ? [] : [{ path: "search.kind", value: kind, message }];
};

/** OpenSearch in the cluster needs another operator, which the platform does not have. */
const engineIsOfTheKind: ManagedRule = ({ config: { cloud, search } }) => {
    const { engine, kind } = search;
    if (engine === engineOf[kind]) {
        return [];
    }
    const other = kindsOf[cloud].find((one) => engineOf[one] === engine);
    const remedy = other === undefined ? "" : `, or search.kind ${other}`;
    const elsewhere =
        engine === "opensearch" && other === undefined
            ? " (OpenSearch runs on aws, as search.kind opensearch-service)"
            : "";
    const message = `is not what search.kind ${kind} runs; give ${engineOf[kind]}${remedy}${elsewhere}`;
    return [{ path: "search.engine", value: engine, message }];
};

/** A key without effect would be believed. */
const onlyKeysOfTheKind: ManagedRule = ({ settings, config: { search } }) => {
    const given: Readonly<Record<string, unknown>> = defined(settings.search);
    const unused: readonly (readonly [key: string, remedy: string])[] =
        search.kind === "eck"
            ? [["instanceType", "give search.memory instead"]]
            : ["memory", "heap"].map((key) => [key, "give search.instanceType instead, or remove it"] as const);
    return unused.flatMap(([key, remedy]): Problem[] => {
        const value = given[key];
        const message = `has no effect with search.kind ${search.kind}; ${remedy}`;
        return value === undefined ? [] : [{ path: `search.${key}`, value, message }];
    });
};

const machineHoldsTheVolume: ManagedRule = ({ config: { tier, search } }) => {
    const { kind, instanceType, volumeGiB } = search;
    if (kind === "eck" || instanceType === undefined) {
        return [];
    }
    const path = "search.instanceType";
    const limits = limitsOf(instanceType);
    if (limits === undefined) {
        const message = `is no machine of OpenSearch Service with gp3 volumes; give one of ${Object.keys(largestVolume).join(", ")}`;
        return [{ path, value: instanceType, message }];
    }
    const problems: Problem[] = [];
    if (tier === "prod" && isBurstable(instanceType)) {
        const message = "shares its processor with others, and has no Auto-Tune; give m6g.large.search or more in prod";
        problems.push({ path, value: instanceType, message });
    }
    if (volumeGiB < limits.least || volumeGiB > limits.most) {
        const message = `is not within the ${limits.least} to ${limits.most} GiB of a volume of ${instanceType}; give such a size, or another search.instanceType`;
        problems.push({ path: "search.volumeGiB", value: volumeGiB, message });
    }
    return problems;
};

/** The rules about who runs the engine. */
export const managedRules: readonly ManagedRule[] = [
    kindIsOfTheCloud,
    engineIsOfTheKind,
    onlyKeysOfTheKind,
    machineHoldsTheVolume,
];
