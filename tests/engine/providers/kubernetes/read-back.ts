import { diff } from "../core/diff";
import { bagAt, isBag, merge, type Bag, type Value } from "../core/value";

/**
 * Inputs with the changes of the live object. `desired` is the object that the API server would store for the inputs; where
 * it equals the live object, the inputs are unchanged despite defaults and normalized values.
 */
export function readBack(inputs: Bag, live: Bag, desired: Bag): Bag {
    const keys = Object.keys(bagAt(inputs, "stringData") ?? {});
    const [actual, expected] = [withStringData(live, keys), withStringData(desired, keys)];
    const found = readValue(inputs, actual, expected);
    return isBag(found) ? found : inputs;
}

function readValue(inputs: Value, live: Value | undefined, desired: Value | undefined): Value {
    if (diff(live, desired).length === 0) {
        return inputs;
    }
    if (isBag(inputs) && isBag(live) && isBag(desired)) {
        return Object.fromEntries(
            Object.entries(inputs).flatMap(([key, value]): [string, Value][] => {
                const removed = live[key] === undefined && desired[key] !== undefined;
                return removed ? [] : [[key, readValue(value, live[key], desired[key])]];
            }),
        );
    }
    if (Array.isArray(inputs) && Array.isArray(live) && Array.isArray(desired)) {
        // With different lengths the items do not correspond, so the whole list differs.
        const aligned = inputs.length === live.length && inputs.length === desired.length;
        return aligned ? inputs.map((item, index) => readValue(item, live[index], desired[index])) : live;
    }
    return live ?? null;
}

/** Adds `stringData`, which is write-only, for the given keys of `data`. */
function withStringData(object: Bag, keys: readonly string[]): Bag {
    const texts = Object.entries(bagAt(object, "data") ?? {}).flatMap(([key, value]): [string, string][] =>
        keys.includes(key) && typeof value === "string" ? [[key, Buffer.from(value, "base64").toString("utf8")]] : [],
    );
    return keys.length === 0 ? object : merge(object, { stringData: Object.fromEntries(texts) });
}
