import type * as pulumi from "@pulumi/pulumi";

import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    type AccountValues,
    type ContainerSecurity,
    type PodSecurity,
    resources,
    restricted,
    commonValues,
    type Spread,
} from "../helm/values";
import { dnsRecords } from "./permissions";

/** The keys of external-dns' values that are set here. */
export interface ExternalDnsValues {
    readonly image: ImageValues;
    readonly serviceAccount: AccountValues;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly resources: Resources;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    readonly logFormat: "json";
    readonly provider: { readonly name: string };
    readonly sources: readonly string[];
    readonly domainFilters: readonly string[];
    readonly policy: "sync";
    readonly registry: "txt";
    readonly txtOwnerId: pulumi.Input<string>;
    readonly extraArgs: Readonly<Record<string, string>>;
}

const pods = {
    controller: {
        labels: { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": "external-dns" },
        // No leader election: two replicas would write the same records, and the chart has no key for more than one.
        count: "single",
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        metrics: 7979,
        // The cloud's DNS.
        calls: ["api-server", "cloud"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "registry.k8s.io/external-dns/external-dns";

/** Settings of external-dns by cloud. */
export interface DnsSettings {
    readonly provider: string;
    /** Domain of the records. */
    readonly domain: string;
    /** Kinds of objects with host names; their definitions have to be served. */
    readonly sources: readonly string[];
    readonly extraArgs: Readonly<Record<string, string>>;
}

function values(settings: ChartSettings, dns: DnsSettings, clusterName: pulumi.Input<string>): ExternalDnsValues {
    const { controller } = pods;
    return {
        image: settings.image(image),
        serviceAccount: { annotations: settings.accountAnnotations },
        ...restricted("podSecurityContext", "securityContext"),
        ...commonValues(controller, settings),
        logFormat: "json",
        provider: { name: dns.provider },
        sources: dns.sources,
        // Only the stack's domain, whatever host names objects contain.
        domainFilters: [dns.domain],
        // Records of deleted routes are deleted: their addresses may be reassigned.
        policy: "sync",
        // TXT records mark this cluster's records: those of other owners are not changed.
        registry: "txt",
        txtOwnerId: clusterName,
        extraArgs: dns.extraArgs,
    };
}

/**
 * Creates the shop's records in the cloud's DNS (SV-18). Read: kubernetes-sigs/external-dns at
 * external-dns-helm-chart-1.21.1, charts/external-dns.
 */
export const externalDns = (dns: DnsSettings): Chart<{ readonly clusterName: pulumi.Input<string> }> => ({
    name: "external-dns",
    chart: "external-dns",
    repo: "https://kubernetes-sigs.github.io/external-dns",
    version: "1.21.1",
    appVersion: "0.21.0",
    namespace: "ingress",
    // DNSEndpoint, which is not used.
    crds: "skipped",
    images: [{ repository: image, tag: "v0.21.0" }],
    pods,
    permissions: dnsRecords,
    values: (settings, { clusterName }) => values(settings, dns, clusterName),
});
