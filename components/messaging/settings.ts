import type { StoreCaller } from "../../catalog/graph";
import { type Topic, topics } from "../../catalog/topics";
import { groupOf } from "./users";

/**
 * Settings of a caller besides the address: its consumer group, and the seconds that messages of a retry topic wait
 * (`KAFKA_GROUP`, `KAFKA_DELAYS`; MQ-02). It authenticates with its certificate, so that it has no credentials.
 */
export function settingsOf(caller: StoreCaller | undefined): Readonly<Record<string, string>> {
    const group = caller === undefined ? undefined : groupOf(caller);
    const delays = (caller?.consumes ?? []).flatMap((name) => {
        const { delaySeconds }: Topic = topics[name];
        return delaySeconds === undefined ? [] : [`${name}=${delaySeconds}`];
    });
    return {
        ...(group === undefined ? {} : { GROUP: group }),
        ...(delays.length === 0 ? {} : { DELAYS: delays.join(",") }),
    };
}
