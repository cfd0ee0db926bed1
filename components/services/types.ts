import type * as pulumi from "@pulumi/pulumi";

/** Where a service of the shop answers inside the cluster. */
export interface ServiceAddress {
    /** URL by the Service's DNS name, e.g. `http://order.services.svc.cluster.local:8080`. */
    readonly url: pulumi.Output<string>;
    /** Whether the stand-in image runs because the service's own is not set. */
    readonly standIn: boolean;
}

/** What the services layer promises: every workload of the catalogue, reachable by name (SV-01 to SV-11). */
export type Services = Readonly<Record<string, ServiceAddress>>;
