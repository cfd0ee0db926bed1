import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** A command that prints a short-lived token for the control plane. */
export interface TokenCommand {
    readonly command: string;
    readonly args?: pulumi.Input<pulumi.Input<string>[]>;
    readonly installHint: string;
}

/** Address and authentication of a control plane. */
export interface ControlPlane {
    /** URL. */
    readonly server: pulumi.Input<string>;
    /** Certificate authority, PEM in base64. @default the machine's trust store */
    readonly certificateAuthority?: pulumi.Input<string>;
    readonly token: TokenCommand;
}

/**
 * A kubeconfig, as a secret. It contains no credential: each user requests a token from the cloud, so access to the state
 * gives no access to the cluster.
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

/** Settings of {@link kubernetesProvider}. */
export interface ProviderSettings {
    /** @default the machine's kubeconfig: KUBECONFIG, then ~/.kube/config */
    readonly kubeconfig?: pulumi.Input<string>;
    readonly context?: string;
    /** Changes if and only if the cluster is replaced. */
    readonly identity: pulumi.Input<string>;
}

/** Creates the stack's one Kubernetes provider, under the same name on every cloud. */
export function kubernetesProvider(
    name: string,
    settings: ProviderSettings,
    opts: pulumi.CustomResourceOptions,
): k8s.Provider {
    const { kubeconfig: text, context, identity } = settings;
    return new k8s.Provider(
        `${name}-kubernetes`,
        {
            // Field ownership: changes of autoscalers and operators are not reverted.
            enableServerSideApply: true,
            // An empty text means the machine's kubeconfig (`Configure` in provider/pkg/provider/provider.go of
            // pulumi-kubernetes). Without it the SDK inserts the value of KUBECONFIG, a path of this machine, which would
            // be stored in the state and differ between users.
            kubeconfig: text ?? "",
            ...(context === undefined ? {} : { context }),
            // Without it, another address or certificate in the kubeconfig counts as another cluster, and every object is
            // replaced (`DiffConfig` in the same file).
            clusterIdentifier: identity,
        },
        opts,
    );
}
