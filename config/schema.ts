import { z } from "zod";

import { checked, flag, group, list, oneOf, secretText, text, whole } from "./fields";
import { isChartSource, isCidr, isCron, isDomain, isPinnedImage, isRegistry } from "./formats";
import { nodePools } from "./schema-pools";

export const tierNames = ["dev", "staging", "prod"] as const;
export type Tier = (typeof tierNames)[number];

export const cloudNames = ["gcp", "aws", "existing"] as const;
export type Cloud = (typeof cloudNames)[number];

export const roleNames = ["primary", "replica"] as const;
export type Role = (typeof roleNames)[number];

const cidr = (description: string) =>
    checked(description, isCidr, "an IPv4 network by its first address, such as 10.0.0.0/16");

const serviceSettings = group("Settings of one service of the catalogue", {
    image: checked(
        "Image by digest or exact tag; until it is set a public stand-in runs in its place",
        isPinnedImage,
        "an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2",
    ).optional(),
    replicas: whole("Replicas where the tier does not autoscale", 1, 100).optional(),
    minReplicas: whole("Fewest replicas of the autoscaler", 1, 100).optional(),
    maxReplicas: whole("Most replicas of the autoscaler", 1, 100).optional(),
});

// Never nothing: an autoscaler's target is a percentage of the request.
const quantityCpu = text(
    "CPU in cores or millicores",
    /^(?![0.]+m?$)([0-9]+m|[0-9]+(\.[0-9]+)?)$/,
    'a quantity above 0 in quotes, such as "500m" or "2"',
);
const quantityMemory = text(
    "Memory with a binary unit",
    /^(?!0+[MG])[0-9]+(Mi|Gi)$/,
    'a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
);

/** Every key of a stack file under `ecommerce-platform:`. Nothing else is accepted. */
export const schema = z.strictObject({
    tier: oneOf(
        "Size and strictness of the environment; `config/tiers.ts` says what follows (EN-01 to EN-04)",
        tierNames,
    ),
    cloud: oneOf("Where the platform runs", cloudNames),
    domain: checked(
        "Domain of the shop; shop., api., admin. and the rest are made below it (SV-18)",
        isDomain,
        "a lower-case domain name such as demo.example.com",
    ),
    gcp: group("Google Cloud, used where cloud is gcp", {
        project: text("Project id", /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/, "a project id such as shop-prod-1234"),
        region: text("Region of the cluster", /^[a-z]+-[a-z]+[0-9]+$/, "a region such as us-central1").optional(),
        drRegion: text(
            "Region that backups are kept in too, and that takes over when the first one is lost (CL-18, BK-04)",
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
        securityGroup: text(
            "Google group whose member groups RBAC may name; GKE asks for this very name before the @",
            /^gke-security-groups@[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
            "gke-security-groups@ and your domain, such as gke-security-groups@example.com",
        ).optional(),
    }).optional(),
    aws: group("Amazon Web Services, used where cloud is aws", {
        accountId: text("Account id", /^[0-9]{12}$/, "an account id of twelve digits, in quotes"),
        region: text("Region of the cluster", /^[a-z]{2}(-[a-z]+)+-[0-9]$/, "a region such as us-east-1").optional(),
        drRegion: text(
            "Region that backups are copied to, and that takes over when the first one is lost (CL-18, BK-04)",
            /^[a-z]{2}(-[a-z]+)+-[0-9]$/,
            "a region such as us-west-2",
        ).optional(),
        zones: list(
            "The three availability zones that nodes run in (CL-02)",
            text("Zone", /^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$/, "a zone such as us-east-1a"),
            3,
            3,
            "a list of three zones",
        ).optional(),
        guardDuty: flag(
            "Whether the stack switches GuardDuty on; false where the organisation does, for an account has one detector a region (E15)",
        ).optional(),
    }).optional(),
    existing: group("A cluster that is already there, used where cloud is existing", {
        kubeconfig: secretText(
            "Kubeconfig as YAML; without it the machine's own (KUBECONFIG, then ~/.kube/config) is used",
            "a kubeconfig, set with pulumi config set --secret --path existing.kubeconfig",
        ).optional(),
        context: text("Context of the kubeconfig", /^\S{1,253}$/, "the name of a context").optional(),
        dedicatedPools: flag(
            "Whether nodes carry the pools' labels and taints; without them every pod shares every node",
        ).optional(),
        storageProvisioner: text(
            "Driver that makes the volumes of the three storage classes (ST-01, ST-02)",
            /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?)?$/,
            "a provisioner such as rancher.io/local-path or k8s.io/minikube-hostpath",
        ).optional(),
        metricsServer: oneOf(
            "Who measures pods for the autoscalers: `install` brings metrics-server, `install-insecure` one that takes kubelets at their word (kind, minikube), `present` says that the cluster has one",
            ["install", "install-insecure", "present"],
        ).optional(),
        snapshotDriver: text(
            "CSI driver that takes volume snapshots; without it there are no snapshot classes (ST-04)",
            /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/,
            "the name of a CSI driver such as rook-ceph.rbd.csi.ceph.com",
        ).optional(),
    }).optional(),
    audit: group(
        "Records of who did what in the cloud, kept apart (SC-12, CL-19); a cluster that exists keeps its own",
        {
            retentionDays: whole("Days after which a record is deleted", 30, 3650).optional(),
        },
    ).optional(),
    recovery: group("What the stack is when a region is lost", {
        role: oneOf(
            "`primary` serves the shop; `replica` keeps a second region ready and serves nobody (CL-18)",
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
                "Labels (GCP) or tags (AWS) of every cloud resource beside the platform's own, for whom to bill",
            accepts: "an object of up to 20 texts by name, such as cost-center: shop",
            entry: "label",
        })
        .optional(),
    network: group("Address ranges; none may overlap", {
        nodes: cidr("Nodes (GCP: the subnetwork; AWS: the VPC)").optional(),
        pods: cidr("Pods (GCP only: AWS takes pods from the VPC)").optional(),
        services: cidr("Services of the cluster").optional(),
        controlPlane: cidr("Control plane (GCP only, a /28)").optional(),
        managed: cidr("Managed databases and caches, peered with the VPC (GCP only, /24 or larger)").optional(),
    }).optional(),
    cluster: group("The cluster itself", {
        authorizedNetworks: list(
            "Networks that may reach the control plane; never the whole internet",
            cidr("Network"),
            0,
            50,
            "a list of IPv4 networks",
        ).optional(),
        privateEndpoint: flag("No public address of the control plane, whatever the listed networks").optional(),
        dnsEndpoint: flag(
            "Control plane reachable by its DNS name for whom IAM lets in, from any network (GCP only)",
        ).optional(),
        deletionProtection: flag(
            "Whether cluster, keys and buckets refuse to be deleted; give false, and pulumi up, before a prod stack is destroyed",
        ).optional(),
        maintenanceWindow: checked(
            "Start of the weekly maintenance, UTC, as a cron expression",
            isCron,
            "five cron fields, such as 0 3 * * 6",
        ).optional(),
    }).optional(),
    nodePools: nodePools.optional(),
    resources: group("What each pod of the shop asks for and may use", {
        cpuRequest: quantityCpu.optional(),
        cpuLimit: quantityCpu.optional(),
        memoryRequest: quantityMemory.optional(),
        memoryLimit: quantityMemory.optional(),
    }).optional(),
    scheduling: group("How strictly pods are spread", {
        spread: oneOf("`required` refuses a pod rather than crowd a zone or a node (CL-13)", [
            "required",
            "preferred",
        ]).optional(),
    }).optional(),
    charts: group("Where Helm charts come from", {
        source: checked(
            "Folder of charts, packed (as helm pull writes them) or unpacked, or an OCI registry that holds them all; without it each comes from its project",
            isChartSource,
            "a folder such as ./charts, or a registry such as oci://registry.example.com/charts",
        ).optional(),
    }).optional(),
    images: group("Where images come from", {
        mirror: checked(
            "Registry that holds a copy of every image under its full name, those of charts included; without it each comes from its project",
            isRegistry,
            "a registry with or without a path, such as registry.example.com/mirror",
        ).optional(),
    }).optional(),
    services: z
        .record(z.string(), serviceSettings)
        .meta({
            description: "Settings by service",
            accepts: "an object of services of the catalogue",
            entry: "service",
        })
        .optional(),
});

/** A stack file's keys as written. */
export type Settings = z.output<typeof schema>;
/** Settings of one service as written. */
export type ServiceSettings = z.output<typeof serviceSettings>;
