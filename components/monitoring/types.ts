import type * as pulumi from "@pulumi/pulumi";

/** What the monitoring layer promises (OB-01). */
export interface Monitoring {
    /** Query API inside the cluster, for autoscaling and for canary analysis. */
    readonly prometheusUrl: pulumi.Output<string>;
    /** OTLP endpoint inside the cluster that services send traces to (OB-04). */
    readonly otlpEndpoint: pulumi.Output<string>;
}
