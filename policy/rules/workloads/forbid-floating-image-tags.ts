import { checkRequired, eachContainer } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** An image without a tag, or with `latest`, changes over time. */
export function checkImageTag(pod: PodView): Finding[] {
    return eachContainer(pod, (container) =>
        checkRequired(pod, leaf(container, "image"), isPinned, "has neither a fixed tag nor a digest", container),
    );
}

/** A digest pins regardless of the tag. A colon before the last slash is a registry port, not a tag. */
export function isPinned(image: unknown): boolean {
    if (typeof image !== "string") {
        return false;
    }
    if (/@sha256:[0-9a-f]{64}$/.test(image)) {
        return true;
    }
    const tag = /:([^:/@]+)$/.exec(image)?.[1];
    return tag !== undefined && tag !== "latest";
}

export const forbidFloatingImageTags = podRule({
    name: "forbid-floating-image-tags",
    description: "Images must have a tag other than latest, or a digest.",
    severity: "medium",
    area: "workloads",
    reference: "PO-01",
    onUnknown: "skip",
    remediationSteps: "Pin the image by version, preferably by digest.",
    url: "https://kubernetes.io/docs/concepts/containers/images/",
    check: checkImageTag,
});
