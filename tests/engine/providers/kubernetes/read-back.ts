import { diff } from "../core/diff";
import { bagAt, isBag, merge, type Bag, type Value } from "../core/value";

/**
 * Inputs as the live object says them. `desired` is what the API server would keep were the inputs applied now: where it
 * equals the live object nothing of ours has been changed, whatever the server adds, rounds or writes in another way.
 */
export function readBack(inputs: Bag, live: Bag, desired: Bag): Bag {
    const keys = Object.keys(bagAt(inputs, "stringData") ?? {});
    const [is, should] = [withStringData(live, keys), withStringData(desired, keys)];
    const found = readValue(inputs, is, should);
    return isBag(found) ? found : inputs;
}

function readValue(inputs: Value, live: Value | undefined, desired: Value | undefined): Value {
    if (diff(live, desired).length === 0) {
        return inputs;
    }
    if (isBag(inputs) && isBag(live) && isBag(desired)) {
        return Object.fromEntries(
            Object.entries(inputs).flatMap(([key, value]): [string, Value][] => {
                const gone = live[key] === undefined && desired[key] !== undefined;
                return gone ? [] : [[key, readValue(value, live[key], desired[key])]];
            }),
        );
    }
    if (Array.isArray(inputs) && Array.isArray(live) && Array.isArray(desired)) {
        // Of another length, somebody else's items stand among ours: what differs is the list.
        const aligned = inputs.length === live.length && inputs.length === desired.length;
        return aligned ? inputs.map((item, index) => readValue(item, live[index], desired[index])) : live;
    }
    return live ?? null;
}

/** `stringData` is written only, and what is read is `data`: the same keys in the words of the inputs. */
function withStringData(object: Bag, keys: readonly string[]): Bag {
    const texts = Object.entries(bagAt(object, "data") ?? {}).flatMap(([key, value]): [string, string][] =>
        keys.includes(key) && typeof value === "string" ? [[key, Buffer.from(value, "base64").toString("utf8")]] : [],
    );
    return keys.length === 0 ? object : merge(object, { stringData: Object.fromEntries(texts) });
}
