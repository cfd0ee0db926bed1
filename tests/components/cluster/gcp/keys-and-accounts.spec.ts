import assert from "node:assert/strict";

import { inputsOf, waits } from "../../deployed";
import { autoscalingImages } from "../../autoscaling/declared";
import { type Deployed, type Deployment, deployment, inLayer } from "../../deployment";
import { storeImages } from "../../store-images";

const project = "shop-project";
/** Repositories that every stack on GCP runs images of, besides the stores'. */
const repositories = [
    "docker.io/aquasec/kube-bench",
    "ghcr.io/external-secrets/external-secrets",
    "ghcr.io/stakater/reloader",
    "ghcr.io/stefanprodan/podinfo",
    "quay.io/jetstack/cert-manager-acmesolver",
    "quay.io/jetstack/cert-manager-cainjector",
    "quay.io/jetstack/cert-manager-controller",
    "quay.io/jetstack/cert-manager-startupapicheck",
    "quay.io/jetstack/cert-manager-webhook",
    "registry.k8s.io/external-dns/external-dns",
];

function admission(stack: string, names: readonly string[]) {
    return {
        "cluster-admission": {
            project,
            description: `Images of the stack ${stack}; written by its Pulumi program`,
            globalPolicyEvaluationMode: "ENABLE",
            defaultAdmissionRule: {
                evaluationMode: "ALWAYS_DENY",
                enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
            },
            admissionWhitelistPatterns: names.flatMap((name) => [
                { namePattern: `${name}:*` },
                { namePattern: `${name}@*` },
            ]),
        },
    };
}

describe("keys, accounts and policy of the cluster on GCP", () => {
    let prod: Deployment;
    let cluster: readonly Deployed[];
    before(async () => {
        prod = await deployment("gcp", "prod");
        cluster = inLayer(prod, "cluster");
    });

    it("encrypt the database and the disks, each with a rotated key for one service agent (G11, G24, D7)", () => {
        assert.deepEqual(inputsOf(cluster, "gcp:kms/keyRing:KeyRing"), {
            "cluster-keys": { project, location: "us-central1" },
        });
        const key = {
            keyRing: "cluster-keys-id",
            purpose: "ENCRYPT_DECRYPT",
            rotationPeriod: "7776000s",
            destroyScheduledDuration: "2592000s",
        };
        assert.deepEqual(inputsOf(cluster, "gcp:kms/cryptoKey:CryptoKey"), {
            "cluster-keys-database": key,
            "cluster-keys-disks": key,
        });
        const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
        assert.deepEqual(inputsOf(cluster, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"), {
            "cluster-keys-database": {
                cryptoKeyId: "cluster-keys-database-id",
                role,
                member: "serviceAccount:service-42@container-engine-robot.iam.gserviceaccount.com",
            },
            "cluster-keys-disks": {
                cryptoKeyId: "cluster-keys-disks-id",
                role,
                member: "serviceAccount:service-42@compute-system.iam.gserviceaccount.com",
            },
        });
        assert.deepEqual(inputsOf(cluster, "gcp:projects/serviceIdentity:ServiceIdentity"), {
            "cluster-keys-gke": { project, service: "container.googleapis.com" },
        });
    });

    it("give nodes one account, which writes logs and metrics and pulls images only (G12, G13)", () => {
        assert.deepEqual(inputsOf(cluster, "gcp:serviceaccount/account:Account"), {
            "cluster-nodes": { project, accountId: "gke-nodes-prod", displayName: "Nodes of the prod cluster" },
        });
        const member = "serviceAccount:cluster-nodes@shop";
        assert.deepEqual(inputsOf(cluster, "gcp:projects/iAMMember:IAMMember"), {
            "cluster-nodes-node": { project, role: "roles/container.defaultNodeServiceAccount", member },
            "cluster-nodes-images": { project, role: "roles/artifactregistry.reader", member },
        });
    });

    it("admit the stack's images only (G9)", async () => {
        const type = "gcp:binaryauthorization/policy:Policy";
        const admitted = (stack: keyof typeof storeImages, ...more: readonly string[]) => {
            const stores = storeImages[stack].map((image) => image.slice(0, image.lastIndexOf(":")));
            return admission(stack, [...repositories, ...stores, ...more].sort());
        };
        const dev = inLayer(await deployment("gcp", "dev"), "cluster");
        assert.deepEqual(inputsOf(dev, type), admitted("dev"));
        // The placeholders of the headroom run the first one, and autoscalers by queue the others.
        const more = [
            "registry.k8s.io/pause",
            ...autoscalingImages.map((image) => image.slice(0, image.lastIndexOf(":"))),
        ];
        assert.deepEqual(inputsOf(cluster, type), admitted("prod", ...more));
        const staging = inLayer(await deployment("gcp", "staging"), "cluster");
        assert.deepEqual(inputsOf(staging, type), admitted("staging", ...more));
    });

    it("exist before the cluster, as do grants and NAT; the provider waits for every node pool", () => {
        const pools = ["app", "cache", "database", "database-rest", "payment", "spot"].map(
            (pool) => `NodePool cluster-${pool}`,
        );
        assert.deepEqual(waits(prod, cluster), {
            "Policy cluster-admission": [],
            "KeyRing cluster-keys": [],
            "ServiceIdentity cluster-keys-gke": [],
            "CryptoKey cluster-keys-database": ["KeyRing cluster-keys"],
            "CryptoKey cluster-keys-disks": ["KeyRing cluster-keys"],
            "CryptoKeyIAMMember cluster-keys-database": [
                "CryptoKey cluster-keys-database",
                "ServiceIdentity cluster-keys-gke",
            ],
            "CryptoKeyIAMMember cluster-keys-disks": [
                "CryptoKey cluster-keys-disks",
                "ServiceIdentity cluster-keys-gke",
            ],
            "Account cluster-nodes": [],
            "IAMMember cluster-nodes-node": ["Account cluster-nodes"],
            "IAMMember cluster-nodes-images": ["Account cluster-nodes"],
            "Cluster cluster": [
                "CryptoKeyIAMMember cluster-keys-database",
                "CryptoKeyIAMMember cluster-keys-disks",
                "IAMMember cluster-nodes-images",
                "IAMMember cluster-nodes-node",
                "Policy cluster-admission",
                "RouterNat network-nat",
            ],
            ...Object.fromEntries(pools.map((pool) => [pool, ["Cluster cluster"]])),
            "kubernetes cluster-kubernetes": pools,
        });
    });
});
