import { z } from "zod";

import { checked, group, oneOf, text, whole } from "../../config/fields";
import { isPinnedImage } from "../../config/formats";
import type { Tier } from "../../config/schema";

const serviceSettings = group("Settings of one service of the catalogue", {
    image: checked(
        "Image by digest or exact tag; until it is set a public stand-in runs in its place",
        isPinnedImage,
        "an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2",
    ).optional(),
    replicas: whole("Replicas where the tier does not autoscale", 1, 100).optional(),
    minReplicas: whole("Fewest replicas of the autoscaler", 1, 100).optional(),
    maxReplicas: whole("Most replicas of the autoscaler", 1, 100).optional(),
});

/** Settings of one service as written. */
export type ServiceSettings = z.output<typeof serviceSettings>;

// Never nothing: an autoscaler's target is a percentage of the request.
const quantityCpu = text(
    "CPU in cores or millicores",
    /^(?![0.]+m?$)([0-9]+m|[0-9]+(\.[0-9]+)?)$/,
    'a quantity above 0 in quotes, such as "500m" or "2"',
);
const quantityMemory = text(
    "Memory with a binary unit",
    /^(?!0+[MG])[0-9]+(Mi|Gi)$/,
    'a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
);

const spreads = ["required", "preferred"] as const;

/** Keys of the shop's services. */
export const servicesShape = {
    resources: group("What each pod of the shop asks for and may use", {
        cpuRequest: quantityCpu.optional(),
        cpuLimit: quantityCpu.optional(),
        memoryRequest: quantityMemory.optional(),
        memoryLimit: quantityMemory.optional(),
    }).optional(),
    scheduling: group("How strictly pods are spread", {
        spread: oneOf(
            "`required` leaves a pod pending where it would crowd a zone or a node (CL-13)",
            spreads,
        ).optional(),
    }).optional(),
    services: z
        .record(z.string(), serviceSettings)
        .meta({
            description: "Settings by service",
            accepts: "an object of services of the catalogue",
            entry: "service",
        })
        .optional(),
};

/** What an environment means to the shop's services. */
export interface ServicesTier {
    /** With an autoscaler a floor of 0 leaves the fewest replicas to the catalogue. */
    readonly replicas: { readonly autoscale: boolean; readonly floor: number };
    readonly resources: {
        readonly cpuRequest: string;
        readonly cpuLimit: string;
        readonly memoryRequest: string;
        readonly memoryLimit: string;
    };
    readonly spread: (typeof spreads)[number];
}

/** What the services read. */
export interface ServicesConfig extends ServicesTier {
    readonly services: Readonly<Record<string, ServiceSettings>>;
}

/** The three environments side by side (EN-01 to EN-03). */
export const tiers: Readonly<Record<Tier, ServicesTier>> = {
    dev: {
        // One replica and no autoscaler: a developer's change is looked at, not loaded (EN-01).
        replicas: { autoscale: false, floor: 1 },
        // Limits are the sources' figures; requests are what an idle service takes, so that nine of them fit three nodes.
        resources: { cpuRequest: "100m", cpuLimit: "500m", memoryRequest: "256Mi", memoryLimit: "512Mi" },
        // Strict spread would keep a rolling update waiting on a pool this small.
        spread: "preferred",
    },
    staging: {
        // Two replicas and the autoscaler on: staging has to show what scaling does (EN-02).
        replicas: { autoscale: true, floor: 2 },
        resources: { cpuRequest: "250m", cpuLimit: "1", memoryRequest: "512Mi", memoryLimit: "1Gi" },
        // As in prod: what prod's scheduler would not place has to be found here first.
        spread: "required",
    },
    prod: {
        // The catalogue's own floors, three and up but for the four that the sources give two (EN-03).
        replicas: { autoscale: true, floor: 0 },
        // 2 CPU as a request would take 26 nodes at baseline against a maximum of 20: it is the limit.
        resources: { cpuRequest: "500m", cpuLimit: "2", memoryRequest: "1Gi", memoryLimit: "2Gi" },
        spread: "required",
    },
};
