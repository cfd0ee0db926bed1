import { z } from "zod";

import { checked, cidr, flag, group, list, oneOf, text } from "./fields";
import { isDomain, isRegistry } from "./formats";
import { nodePools } from "./schema-pools";

export const tierNames = ["dev", "staging", "prod"] as const;
export type Tier = (typeof tierNames)[number];

export const cloudNames = ["gcp", "aws", "existing"] as const;
export type Cloud = (typeof cloudNames)[number];

export const roleNames = ["primary", "replica"] as const;
export type Role = (typeof roleNames)[number];

/** The keys that every layer needs. Layers add their own keys, and keys in the sections of the clouds. */
export const coreShape = {
    tier: oneOf("Environment, which determines defaults and rules; see `docs/config.md` (EN-01 to EN-04)", tierNames),
    cloud: oneOf("Where the platform runs", cloudNames),
    domain: checked(
        "Domain of the shop; shop., api., admin. and other names are created below it (SV-18)",
        isDomain,
        "a lower-case domain name such as demo.example.com",
    ),
    gcp: group("Google Cloud, used where cloud is gcp", {
        project: text("Project id", /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/, "a project id such as shop-prod-1234"),
        region: text("Region of the cluster", /^[a-z]+-[a-z]+[0-9]+$/, "a region such as us-central1").optional(),
        drRegion: text(
            "Region that also stores backups, and that replaces the first region after its loss (CL-18, BK-04)",
            /^[a-z]+-[a-z]+[0-9]+$/,
            "a region such as us-east1",
        ).optional(),
        zones: list(
            "The three zones that nodes run in (CL-01)",
            text("Zone", /^[a-z]+-[a-z]+[0-9]+-[a-z]$/, "a zone such as us-central1-a"),
            3,
            3,
            "a list of three zones",
        ).optional(),
        privateRunner: flag(
            "Pulumi runs in the VPC or in a network that you connect to it, before the cluster is created: see `docs/clusters.md`",
        ).optional(),
    }).optional(),
    aws: group("Amazon Web Services, used where cloud is aws", {
        accountId: text("Account id", /^[0-9]{12}$/, "an account id of twelve digits, in quotes"),
        region: text("Region of the cluster", /^[a-z]{2}(-[a-z]+)+-[0-9]$/, "a region such as us-east-1").optional(),
        drRegion: text(
            "Region that backups are copied to, and that replaces the first region after its loss (CL-18, BK-04)",
            /^[a-z]{2}(-[a-z]+)+-[0-9]$/,
            "a region such as us-west-2",
        ).optional(),
        zones: list(
            "The three availability zones that nodes run in, by id, or all by name: a name is another zone in another account (CL-02)",
            text(
                "Zone",
                /^([a-z]{2}(-[a-z]+)+-[0-9][a-z]|[a-z]+[0-9]-az[0-9]+)$/,
                "a zone id such as use1-az1, or a zone's name in your account such as us-east-1a",
            ),
            3,
            3,
            "a list of three zones",
        ).optional(),
        permissionsBoundary: text(
            "Name of the IAM policy that is the permissions boundary of every role of the stack; `npm run permissions` prints the policy, and an administrator creates it before the first `pulumi up`",
            /^([\w.,+=@-]+\/)*[\w.,+=@-]{1,128}$/,
            "the name of an IAM policy of the account, such as ecommerce-prod-boundary",
        ).optional(),
        transitGateway: text(
            "Transit gateway that the VPC is attached to, so that Pulumi and operators reach the private endpoint",
            /^tgw-[0-9a-f]{8,17}$/,
            "the id of a transit gateway such as tgw-0123456789abcdef0",
        ).optional(),
        connectedNetworks: list(
            "Networks behind the transit gateway that reach the control plane",
            cidr("Network"),
            1,
            20,
            "a list of IPv4 networks",
        ).optional(),
        privateRunner: flag(
            "Pulumi runs in the VPC or in a network that you connect to it, before the cluster is created: see `docs/clusters.md`",
        ).optional(),
    }).optional(),
    existing: group("An existing cluster, used where cloud is existing", {
        dedicatedPools: flag(
            "Whether nodes have the pools' labels and taints; without them every pod can run on every node",
        ).optional(),
    }).optional(),
    recovery: group("Role of the stack when a region is lost", {
        role: oneOf(
            "`primary` serves the shop; `replica` prepares a second region without serving customers (CL-18)",
            roleNames,
        ).optional(),
        replicaOf: text(
            "Name of the primary's stack, whose backups a replica reads",
            /^[a-z][-a-z0-9]{0,18}[a-z0-9]$/,
            "the name of a stack such as prod",
        ).optional(),
    }).optional(),
    labels: z
        .record(
            z.string(),
            text(
                "Value of the label or tag",
                /^[a-z0-9_][-_a-z0-9]{0,62}$/,
                "1 to 63 lower-case letters, digits, - and _, in quotes where it is a number",
            ),
        )
        .meta({
            description:
                "Labels (GCP) or tags (AWS) of every cloud resource besides the platform's own, such as a cost centre",
            accepts: "an object of up to 20 texts by name, such as cost-center: shop",
            entry: "label",
        })
        .optional(),
    nodePools: nodePools.optional(),
    images: group("Where images come from", {
        mirror: checked(
            "Registry with a copy of every image under its full name, including the images of charts; without it each image is pulled from its own registry",
            isRegistry,
            "a registry with or without a path, such as registry.example.com/mirror",
        ).optional(),
        requireDigests: flag(
            "Refuses the stack while one of its images has no digest; `npm run pin-images` writes digests to images.lock.json",
        ).optional(),
    }).optional(),
};

/** The settings of the keys that every layer needs. */
export type CoreSettings = z.output<z.ZodObject<typeof coreShape>>;

/**
 * Replace required keys that are invalid, so that the rules can check the other settings; no rule reads these values. There
 * are none for tier and cloud, on which all settings depend.
 */
export const fallbackSettings: Readonly<Record<string, string>> = {
    domain: "example.com",
    "gcp.project": "project-id",
    "aws.accountId": "000000000000",
};
