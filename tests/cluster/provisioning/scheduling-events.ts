import type { ControlPlane } from "../control-plane/start";
import { eventually } from "../control-plane/wait";
import { podsOf } from "./load";
import { eventMessages, podName } from "./observed";

/** Two provisioning rounds of up to 30 s each, with time for a slow machine. */
export const karpenterTimeout = { limitMs: 240_000 };

/** Karpenter's FailedScheduling messages for the pending pods of Deployments, once every one of them has one. */
export async function failedSchedulingMessages(plane: ControlPlane, ...names: readonly string[]): Promise<string[]> {
    return eventually(
        `FailedScheduling events of ${names.join(" and ")}`,
        async () => {
            plane.check();
            const byPod = await eventMessages(plane.client, "FailedScheduling");
            const pending = await Promise.all(names.map((name) => podsOf(plane.client, name, "pending")));
            const messages = pending.flat().map((pod) => byPod.get(podName(pod)));
            return messages.length > 0 && messages.every((one) => one !== undefined) ? messages : undefined;
        },
        karpenterTimeout,
    );
}
