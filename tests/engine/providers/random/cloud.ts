import { createHash } from "node:crypto";
import { version } from "@pulumi/random/package.json";
import type { Cloud, RuleContext } from "../core/cloud";
import { numberAt, stringAt, type Bag } from "../core/value";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** Bytes derived from URN and inputs, so that runs are reproducible. */
function bytes(inputs: Bag, { urn }: RuleContext, length: number): Buffer {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
        createHash("sha256")
            .update(JSON.stringify([urn, inputs, index]))
            .digest(),
    );
    return Buffer.concat(blocks).subarray(0, length);
}

/** Classes of characters by the input that requires some of them. */
function classesOf(inputs: Bag): Readonly<Record<string, string>> {
    return {
        minUpper: ALPHABET.slice(0, 26),
        minLower: ALPHABET.slice(26, 52),
        minNumeric: ALPHABET.slice(52),
        minSpecial: stringAt(inputs, "overrideSpecial") ?? SPECIAL,
    };
}

/** The required characters first; the provider shuffles them. */
function text(inputs: Bag, context: RuleContext): string {
    const classes = classesOf(inputs);
    const alphabet = inputs["special"] === false ? ALPHABET : `${ALPHABET}${classes["minSpecial"] ?? ""}`;
    const required = Object.entries(classes).flatMap(([input, characters]) =>
        Array<string>(numberAt(inputs, input) ?? 0).fill(characters),
    );
    const picked = [...bytes(inputs, context, numberAt(inputs, "length") ?? 0)];
    return picked
        .map((byte, index) => {
            const from = required[index] ?? alphabet;
            return from.charAt(byte % from.length);
        })
        .join("");
}

const hex = (inputs: Bag, context: RuleContext, length: number): string =>
    bytes(inputs, context, length).toString("hex");

function uuid(inputs: Bag, context: RuleContext): string {
    const digits = hex(inputs, context, 16);
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
    return [...parts, digits.slice(20)].join("-");
}

const TEXT_INPUTS = [
    ...["length", "special", "upper", "lower", "numeric", "overrideSpecial", "keepers"],
    ...["minUpper", "minLower", "minNumeric", "minSpecial"],
];

function lengthErrors(inputs: Bag): string[] {
    const length = numberAt(inputs, "length");
    return length !== undefined && length < 1 ? [`Attribute length value must be at least 1, got: ${length}`] : [];
}

/**
 * Values that are generated once and stored in the state; passwords are secret outputs. Creating one again never finds an
 * earlier one: https://registry.terraform.io/providers/hashicorp/random/latest/docs
 */
export const random: Cloud = {
    name: "random",
    version,
    inStateOnly: true,
    configFailures: () => [],
    configReplaceOn: [],
    invokes: {},
    types: {
        "random:index/randomPassword:RandomPassword": {
            required: ["length"],
            replaceOn: TEXT_INPUTS,
            refuse: lengthErrors,
            id: (inputs, context) => hex({ ...inputs, id: true }, context, 8),
            computed: {
                result: (inputs, _id, context) => text(inputs, context),
                bcryptHash: (inputs, _id, context) => `$2a$10$${hex({ ...inputs, hash: true }, context, 26)}`,
            },
            secretOutputs: ["result", "bcryptHash"],
        },
        "random:index/randomString:RandomString": {
            required: ["length"],
            replaceOn: TEXT_INPUTS,
            refuse: lengthErrors,
            id: (inputs, context) => text(inputs, context),
            computed: { result: (_inputs, id) => id },
        },
        "random:index/randomId:RandomId": {
            required: ["byteLength"],
            replaceOn: ["byteLength", "prefix", "keepers"],
            id: (inputs, context) => bytes(inputs, context, numberAt(inputs, "byteLength") ?? 0).toString("base64url"),
            computed: {
                hex: (inputs, _id, context) => hex(inputs, context, numberAt(inputs, "byteLength") ?? 0),
                b64Url: (_inputs, id) => id,
                b64Std: (_inputs, id) => Buffer.from(id, "base64url").toString("base64"),
            },
        },
        "random:index/randomUuid:RandomUuid": {
            replaceOn: ["keepers"],
            id: uuid,
            computed: { result: (_inputs, id) => id },
        },
    },
};
