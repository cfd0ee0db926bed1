import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { Certificate } from "../../custom-resources/types/cert-manager.io/Certificate";
import type { ClusterIssuer } from "../../custom-resources/types/cert-manager.io/ClusterIssuer";
import { labels } from "../common/labels";
import type { IssuerRef } from "../common/certificate";
import { untilReady } from "../common/ready";
import type { Certificates } from "./types";

/** Arguments of {@link Authority}. */
export interface AuthorityArgs {
    /** Namespace of cert-manager, where a ClusterIssuer looks up its Secrets. */
    readonly namespace: pulumi.Input<string>;
    /** What installs cert-manager. @default none */
    readonly needs?: readonly pulumi.Resource[];
}

const authority = "platform-internal";

/**
 * A certificate authority of the stack's own, for connections inside the cluster (SC-06). cert-manager creates and renews its
 * key, which is in the cluster only: not in Pulumi's state.
 */
export class Authority extends pulumi.ComponentResource implements Certificates {
    public readonly internal: IssuerRef;

    constructor(name: string, args: AuthorityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:certificates:Authority", name, {}, opts);
        const child = { parent: this, dependsOn: [...(args.needs ?? [])] };
        const root = new k8s.apiextensions.CustomResource(
            `${name}-root`,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "ClusterIssuer",
                metadata: {
                    name: `${authority}-root`,
                    labels: labels(authority, "certificates"),
                    annotations: untilReady,
                },
                spec: { selfSigned: {} },
            } satisfies Inputs<ClusterIssuer>,
            child,
        );
        const certificate = new k8s.apiextensions.CustomResource(
            `${name}-certificate`,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "Certificate",
                metadata: {
                    name: authority,
                    namespace: args.namespace,
                    labels: labels(authority, "certificates"),
                    annotations: untilReady,
                },
                spec: {
                    isCA: true,
                    commonName: authority,
                    secretName: authority,
                    privateKey: {
                        algorithm: "ECDSA",
                        size: 384,
                        // A new key would make every certificate of the cluster invalid at once.
                        rotationPolicy: "Never",
                    },
                    // Ten years: clients trust it through the `ca.crt` of their own certificates, which are renewed monthly.
                    duration: "87600h",
                    renewBefore: "8760h",
                    issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: root.metadata.name },
                },
            } satisfies Inputs<Certificate>,
            child,
        );
        const issuer = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "ClusterIssuer",
                metadata: { name: authority, labels: labels(authority, "certificates"), annotations: untilReady },
                spec: { ca: { secretName: authority } },
            } satisfies Inputs<ClusterIssuer>,
            { ...child, dependsOn: [...child.dependsOn, certificate] },
        );
        this.internal = { group: "cert-manager.io", kind: "ClusterIssuer", name: issuer.metadata.name };
        this.registerOutputs({ internal: this.internal });
    }
}
