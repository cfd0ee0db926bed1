import type { AddonSettings, PodGroup, Resources } from "../helm/types";
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
    readonly txtOwnerId: AddonSettings["site"]["clusterName"];
    readonly extraArgs: Readonly<Record<string, string>>;
}

export const externalDnsPods = {
    controller: {
        labels: { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": "external-dns" },
        // It elects no leader: two of them would write the same records, so the chart has no key for a second.
        count: "single",
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        metrics: 7979,
        // The cloud's DNS.
        calls: ["api-server", "cloud"],
    },
} as const satisfies Record<string, PodGroup>;

export const externalDnsImage = "registry.k8s.io/external-dns/external-dns";

/** Values of the chart external-dns: names of the shop in the cloud's DNS (SV-18). */
export function externalDnsValues(settings: AddonSettings): ExternalDnsValues {
    const { controller } = externalDnsPods;
    const { site } = settings;
    return {
        image: { repository: settings.image(externalDnsImage) },
        serviceAccount: { annotations: settings.accountAnnotations },
        ...restricted("podSecurityContext", "securityContext"),
        ...placed(controller, settings),
        logFormat: "json",
        provider: { name: site.dns.provider },
        sources: site.dns.sources,
        // Nothing beside the shop's own names, whatever an object of the cluster asks for.
        domainFilters: [site.domain],
        // A record whose route is gone would point at an address that is somebody else's by tomorrow.
        policy: "sync",
        // Says in DNS which records are this cluster's: those of another one are never touched.
        registry: "txt",
        txtOwnerId: site.clusterName,
        extraArgs: site.dns.extraArgs,
    };
}
