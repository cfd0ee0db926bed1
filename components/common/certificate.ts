import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { Certificate } from "../../custom-resources/types/cert-manager.io/Certificate";
import { labels } from "./labels";
import { untilReady } from "./ready";

/** Issuer of a certificate, as cert-manager's `issuerRef`. */
export interface IssuerRef {
    readonly group: "cert-manager.io";
    readonly kind: "ClusterIssuer";
    readonly name: pulumi.Output<string>;
}

/** Arguments of {@link InternalCertificate}. */
export interface InternalCertificateArgs {
    /** Name of the Certificate and of its Secret, which has `tls.crt`, `tls.key` and `ca.crt`. */
    readonly secretName: string;
    readonly namespace: pulumi.Input<string>;
    /** `app.kubernetes.io/component` of its labels. */
    readonly component: string;
    readonly issuer: IssuerRef;
    /** `server`: for its DNS names; `client`: for its common name; `peer`: for both, where members call each other. */
    readonly usage: "server" | "client" | "peer";
    /** Common name: the user that a client is, the Service of a server. */
    readonly commonName: string;
    /** @default none, as for a client */
    readonly dnsNames?: readonly string[];
    /** Labels of the Secret in addition to ours, such as those by which an operator finds it. @default none */
    readonly secretLabels?: Readonly<Record<string, string>>;
}

const usages = { server: ["server auth"], client: ["client auth"], peer: ["server auth", "client auth"] } as const;

/** Names of a Service that its clients use, short and full. */
export function serviceNames(service: string, namespace: string): string[] {
    return [
        service,
        `${service}.${namespace}`,
        `${service}.${namespace}.svc`,
        `${service}.${namespace}.svc.cluster.local`,
    ];
}

/** A certificate of the cluster's own authority for TLS between pods, renewed by cert-manager (SC-06). */
export class InternalCertificate extends pulumi.ComponentResource {
    /** Name of the Secret; resolves when the certificate is issued. */
    public readonly secretName: pulumi.Output<string>;

    constructor(name: string, args: InternalCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:InternalCertificate", name, {}, opts);
        const metadata = labels(args.secretName, args.component);
        const certificate = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "Certificate",
                metadata: {
                    name: args.secretName,
                    namespace: args.namespace,
                    labels: metadata,
                    annotations: untilReady,
                },
                spec: {
                    secretName: args.secretName,
                    secretTemplate: { labels: { ...metadata, ...args.secretLabels } },
                    commonName: args.commonName,
                    ...(args.dnsNames === undefined ? {} : { dnsNames: args.dnsNames }),
                    usages: ["digital signature", "key encipherment", ...usages[args.usage]],
                    privateKey: {
                        algorithm: "ECDSA",
                        size: 256,
                        // A key that was copied is useless after the next renewal.
                        rotationPolicy: "Always",
                    },
                    // A month, renewed ten days before its end: clients have to read it again in time.
                    duration: "720h",
                    renewBefore: "240h",
                    issuerRef: args.issuer,
                },
            } satisfies Inputs<Certificate>,
            { parent: this },
        );
        this.secretName = certificate.metadata.name;
        this.registerOutputs({ secretName: this.secretName });
    }
}
