import type * as pulumi from "@pulumi/pulumi";

/** Address of a service inside the cluster. */
export interface ServiceAddress {
    /** URL with the Service's DNS name, such as `http://order.services.svc.cluster.local:8080`. */
    readonly url: pulumi.Output<string>;
    /** Whether the stand-in image runs, because the configuration has no image for the service. */
    readonly standIn: boolean;
}

/** The interface of the services layer: the address of every workload of the catalogue (SV-01 to SV-11). */
export type Services = Readonly<Record<string, ServiceAddress>>;
