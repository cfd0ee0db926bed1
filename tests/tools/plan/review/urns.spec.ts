import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { record } from "../../../../tools/plan";
import { parseUrns, urnText } from "../../../../tools/plan/review/urns/files";
import { type UrnChanges, urnChanges } from "../../../../tools/plan/review/urns/record";

const map = "kubernetes:core/v1:ConfigMap";

/** A component with a child that is called after it. */
class Box extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions, type = "shop:test:Box") {
        super(type, name, {}, opts);
        settings(`${name}-settings`, { parent: this });
    }
}

function settings(name: string, opts?: pulumi.CustomResourceOptions): void {
    new k8s.core.v1.ConfigMap(name, { metadata: { name } }, opts);
}

/** What became of the recorded URNs once a stack's program is another one. */
async function after(recorded: readonly string[], program: () => unknown): Promise<UrnChanges> {
    const { resources } = await record({
        project: "shop",
        stack: "test",
        config: { values: {}, secretKeys: [] },
        program: () => {
            program();
            return Promise.resolve({});
        },
    });
    return urnChanges(new Set(recorded), resources);
}

/** Asserts that the recorded URNs are those that an alias leads to, and that the new ones are to be recorded. */
async function accepts(recorded: readonly string[], added: readonly string[], program: () => unknown): Promise<void> {
    assert.deepEqual(await after(recorded, program), { lost: [], added, next: new Set([...added, ...recorded]) });
}

describe("URNs that are recorded", () => {
    it("are kept while the plan has them, and new ones are to be recorded", async () => {
        const program = (): void => {
            settings("a");
            settings("b");
        };
        const { lost, added, next } = await after([`${map}::a`], program);
        assert.deepEqual([lost, added], [[], [`${map}::b`]]);
        assert.deepEqual([...next].sort(), [`${map}::a`, `${map}::b`]);
    });

    it("are refused by name when a resource vanished", async () => {
        const { lost, next } = await after([`${map}::a`, `${map}::b`], () => {
            settings("a");
        });
        assert.deepEqual(lost, [`${map}::b`]);
        assert.deepEqual([...next], [`${map}::a`]);
    });

    it("are refused when a resource is renamed, moved or another type's without an alias, or with a wrong one", async () => {
        const recorded = [`shop:test:Box$${map}::box-settings`, "shop:test:Box::box"];
        for (const program of [
            () => new Box("crate"),
            () => new Box("crate", { aliases: [{ name: "bax" }] }),
            () => new Box("box", {}, "shop:other:Box"),
            () => new Box("box", { parent: new pulumi.ComponentResource("shop:test:Room", "room") }),
        ]) {
            assert.deepEqual((await after(recorded, program)).lost, recorded);
        }
    });

    it("may be a renamed resource's with an alias of its name, or of its URN", async () => {
        for (const alias of [{ name: "a" }, `urn:pulumi:test::shop::${map}::a`]) {
            await accepts([`${map}::a`], [`${map}::b`], () => {
                settings("b", { aliases: [alias] });
            });
        }
    });

    it("may be a moved resource's with an alias of its parent, or of having none", async () => {
        const outer = "urn:pulumi:test::shop::shop:test:Outer::outer";
        await accepts([`shop:test:Outer$${map}::a`], [`${map}::a`], () => {
            settings("a", { aliases: [{ parent: outer }] });
        });
        for (const alias of [{ parent: undefined }, { parent: pulumi.rootStackResource }] as pulumi.Alias[]) {
            const added = [`shop:test:Outer$${map}::a`, "shop:test:Outer::outer"];
            await accepts([`${map}::a`], added, () => {
                const parent = new pulumi.ComponentResource("shop:test:Outer", "outer");
                settings("a", { parent, aliases: [alias] });
            });
        }
    });

    it("may be another type's with an alias of the type", async () => {
        await accepts(
            [`shop:test:Box$${map}::box-settings`, "shop:test:Box::box"],
            [`shop:other:Box$${map}::box-settings`, "shop:other:Box::box"],
            () => new Box("box", { aliases: [{ type: "shop:test:Box" }] }, "shop:other:Box"),
        );
    });

    it("may be those of a renamed component's children, which begin with its name", async () => {
        await accepts(
            [`shop:test:Box$${map}::box-settings`, "shop:test:Box::box"],
            [`shop:test:Box$${map}::crate-settings`, "shop:test:Box::crate"],
            () => new Box("crate", { aliases: [{ name: "box" }] }),
        );
    });

    it("are not a child's by an alias of a parent that was never recorded", async () => {
        const { lost } = await after(
            [`shop:test:Box$${map}::box-settings`],
            () => new Box("crate", { aliases: [{ name: "box" }] }),
        );
        assert.deepEqual(lost, [`shop:test:Box$${map}::box-settings`]);
    });

    it("are refused once the alias is dropped, though the new ones are recorded", async () => {
        const { next } = await after([`${map}::a`], () => {
            settings("b", { aliases: [{ name: "a" }] });
        });
        const { lost } = await after([...next], () => {
            settings("b");
        });
        assert.deepEqual(lost, [`${map}::a`]);
    });
});

describe("the file of recorded URNs", () => {
    it("has one line a URN, with the stacks where not all have it", () => {
        const urns = new Map([
            ["prod", new Set([`${map}::b`, `${map}::a`])],
            ["dev", new Set([`${map}::b`])],
        ]);
        const text = `# prod, dev\n${map}::a (prod)\n${map}::b\n`;
        assert.equal(urnText(urns), text);
        assert.deepEqual(parseUrns(text), urns);
    });
});
