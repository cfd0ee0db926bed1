import { z } from "zod";

import { checked, group, whole } from "../../config/fields";
import { isPinnedImage } from "../../config/formats";

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

/** Keys of the shop's services. */
export const servicesShape = {
    services: z
        .record(z.string(), serviceSettings)
        .meta({
            description: "Settings by service",
            accepts: "an object of services of the catalogue",
            entry: "service",
        })
        .optional(),
};

/** What the services read of their own keys. */
export interface ServicesConfig {
    readonly services: Readonly<Record<string, ServiceSettings>>;
}
