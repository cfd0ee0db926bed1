import type { Addons } from "../addons/types";
import type { Layer } from "../layer";
import type { Namespaces } from "../security/types";
import { Authority } from "./authority";
import type { Certificates } from "./types";

/** The certificate authority of connections inside the cluster (SC-06). */
export const certificates: Layer<
    "certificates",
    unknown,
    { readonly addons: Addons; readonly security: Namespaces },
    Certificates
> = {
    name: "certificates",
    create: (name, { addons, security: namespaces }, opts) => {
        // cert-manager serves the kinds, and looks up the authority's Secret in its own namespace.
        const { "cert-manager": certManager } = addons.ready;
        const needs = certManager === undefined ? [] : [certManager];
        return new Authority(name, { namespace: namespaces.security, needs }, opts);
    },
};
