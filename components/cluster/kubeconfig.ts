import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** A command that prints a short-lived token for the control plane. */
export interface TokenCommand {
    readonly command: string;
    readonly args?: pulumi.Input<pulumi.Input<string>[]>;
    readonly installHint: string;
}

/** Where a control plane is and how to be let in. */
export interface ControlPlane {
    /** URL. */
    readonly server: pulumi.Input<string>;
    /** Certificate authority, PEM in base64. @default those that the machine trusts */
    readonly certificateAuthority?: pulumi.Input<string>;
    readonly token: TokenCommand;
}

/**
 * A kubeconfig as a secret. It holds no credential: whoever uses it asks the cloud for a token of their own, so that
 * nothing in the state lets anybody in.
 */
export function kubeconfig(name: string, plane: ControlPlane): pulumi.Output<string> {
    const { command, args, installHint } = plane.token;
    return pulumi.secret(
        pulumi.jsonStringify({
            apiVersion: "v1",
            kind: "Config",
            "current-context": name,
            contexts: [{ name, context: { cluster: name, user: name } }],
            clusters: [
                {
                    name,
                    cluster: {
                        server: plane.server,
                        ...(plane.certificateAuthority === undefined
                            ? {}
                            : { "certificate-authority-data": plane.certificateAuthority }),
                    },
                },
            ],
            users: [
                {
                    name,
                    user: {
                        exec: {
                            apiVersion: "client.authentication.k8s.io/v1beta1",
                            command,
                            ...(args === undefined ? {} : { args }),
                            installHint,
                            provideClusterInfo: true,
                            interactiveMode: "Never",
                        },
                    },
                },
            ],
        }),
    );
}

/** How the stack's one Kubernetes provider is made. */
export interface ProviderSettings {
    /** Absent: the machine's own kubeconfig. An empty text would mean a cluster that is not there. */
    readonly kubeconfig?: pulumi.Input<string>;
    readonly context?: string;
    /** Changes when, and only when, it is another cluster. */
    readonly identity?: pulumi.Input<string>;
}

/** Makes the one Kubernetes provider of a stack; its name is the same on every cloud and never changes. */
export function kubernetesProvider(
    name: string,
    settings: ProviderSettings,
    opts: pulumi.CustomResourceOptions,
): k8s.Provider {
    const { kubeconfig: text, context, identity } = settings;
    return new k8s.Provider(
        `${name}-kubernetes`,
        {
            // Owners of single fields are kept apart: what an autoscaler or an operator writes is not taken back.
            enableServerSideApply: true,
            ...(text === undefined ? {} : { kubeconfig: text }),
            ...(context === undefined ? {} : { context }),
            // Without it a renewed certificate in the kubeconfig could pass for another cluster and replace everything.
            ...(identity === undefined ? {} : { clusterIdentifier: identity }),
        },
        opts,
    );
}
