import type { Chart, ChartImage } from "../helm/types";
import {
    awsLoadBalancerControllerImage,
    awsLoadBalancerControllerPods,
    awsLoadBalancerControllerValues,
} from "./aws/load-balancer-controller";
import { certManagerImages, certManagerPods, certManagerValues } from "./cert-manager";
import { externalDnsImage, externalDnsPods, externalDnsValues } from "./external-dns";
import { externalSecretsImage, externalSecretsPods, externalSecretsValues } from "./external-secrets";
import { karpenterImage, karpenterPods, karpenterValues } from "../nodes/aws/karpenter";
import { metricsServerImage, metricsServerPods, metricsServerValues } from "./metrics-server";
import { reloaderImage, reloaderPods, reloaderValues } from "./reloader";
import {
    verticalPodAutoscalerImages,
    verticalPodAutoscalerPods,
    verticalPodAutoscalerValues,
} from "./vertical-pod-autoscaler";

function tagged(tag: string, repositories: readonly string[]): ChartImage[] {
    return repositories.map((repository) => ({ repository, tag }));
}

/** Somebody has to make the nodes beyond the floor; the compact profile has three and no more (CL-15). */
const hasKarpenter: Chart["when"] = ({ profile }) => profile === "standard";

/**
 * Every chart, its exact version and where it runs. "Read" names the source that keys, labels and images were read in;
 * `tests/components/addons/keys.json` holds the keys, and fails until they are read again where a version moves.
 */
export const charts: readonly Chart[] = [
    {
        // Read: cert-manager/cert-manager at v1.21.1, deploy/charts/cert-manager.
        name: "cert-manager",
        chart: "cert-manager",
        repo: "https://charts.jetstack.io",
        version: "v1.21.1",
        appVersion: "v1.21.1",
        namespace: "security",
        clouds: ["gcp", "aws", "existing"],
        crds: "templates",
        images: tagged("v1.21.1", certManagerImages),
        pods: certManagerPods,
        values: certManagerValues,
    },
    {
        // Read: external-secrets/external-secrets at helm-chart-2.9.0, deploy/charts/external-secrets.
        name: "external-secrets",
        chart: "external-secrets",
        repo: "https://charts.external-secrets.io",
        version: "2.9.0",
        appVersion: "v2.9.0",
        namespace: "security",
        clouds: ["gcp", "aws", "existing"],
        crds: "templates",
        images: tagged("v2.9.0", [externalSecretsImage]),
        pods: externalSecretsPods,
        values: externalSecretsValues,
    },
    {
        // Read: stakater/Reloader at 655a2b38 of 2026-08-10, deployments/kubernetes/chart/reloader.
        name: "reloader",
        chart: "reloader",
        repo: "https://stakater.github.io/stakater-charts",
        version: "2.2.16",
        appVersion: "v1.4.21",
        namespace: "security",
        clouds: ["gcp", "aws", "existing"],
        crds: "none",
        images: tagged("v1.4.21", [reloaderImage]),
        pods: reloaderPods,
        values: reloaderValues,
    },
    {
        // Read: kubernetes-sigs/external-dns at external-dns-helm-chart-1.21.1, charts/external-dns.
        name: "external-dns",
        chart: "external-dns",
        repo: "https://kubernetes-sigs.github.io/external-dns",
        version: "1.21.1",
        appVersion: "0.21.0",
        namespace: "ingress",
        // Nobody knows whose DNS an existing cluster has.
        clouds: ["gcp", "aws"],
        // DNSEndpoint, which nothing of ours makes.
        crds: "skipped",
        images: tagged("v0.21.0", [externalDnsImage]),
        pods: externalDnsPods,
        values: externalDnsValues,
    },
    {
        // Read: aws/eks-charts at 52396097 of 2026-08-03, stable/aws-load-balancer-controller.
        name: "aws-load-balancer-controller",
        chart: "aws-load-balancer-controller",
        repo: "https://aws.github.io/eks-charts",
        version: "3.5.0",
        appVersion: "v3.5.0",
        namespace: "ingress",
        clouds: ["aws"],
        // Its webhook's certificate.
        needs: ["cert-manager"],
        crds: "folder",
        images: tagged("v3.5.0", [awsLoadBalancerControllerImage]),
        pods: awsLoadBalancerControllerPods,
        values: awsLoadBalancerControllerValues,
    },
    {
        // Read: kubernetes-sigs/metrics-server at 5ed5d3a2 of 2026-08-04, charts/metrics-server.
        name: "metrics-server",
        chart: "metrics-server",
        repo: "https://kubernetes-sigs.github.io/metrics-server",
        version: "3.13.1",
        appVersion: "0.8.1",
        namespace: "kube-system",
        // GKE has it built in, EKS as a managed add-on.
        clouds: ["existing"],
        when: ({ existing }) => existing.metricsServer !== "present",
        needs: ["cert-manager"],
        crds: "none",
        images: tagged("v0.8.1", [metricsServerImage]),
        pods: metricsServerPods,
        values: metricsServerValues,
    },
    {
        // Read: kubernetes/autoscaler at vertical-pod-autoscaler-chart-0.11.0.
        name: "vertical-pod-autoscaler",
        chart: "vertical-pod-autoscaler",
        repo: "https://kubernetes.github.io/autoscaler",
        version: "0.11.0",
        appVersion: "1.7.1",
        namespace: "kube-system",
        // GKE has it built in.
        clouds: ["aws", "existing"],
        when: ({ verticalAutoscaler }) => verticalAutoscaler,
        needs: ["cert-manager"],
        crds: "folder",
        images: tagged("1.7.1", Object.values(verticalPodAutoscalerImages)),
        pods: verticalPodAutoscalerPods,
        values: verticalPodAutoscalerValues,
    },
    {
        // Read: aws/karpenter-provider-aws at v1.14.1, charts/karpenter-crd; published under the tag's version.
        name: "karpenter-crd",
        chart: "karpenter-crd",
        repo: "oci://public.ecr.aws/karpenter",
        version: "1.14.1",
        appVersion: "1.14.1",
        namespace: "kube-system",
        clouds: ["aws"],
        when: hasKarpenter,
        crds: "templates",
        images: [],
        pods: {},
        values: () => ({}),
    },
    {
        // Read: aws/karpenter-provider-aws at v1.14.1, charts/karpenter; published under the tag's version.
        name: "karpenter",
        chart: "karpenter",
        repo: "oci://public.ecr.aws/karpenter",
        version: "1.14.1",
        appVersion: "1.14.1",
        namespace: "kube-system",
        clouds: ["aws"],
        when: hasKarpenter,
        needs: ["karpenter-crd"],
        // Those of karpenter-crd, which are upgraded.
        crds: "skipped",
        // The chart adds the digest to the tag.
        images: tagged("1.14.1", [karpenterImage]),
        pods: karpenterPods,
        values: karpenterValues,
    },
];
