import * as dns from "@pulumi/gcp/dns";
import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";
import { contentHash } from "../../common/content-hash";
import type { CloudIdentity, GoogleGrant, IdentityArgs } from "../types";

/**
 * Id of the Google service account of a stack's Kubernetes service account. Google allows 30 characters, and stacks may
 * share a project: the name is truncated and a hash makes the id unique.
 */
export function googleAccountId(args: Pick<IdentityArgs, "namespace" | "serviceAccount"> & { stack: string }): string {
    const whole = [args.stack, args.namespace, args.serviceAccount].join("/");
    const hash = contentHash(whole).slice(0, 6);
    const readable = args.serviceAccount
        .replace(/[^a-z0-9-]/g, "-")
        .slice(0, 20)
        .replace(/-+$/, "");
    return `id-${readable}-${hash}`;
}

/** Annotation by which GKE finds a service account's identity. */
const accountAnnotation = "iam.gke.io/gcp-service-account";

/** A Google service account for one Kubernetes service account (G4, SC-07). */
export class WorkloadIdentity extends pulumi.ComponentResource implements CloudIdentity {
    public readonly annotations: pulumi.Output<Record<string, string>>;
    public readonly accountAnnotations: Readonly<Record<string, pulumi.Output<string>>>;
    public readonly granted: readonly pulumi.Resource[] = [this];

    constructor(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:identity:WorkloadIdentity", name, {}, opts);
        const { config, cluster, namespace, serviceAccount, permissions } = args;
        const project = config.account;
        const child = { parent: this };
        const account = new serviceaccount.Account(
            name,
            {
                project,
                accountId: googleAccountId({ ...args, stack: config.stack }),
                displayName: `${namespace}/${serviceAccount} of ${config.stack}`,
            },
            child,
        );
        const user = new serviceaccount.IAMMember(
            `${name}-user`,
            {
                serviceAccountId: account.name,
                role: "roles/iam.workloadIdentityUser",
                // One account of one namespace. Clusters of a project share its pool: the cluster is a dependency only.
                member: pulumi
                    .output(cluster.name)
                    .apply(() => `serviceAccount:${project}.svc.id.goog[${namespace}/${serviceAccount}]`),
            },
            child,
        );
        const grants = permissions.google.map((grant) => this.grant(`${name}-${grant.key}`, config, account, grant));
        const email = after(account.email, [user, ...grants]);
        this.annotations = email.apply((value): Record<string, string> => ({ [accountAnnotation]: value }));
        this.accountAnnotations = { [accountAnnotation]: email };
        this.registerOutputs({ annotations: this.annotations });
    }

    private grant(
        name: string,
        config: IdentityArgs["config"],
        account: serviceaccount.Account,
        { role: requestedRole, on }: GoogleGrant,
    ): pulumi.CustomResource {
        const child = { parent: this };
        const { account: project } = config;
        const { member } = account;
        const role =
            typeof requestedRole === "string" ? requestedRole : this.role(name, config, account, requestedRole);
        switch (on.kind) {
            case "project":
                return new projects.IAMMember(
                    name,
                    {
                        project,
                        role,
                        member,
                        ...(on.condition === undefined
                            ? {}
                            : { condition: { title: "only-its-own", expression: on.condition } }),
                    },
                    child,
                );
            case "zone":
                return new dns.DnsManagedZoneIamMember(name, { project, managedZone: on.zone, role, member }, child);
            case "bucket":
                return new storage.BucketIAMMember(
                    name,
                    {
                        bucket: on.bucket,
                        role,
                        member,
                        ...(on.condition === undefined
                            ? {}
                            : { condition: { title: "only-its-own", expression: on.condition } }),
                    },
                    child,
                );
        }
    }

    /** A custom role, where every predefined role has more permissions than needed. */
    private role(
        name: string,
        { account: project, stack }: IdentityArgs["config"],
        account: serviceaccount.Account,
        permissions: readonly string[],
    ): pulumi.Output<string> {
        const customRole = new projects.IAMCustomRole(
            `${name}-role`,
            {
                project,
                // The id of a deleted role is reserved for up to 37 days, and its deletion can be undone for only the first 7:
                // with a fixed id, a destroyed stack could not be created again in the meantime. The suffix is random: the last
                // digits of the account's unique id, which no later account of the same name has. Ids have no dashes.
                // https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iamcustomrole
                roleId: account.uniqueId.apply((id) => `${name}-${stack}-${id.slice(-6)}`.replaceAll("-", "_")),
                title: name,
                permissions: [...permissions],
            },
            { parent: this },
        );
        return customRole.name;
    }
}
