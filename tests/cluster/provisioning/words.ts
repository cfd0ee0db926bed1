import type { ControlPlane } from "../control-plane/start";
import { eventually } from "../control-plane/wait";
import { podsOf } from "./load";
import { complaints, podName } from "./observed";

/** Two rounds of Karpenter's, each after pods were gathered for 30 s, and a slow machine. */
export const patience = { limitMs: 90_000 };

/** Karpenter's words on each pod of a Deployment that waits, once it has said something of all of them. */
export async function wordsOnWaiting(plane: ControlPlane, name: string): Promise<string[]> {
    return eventually(
        `Karpenter's word on ${name}`,
        async () => {
            plane.check();
            const said = await complaints(plane.client, "FailedScheduling");
            const words = (await podsOf(plane.client, name, "waiting")).map((pod) => said.get(podName(pod)));
            return words.length > 0 && words.every((one) => one !== undefined) ? words : undefined;
        },
        patience,
    );
}
