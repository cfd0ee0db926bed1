import type { types } from "@pulumi/aws";

import { weeklyStart } from "../../../config/formats";
import { isBurstable } from "../config-managed";
import type { LayerConfig } from "../layer-config";

/**
 * The newest of https://docs.aws.amazon.com/opensearch-service/latest/developerguide/version-migration.html. A domain is
 * upgraded in place, and never downgraded.
 */
export const engineVersion = "OpenSearch_3.3";

/**
 * Name of the domain: fixed, since the policies of its logs and of its API name it before it exists. At most 5 + 20 of 28
 * characters (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html).
 */
export function domainName(stack: string): string {
    return `shop-${stack}`;
}

export function domainArn({ account, region, stack }: Pick<LayerConfig, "account" | "region" | "stack">): string {
    return `arn:aws:es:${region}:${account}:domain/${domainName(stack)}`;
}

/** The Availability Zones of as many data nodes: three as soon as there are as many, so that each can be lost. */
export function zoneCount({ nodes }: Pick<LayerConfig["search"], "nodes">): number {
    return nodes < 3 ? 1 : 3;
}

/**
 * The least for as many data nodes, of the table in
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html.
 */
function masterType(nodes: number): string {
    return nodes <= 10 ? "m6g.large.search" : "c6g.2xlarge.search";
}

/**
 * Three masters besides the data nodes in prod, so that a search that exhausts a data node does not stop the cluster; never
 * one or two. With more than 10 data nodes the service requires them.
 */
function masters({ tier, search }: Pick<LayerConfig, "tier" | "search">) {
    return tier === "prod" || search.nodes > 10
        ? { dedicatedMasterEnabled: true, dedicatedMasterCount: 3, dedicatedMasterType: masterType(search.nodes) }
        : { dedicatedMasterEnabled: false };
}

/** Data nodes over the zones. */
export function clusterConfig(
    config: Pick<LayerConfig, "tier" | "search">,
    instanceType: string,
): types.input.opensearch.DomainClusterConfig {
    const { nodes } = config.search;
    const zones = zoneCount(config.search);
    return {
        instanceType,
        instanceCount: nodes,
        // A primary and its replica are in different zones.
        zoneAwarenessEnabled: zones > 1,
        ...(zones > 1 ? { zoneAwarenessConfig: { availabilityZoneCount: zones } } : {}),
        // A standby zone would refuse the services' indexes, which have one replica: it needs copies in multiples of three.
        // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html#managedomains-za-standby
        multiAzWithStandbyEnabled: false,
        ...masters(config),
    };
}

/** When the service changes nodes by itself: updates of its software, Auto-Tune. */
export function maintenance(window: string, instanceType: string) {
    const { hour, minute } = weeklyStart(window) ?? { hour: 3, minute: 0 };
    return {
        // Ten hours of each day, which cannot be switched off: from the start of the cluster's own window.
        // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/off-peak.html
        offPeakWindowOptions: {
            enabled: true,
            offPeakWindow: { windowStartTime: { hours: hour, minutes: minute } },
        },
        // Optional updates too. Without a required one, the domain is isolated after 60 days, and deleted after 120.
        // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/service-software.html
        softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
        // Refused with T3. https://github.com/hashicorp/terraform-provider-aws/issues/30205
        autoTuneOptions: isBurstable(instanceType)
            ? { desiredState: "DISABLED", rollbackOnDisable: "NO_ROLLBACK" }
            : { desiredState: "ENABLED", rollbackOnDisable: "NO_ROLLBACK", useOffPeakWindow: true },
    };
}
