import type { Workloads } from "../../../catalog/types";
import { commonTiers } from "../../common/config";
import { type Declared, podsIn } from "../../layer";
import type { LayerConfig } from "../layer-config";
import { admittedImages, imagesByDigest } from "./image-rules";
import { internalServices, noDebuggingOfPayment, noExternalIps, verticalAutoscalersRecommend } from "./object-rules";
import { paymentNodes, paymentPods, readOnlyRoot, scheduledPods } from "./pod-rules";
import type { AdmissionRule } from "./rule";

/** Inputs of {@link admissionRules}. */
export interface AdmissionArgs {
    readonly config: LayerConfig;
    readonly workloads: Workloads;
    readonly declared: Declared;
}

/** The rules of a stack. Pure. */
export function admissionRules({ config, workloads, declared }: AdmissionArgs): readonly AdmissionRule[] {
    const { mirror } = config.images;
    const dedicated = podsIn(declared, "payment").every(({ pool }) => pool === "payment");
    // The tier's value, not the replica's, because the rules must be the same after a promotion.
    const { autoscale } = commonTiers[config.tier].replicas;
    const autoscaled = [...new Set(Object.values(workloads).map(({ namespace }) => namespace))].sort();
    return [
        readOnlyRoot(declared),
        admittedImages(declared, mirror),
        imagesByDigest(declared, mirror),
        scheduledPods,
        paymentNodes,
        ...(dedicated ? [paymentPods] : []),
        noDebuggingOfPayment,
        internalServices,
        noExternalIps,
        ...(autoscale ? [verticalAutoscalersRecommend(autoscaled)] : []),
    ];
}
