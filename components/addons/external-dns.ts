import type * as pulumi from "@pulumi/pulumi";

import type { Chart, ChartPods, ChartSettings } from "../helm/types";
import type { Resources } from "../layer";
import {
    type AccountValues,
    type ContainerSecurity,
    type ImageValues,
    type PodSecurity,
    resources,
    restricted,
    placed,
    type Spread,
} from "../helm/values";
import { dnsRecords } from "./permissions";

/** The keys of external-dns' values that we set. */
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
        // It elects no leader: two of them would write the same records, so the chart has no key for a second.
        count: "single",
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        metrics: 7979,
        // The cloud's DNS.
        calls: ["api-server", "cloud"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "registry.k8s.io/external-dns/external-dns";

/** How DNS records are made on a cloud. */
export interface DnsSettings {
    readonly provider: string;
    /** Domain that records are made below. */
    readonly domain: string;
    /** Kinds of objects that carry host names; their definitions have to be served. */
    readonly sources: readonly string[];
    readonly extraArgs: Readonly<Record<string, string>>;
}

function values(settings: ChartSettings, dns: DnsSettings, clusterName: pulumi.Input<string>): ExternalDnsValues {
    const { controller } = pods;
    return {
        image: { repository: settings.image(image) },
        serviceAccount: { annotations: settings.accountAnnotations },
        ...restricted("podSecurityContext", "securityContext"),
        ...placed(controller, settings),
        logFormat: "json",
        provider: { name: dns.provider },
        sources: dns.sources,
        // Nothing beside the shop's own names, whatever an object of the cluster asks for.
        domainFilters: [dns.domain],
        // A record whose route is gone would point at an address that is somebody else's by tomorrow.
        policy: "sync",
        // Says in DNS which records are this cluster's: those of another one are never touched.
        registry: "txt",
        txtOwnerId: clusterName,
        extraArgs: dns.extraArgs,
    };
}

/**
 * Writes the shop's names into the cloud's DNS (SV-18). Read: kubernetes-sigs/external-dns at
 * external-dns-helm-chart-1.21.1, charts/external-dns.
 */
export const externalDns = (dns: DnsSettings): Chart<{ readonly clusterName: pulumi.Input<string> }> => ({
    name: "external-dns",
    chart: "external-dns",
    repo: "https://kubernetes-sigs.github.io/external-dns",
    version: "1.21.1",
    appVersion: "0.21.0",
    namespace: "ingress",
    // DNSEndpoint, which no object of ours uses.
    crds: "skipped",
    images: [{ repository: image, tag: "v0.21.0" }],
    pods,
    permissions: dnsRecords,
    values: (settings, { clusterName }) => values(settings, dns, clusterName),
});
