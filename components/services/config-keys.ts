import { z } from "zod";

import { checked, group, whole } from "../../config/fields";
import { isPinnedImage } from "../../config/formats";
import { type JobsConfig, jobsShape } from "./config-jobs";
import { type LoadConfig, loadShape } from "./config-load";

const serviceSettings = group("Settings of one service of the catalogue", {
    image: checked(
        "Image with a digest or exact tag; the default is a public stand-in image",
        isPinnedImage,
        "an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2",
    ).optional(),
    replicas: whole("Number of replicas in tiers without autoscaling", 1, 100).optional(),
    minReplicas: whole("Minimum replicas of the autoscaler", 1, 100).optional(),
    maxReplicas: whole("Maximum replicas of the autoscaler", 1, 100).optional(),
});

/** Settings of one service, as written in the stack file. */
export type ServiceSettings = z.output<typeof serviceSettings>;

/** Keys of the shop's services and of their jobs. */
export const servicesShape = {
    ...jobsShape,
    ...loadShape,
    services: z
        .record(z.string(), serviceSettings)
        .meta({
            description: "Settings by service",
            accepts: "an object of services of the catalogue",
            entry: "service",
        })
        .optional(),
};

/** The configuration of the services. */
export interface ServicesConfig extends JobsConfig, LoadConfig {
    readonly services: Readonly<Record<string, ServiceSettings>>;
}
