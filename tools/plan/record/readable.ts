import * as pulumi from "@pulumi/pulumi";

import { isObject, type Json, type JsonObject } from "../json";
import { secretMarker, unknownMarker } from "./markers";

const { specialSigKey, specialSecretSig, specialAssetSig, specialArchiveSig, specialResourceSig, unknownValue } =
    pulumi.runtime;

/** A value in the format of a plan, and whether a part of it is unknown before the update. */
export interface Readable {
    readonly value: JsonObject;
    readonly hasUnknown: boolean;
}

/**
 * Converts the engine's wire format to the format of a plan: secrets and unknowns become markers, assets and references to
 * resources plain objects. `secretKeys` are top-level keys that the provider always treats as secret; the keys below them
 * are kept, so that a Secret's entries are visible.
 */
export function readable(wire: JsonObject, secretKeys: readonly string[] = []): Readable {
    const reader = new Reader();
    const value: JsonObject = {};
    for (const key of Object.keys(wire)) {
        const part = wire[key] as Json;
        value[key] = secretKeys.includes(key) ? reader.masked(part) : reader.plain(part);
    }
    return { value, hasUnknown: reader.hasUnknown };
}

class Reader {
    public hasUnknown = false;

    public plain(wire: Json): Json {
        if (wire === unknownValue) {
            this.hasUnknown = true;
            return unknownMarker;
        }
        if (Array.isArray(wire)) {
            return wire.map((item) => this.plain(item));
        }
        if (!isObject(wire)) {
            return wire;
        }
        return wire[specialSigKey] === undefined ? this.each(wire, (item) => this.plain(item)) : this.special(wire);
    }

    /** Replaces every leaf by the marker and keeps the keys. */
    public masked(wire: Json): Json {
        if (wire === unknownValue) {
            this.hasUnknown = true;
            return unknownMarker;
        }
        if (!isObject(wire)) {
            return wire === null ? null : secretMarker;
        }
        return wire[specialSigKey] === specialSecretSig
            ? this.masked(wire["value"] ?? null)
            : this.each(wire, (item) => (isObject(item) ? secretMarker : this.masked(item)));
    }

    private special(wire: JsonObject): Json {
        switch (wire[specialSigKey]) {
            case specialSecretSig:
                return secretMarker;
            case specialResourceSig:
                return { resource: wire["urn"] ?? unknownMarker };
            case specialAssetSig:
            case specialArchiveSig:
                return {
                    asset: Object.fromEntries(
                        Object.entries(wire).flatMap(([key, part]) =>
                            key === specialSigKey ? [] : [[key, this.plain(part)]],
                        ),
                    ),
                };
            default:
                throw new Error(`A value has an unknown signature: ${JSON.stringify(wire[specialSigKey])}`);
        }
    }

    private each(wire: JsonObject, read: (item: Json) => Json): JsonObject {
        const result: JsonObject = {};
        for (const key of Object.keys(wire)) {
            result[key] = read(wire[key] as Json);
        }
        return result;
    }
}
