import assert from "node:assert/strict";

import { workloads } from "../../catalog/workloads";
import { composeConfig } from "../../config/compose";
import { flag, group, oneOf, secretText, whole } from "../../config/fields";
import { configPart, defined, noDefault, type Rule, ruleOn } from "../../config/part";
import { problemLine } from "../../config/problems";

interface Crates {
    readonly existing: { readonly crates: number };
    readonly crates: { readonly size: number; readonly region: string };
}

const notTooLarge: Rule<Crates> = ({ config: { crates, tier } }) =>
    tier === "dev" && crates.size > 5
        ? [{ path: "crates.size", value: crates.size, message: "is too large for dev; give 5 or less" }]
        : [];

const crates = configPart({
    name: "crates",
    shape: { crates: group("Crates", { size: whole("Litres", 1, 9).optional() }).optional() },
    groups: { existing: { crates: whole("Crates that are there", 0, 9).optional() } },
    resolve: ({ crates: own, existing }, { region }): Crates => ({
        existing: { crates: existing?.crates ?? 0 },
        crates: { size: own?.size ?? 3, region },
    }),
    rules: [ruleOn(["gcp"], notTooLarge)],
    defaults: { "crates.size": () => 3, "existing.crates": () => 0 },
});

const labels = configPart({
    name: "stickers",
    shape: { stickers: group("Stickers", { colour: oneOf("Colour", ["red", "blue"]).optional() }).optional() },
    groups: { existing: { stickers: flag("Whether there are stickers").optional() } },
    resolve: ({ stickers, existing }) => ({
        existing: { stickers: existing?.stickers ?? false },
        colour: stickers?.colour,
    }),
    rules: [],
    defaults: { "stickers.colour": noDefault, "existing.stickers": () => false },
});

const composed = composeConfig([crates, labels]);
const gcp = { tier: "dev", cloud: "gcp", domain: "shop.example.com", gcp: { project: "shop-test" } } as const;
const lines = (raw: Record<string, unknown>): string[] =>
    (composed.validate("test", raw, workloads).problems ?? []).map(problemLine);

describe("a composed configuration", () => {
    it("has the keys of the core, then those of each part in order", () => {
        assert.deepEqual(Object.keys(composed.schema.shape), [
            ...["tier", "cloud", "domain", "gcp", "aws", "existing", "recovery", "labels", "nodePools", "images"],
            ...["crates", "stickers"],
        ]);
    });

    it("is filled up by the core and by each part, in one object where two fill the same", () => {
        const { config } = composed.validate(
            "test",
            { ...gcp, crates: { size: 5 }, existing: { stickers: true } },
            workloads,
        );
        assert.deepEqual(config?.existing, { crates: 0, stickers: true });
        assert.deepEqual(config.crates, { size: 5, region: "us-central1" });
        assert.deepEqual([config.colour, config.stack, config.account], [undefined, "test", "shop-test"]);
        assert.deepEqual(
            config,
            composed.resolve("test", { ...gcp, crates: { size: 5 }, existing: { stickers: true } }),
        );
    });

    it("lists every known key where one is not known, and suggests one", () => {
        assert.deepEqual(lines({ ...gcp, crate: 1 }), [
            'ecommerce-platform:crate: 1 is not a known key; known here: tier, cloud, domain, gcp, aws, existing, recovery, labels, nodePools, images, crates, stickers; did you mean "crates"?',
        ]);
        assert.deepEqual(lines({ ...gcp, existing: { crate: 1 } }), [
            'ecommerce-platform:existing.crate: 1 is not a known key; known here: dedicatedPools, crates, stickers; did you mean "crates"?',
        ]);
        assert.deepEqual(lines({ ...gcp, existing: [] }), [
            "ecommerce-platform:existing: [] is not valid; give an object with dedicatedPools, crates, stickers",
        ]);
    });

    it("checks the rules of the parts beside those of the core, on their clouds only", () => {
        const tooLarge = "ecommerce-platform:crates.size: 9 is too large for dev; give 5 or less";
        const pool =
            "ecommerce-platform:nodePools.app.min: 9 is more than nodePools.app.max (6); give 6 or fewer, or raise max";
        const wrong = { ...gcp, crates: { size: 9 }, nodePools: { app: { min: 9 } } };
        assert.deepEqual(lines(wrong), [tooLarge, pool]);
        assert.deepEqual(lines({ ...wrong, cloud: "aws", aws: { accountId: "123456789012" } }), [pool]);
        assert.deepEqual(lines({ ...gcp, crates: { size: 5 } }), []);
        assert.equal(ruleOn(["gcp"], notTooLarge).name, "notTooLarge");
    });

    it("hides a secret that is wrong, and says so where a required one is missing", () => {
        const vault = configPart({
            name: "vault",
            shape: { vault: group("Vault", { token: secretText("Token", "a token") }).optional() },
            resolve: () => ({}),
            rules: [],
            defaults: {},
        });
        const said = (value: object) =>
            (composeConfig([vault]).validate("test", { ...gcp, vault: value }, workloads).problems ?? []).map(
                problemLine,
            );
        assert.deepEqual(said({}), ["ecommerce-platform:vault.token: (missing) give a token"]);
        assert.deepEqual(said({ token: 4711 }), [
            'ecommerce-platform:vault.token: "[secret]" is not valid; give a token',
        ]);
        assert.deepEqual(said([4711]), [
            'ecommerce-platform:vault: "[secret]" is not valid; give an object with token',
        ]);
    });

    it("is the core's alone without a part", () => {
        const { config } = composeConfig([]).validate("test", gcp, workloads);
        assert.equal(config?.region, "us-central1");
        assert.equal(Object.hasOwn(config, "existing"), false);
    });

    it("says to types what it says at run time", () => {
        const config = composed.resolve("test", gcp);
        const typed: { crates: number; stickers: boolean } = config.existing;
        assert.equal(typed.crates, 0);
        // @ts-expect-error no part fills this key in
        assert.equal(config.existing.boxes, undefined);
        // @ts-expect-error no part has this key
        assert.equal(composed.resolve("test", { ...gcp, boxes: {} }).stack, "test");
        // @ts-expect-error the key takes a number
        assert.equal(composed.resolve("test", { ...gcp, crates: { size: "9" } }).crates.size, "9");
    });
});

describe("parts that declare the same key", () => {
    const other = (change: object) => ({
        ...labels,
        name: "other",
        shape: {},
        groups: {},
        resolve: () => ({}),
        ...change,
    });
    const colour = oneOf("Colour", ["red"]).optional();

    it("are an error for a section", () => {
        const twice = other({ shape: labels.shape });
        assert.throws(
            () => composeConfig([labels, twice]),
            /^Error: Both stickers and other declare the configuration key stickers; leave it in one of them$/,
        );
    });

    it("are an error for a key of a shared section, and for one of the core's", () => {
        const twice = other({ groups: { existing: { crates: colour } } });
        assert.throws(
            () => composeConfig([crates, labels, twice]),
            /Both crates and other declare .* existing\.crates;/,
        );
        const cores = other({ groups: { gcp: { project: colour } } });
        assert.throws(() => composeConfig([cores]), /Both core and other declare .* gcp\.project;/);
        const section = other({ shape: { nodePools: colour } });
        assert.throws(() => composeConfig([section]), /Both core and other declare .* nodePools;/);
    });

    it("are an error where both fill in one value", () => {
        const fill = (value: object) => () =>
            composeConfig([crates, other({ resolve: () => value })]).resolve("x", gcp);
        assert.throws(fill({ existing: { crates: 1 } }), /Both crates and other declare .* existing\.crates;/);
        assert.throws(fill({ crates: 1 }), /Both crates and other declare .* crates;/);
        assert.throws(fill({ region: "here" }), /Both core and other declare .* region;/);
        assert.throws(fill({ region: { name: "here" } }), /Both core and other declare .* region;/);
        assert.doesNotThrow(fill({ crates: { weight: 1 } }));
        // The first of those that share an object is named.
        const third = { ...other({ resolve: () => ({ existing: 1 }) }), name: "third" };
        assert.throws(
            () => composeConfig([crates, labels, third]).resolve("x", gcp),
            /Both crates and third declare .* existing;/,
        );
    });
});

describe("settings that are spread over defaults", () => {
    it("undo none where they have no value", () => {
        assert.deepEqual({ a: 1, b: 2, ...defined({ a: undefined, b: 3 }) }, { a: 1, b: 3 });
        assert.deepEqual(defined(undefined), {});
    });
});
