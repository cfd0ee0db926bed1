import assert from "node:assert/strict";

import { type AwsSite, awsSites } from "./sites";
import { type Row, rows, table } from "./tables";
import { ofType, stacks, type StackName, updated } from "./updated";

type Account = readonly [namespace: string, serviceAccount: string];

/** Roles of service accounts that every stack associates, by namespace and service account. */
const everywhere: Readonly<Record<string, Account>> = {
    "addons-aws-load-balancer-controller": ["ingress", "aws-load-balancer-controller"],
    "addons-cert-manager": ["security", "cert-manager"],
    "addons-external-dns": ["ingress", "external-dns"],
    "addons-external-secrets": ["security", "external-secrets"],
    "database-postgres": ["data", "postgres"],
    "nodes-karpenter-controller": ["kube-system", "karpenter"],
};

/** Those that write backups, or read them for a restore: a replica has none. */
const ofPrimary: Readonly<Record<string, Account>> = {
    "cache-backup-backup": ["cache", "valkey-state-backup"],
    "cache-backup-restore": ["cache", "valkey-state-restore"],
    "database-retention-postgres-monthly": ["data", "postgres-monthly"],
    "search-nodes": ["data", "search-es"],
};

const associatedBy = ({ primary }: AwsSite) => ({ ...everywhere, ...(primary ? ofPrimary : {}) });

const podIdentity = (cluster: string, namespace: string, serviceAccount: string): Row => [
    "Allow Service pods.eks.amazonaws.com",
    ["sts:AssumeRole", "sts:TagSession"],
    [],
    `StringEquals aws:RequestTag/eks-cluster-arn ${cluster}`,
    `StringEquals aws:RequestTag/kubernetes-namespace ${namespace}`,
    `StringEquals aws:RequestTag/kubernetes-service-account ${serviceAccount}`,
];

/** Who may assume each role of a stack. */
function trusted(stack: StackName, site: AwsSite): Record<string, readonly Row[]> {
    const { account, region, drRegion } = site;
    const cluster = `arn:aws:eks:${region}:${account}:cluster/ecommerce-eks-${stack}`;
    const source = `StringEquals aws:SourceAccount ${account}`;
    return {
        ...Object.fromEntries(
            Object.entries(associatedBy(site)).map(([role, [namespace, serviceAccount]]) => [
                role,
                [podIdentity(cluster, namespace, serviceAccount)],
            ]),
        ),
        "cluster-access": [
            [
                `Allow AWS arn:aws:iam::${account}:root`,
                "sts:AssumeRole",
                [],
                `ArnLike aws:PrincipalArn arn:aws:iam::${account}:role/ecommerce-deployer`,
            ],
        ],
        "cluster-addons-aws-ebs-csi-driver": [podIdentity(cluster, "kube-system", "ebs-csi-controller-sa")],
        "cluster-base-vpc-cni": [podIdentity(cluster, "kube-system", "aws-node")],
        "cluster-control": [["Allow Service eks.amazonaws.com", ["sts:AssumeRole"], []]],
        "cluster-nodes": [["Allow Service ec2.amazonaws.com", ["sts:AssumeRole"], []]],
        "network-flow-logs-role": [["Allow Service vpc-flow-logs.amazonaws.com", "sts:AssumeRole", [], source]],
        ...(drRegion === undefined
            ? {}
            : { "storage-buckets-replication": [["Allow Service s3.amazonaws.com", "sts:AssumeRole", []]] }),
    };
}

const attachments = {
    "cluster-addons-aws-ebs-csi-driver-policy": [
        "cluster-addons-aws-ebs-csi-driver-name",
        "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
    ],
    "cluster-base-vpc-cni-policy": ["cluster-base-vpc-cni-name", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
    "cluster-control-cluster": ["cluster-control-name", "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"],
    "cluster-nodes-images": ["cluster-nodes-name", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"],
    "cluster-nodes-worker": ["cluster-nodes-name", "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"],
};

/** Where the roles of a stack are, and their boundary. */
function settings(stack: StackName, { account }: AwsSite): Record<string, string> {
    const permissionsBoundary = `arn:aws:iam::${account}:policy/ecommerce-${stack}-boundary`;
    return { path: `/ecommerce/${stack}/`, ...(stack === "dev" ? {} : { permissionsBoundary }) };
}

for (const stack of stacks) {
    const site = awsSites[stack];
    const associated: Readonly<Record<string, Account>> = associatedBy(site);

    describe(`the roles of ${stack} on AWS`, () => {
        it("may be assumed by these principals, under these conditions (E11)", async () => {
            const roles = ofType(await updated(stack, "aws"), "aws:iam/role:Role");
            assert.deepEqual(
                table(Object.keys(roles), (name) => rows(roles[name]?.["assumeRolePolicy"])),
                trusted(stack, site),
            );
        });

        it("are in the stack's path, under its boundary, and have no other setting (D10)", async () => {
            const roles = ofType(await updated(stack, "aws"), "aws:iam/role:Role");
            const own: Readonly<Record<string, object>> = {
                "cluster-access": {
                    name: `ecommerce-eks-${stack}-admin`,
                    description: `Administers the ${stack} cluster; has no permission outside of it`,
                    maxSessionDuration: 3600,
                },
                ...Object.fromEntries(
                    Object.entries(associated).map(([name, [namespace, serviceAccount]]) => [
                        name,
                        { description: `${namespace}/${serviceAccount} of ${stack}` },
                    ]),
                ),
            };
            assert.deepEqual(
                table(Object.keys(roles), (name) => {
                    const { assumeRolePolicy, ...others } = roles[name] ?? {};
                    assert.equal(typeof assumeRolePolicy, "string", name);
                    return others;
                }),
                table(Object.keys(trusted(stack, site)), (name) => ({ ...settings(stack, site), ...own[name] })),
            );
        });

        it("are associated with one service account each (SC-07)", async () => {
            const all = await updated(stack, "aws");
            const associations = ofType(all, "aws:eks/podIdentityAssociation:PodIdentityAssociation");
            assert.deepEqual(
                associations,
                table(Object.keys(associated), (role) => {
                    const [namespace, serviceAccount] = associated[role] ?? [];
                    const clusterName = `ecommerce-eks-${stack}`;
                    return { clusterName, namespace, serviceAccount, roleArn: `role:${role}` };
                }),
            );
        });

        it("have these managed policies and no others", async () => {
            const all = await updated(stack, "aws");
            const attached = ofType(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
            assert.deepEqual(
                table(Object.keys(attached), (name) => [attached[name]?.["role"], attached[name]?.["policyArn"]]),
                attachments,
            );
            const kinds = [...new Set(all.map(({ type }) => type).filter((type) => type.startsWith("aws:iam/")))];
            assert.deepEqual(kinds.sort(), [
                "aws:iam/instanceProfile:InstanceProfile",
                "aws:iam/role:Role",
                "aws:iam/rolePolicy:RolePolicy",
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            ]);
            assert.deepEqual(ofType(all, "aws:iam/instanceProfile:InstanceProfile"), {
                "nodes-karpenter": { path: `/ecommerce/${stack}/`, role: "cluster-nodes-name" },
            });
        });
    });
}
