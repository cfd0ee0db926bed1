import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Volume with the keys of a Secret as files.
 *
 * @param keys keys that the pod needs; default: all
 */
export function secretVolume(
    name: string,
    secretName: pulumi.Input<string>,
    keys?: readonly string[],
): k8s.types.input.core.v1.Volume & { readonly name: string } {
    // Readable by the pod's group, which the process has through fsGroup, and by no other user.
    const secret = { secretName, defaultMode: 0o440 };
    return {
        name,
        secret: keys === undefined ? secret : { ...secret, items: keys.map((key) => ({ key, path: key })) },
    };
}
