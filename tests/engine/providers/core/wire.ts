import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Unknown, isBag, isUnknown, type Bag, type Value } from "./value";

/**
 * Conversion between the protobuf structs of the provider protocol and plain values.
 *
 * A secret is encoded as `{ <signature>: <secret>, value }` and an unknown value as a fixed UUID; the constants are part of
 * the protocol (`sdk/proto/go` of pulumi/pulumi).
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Contents of a struct. */
type Raw = null | boolean | number | string | Raw[] | { [key: string]: Raw };

/** Paths of the secrets in a bag, as JSON-encoded lists of steps. */
export type SecretPaths = ReadonlySet<string>;

export interface Decoded {
    readonly value: Bag;
    readonly secrets: SecretPaths;
}

export function decode(struct: Struct | undefined): Decoded {
    const secrets = new Set<string>();
    const value = struct === undefined ? {} : unwrap(struct.toJavaScript(), [], secrets);
    return { value: isBag(value) ? value : {}, secrets };
}

function unwrap(raw: Raw, path: readonly string[], secrets: Set<string>): Value {
    if (raw === UNKNOWN) {
        return Unknown.value;
    }
    if (Array.isArray(raw)) {
        return raw.map((item, index) => unwrap(item, [...path, String(index)], secrets));
    }
    if (typeof raw !== "object" || raw === null) {
        return raw;
    }
    if (raw[SIGNATURE] === SECRET) {
        secrets.add(JSON.stringify(path));
        return unwrap(raw["value"] ?? null, path, secrets);
    }
    return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, unwrap(item, [...path, key], secrets)]));
}

/** Encodes a bag, with the values at the paths `secrets` as secrets. */
export function encode(bag: Bag, secrets: SecretPaths = new Set()): Struct {
    const raw: Record<string, Raw> = {};
    for (const [key, value] of Object.entries(bag)) {
        raw[key] = wrap(value, [key], secrets);
    }
    return Struct.fromJavaScript(raw);
}

const NONE: SecretPaths = new Set();

function wrap(value: Value, path: readonly string[], outer: SecretPaths): Raw {
    const secret = outer.size > 0 && outer.has(JSON.stringify(path));
    // The protocol has no secrets within secrets.
    const secrets = secret ? NONE : outer;
    let raw: Raw;
    if (isUnknown(value)) {
        raw = UNKNOWN;
    } else if (Array.isArray(value)) {
        raw = value.map((item, index) => wrap(item, [...path, String(index)], secrets));
    } else if (isBag(value)) {
        raw = Object.fromEntries(
            Object.entries(value).map(([key, item]) => [key, wrap(item, [...path, key], secrets)]),
        );
    } else {
        raw = value;
    }
    return secret ? { [SIGNATURE]: SECRET, value: raw } : raw;
}

/** `secrets` and the paths of the top-level `properties`. */
export function withSecretProperties(secrets: SecretPaths, properties: readonly string[]): SecretPaths {
    return new Set([...secrets, ...properties.map((property) => JSON.stringify([property]))]);
}
