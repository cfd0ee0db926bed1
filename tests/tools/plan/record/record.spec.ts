import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { record, type Program, type Recording } from "../../../../tools/plan";
import { hidden, sampleProgram } from "./sample-program";

const base = "urn:pulumi:test::shop::";
const root = `${base}pulumi:pulumi:Stack::shop-test`;
const sample = `${base}shop:sample:Sample`;
const core = "kubernetes:core/v1";

function run(program: Program): Promise<Recording> {
    const config = { values: { "ecommerce-platform:tier": "dev" }, secretKeys: [] };
    return record({ project: "shop", stack: "test", config, program });
}

describe("recorder", () => {
    let recording: Recording;
    const at = (urn: string) => {
        const found = recording.resources.find((resource) => resource.urn === urn);
        assert.ok(found, `no ${urn}`);
        return found;
    };

    before(async () => {
        recording = await run(sampleProgram);
    });

    it("writes URNs as the engine does: all parent types but the stack's", () => {
        assert.deepEqual(
            recording.resources.map(({ urn }) => urn),
            [
                `${base}${core}:ConfigMap::loose`,
                `${base}pulumi:providers:kubernetes::cluster`,
                root,
                `${sample}$${core}:ConfigMap::sample-settings`,
                `${sample}$${core}:Namespace::sample-namespace`,
                `${sample}$${core}:Secret::sample-database`,
                `${sample}$${core}:Secret::sample-login`,
                `${sample}$random:index/randomPassword:RandomPassword::sample-password`,
                `${sample}$shop:sample:Inner$${core}:ConfigMap::sample-inner`,
                `${sample}$shop:sample:Inner::sample-inner`,
                `${sample}::sample`,
            ],
        );
    });

    it("keeps the parent of each resource", () => {
        assert.equal(at(root).parent, undefined);
        assert.equal(at(`${sample}::sample`).parent, root);
        assert.equal(at(`${sample}$shop:sample:Inner::sample-inner`).parent, `${sample}::sample`);
        assert.equal(
            at(`${sample}$shop:sample:Inner$${core}:ConfigMap::sample-inner`).parent,
            `${sample}$shop:sample:Inner::sample-inner`,
        );
        assert.equal(at(`${base}${core}:ConfigMap::loose`).parent, root);
    });

    it("resolves provider references to the provider's URN", () => {
        const provider = `${base}pulumi:providers:kubernetes::cluster`;
        assert.equal(at(`${sample}$${core}:Secret::sample-login`).provider, provider);
        assert.equal(at(`${sample}$shop:sample:Inner$${core}:ConfigMap::sample-inner`).provider, provider);
        assert.equal(at(`${base}${core}:ConfigMap::loose`).provider, undefined, "the default provider");
        assert.deepEqual(at(`${sample}::sample`).options, { providers: { kubernetes: provider } });
    });

    it("knows components from resources", () => {
        const components = recording.resources.filter(({ custom }) => !custom).map(({ name }) => name);
        assert.deepEqual(components, ["shop-test", "sample-inner", "sample"]);
    });

    it("never holds a secret", () => {
        assert.ok(!JSON.stringify(recording).includes(hidden));
        assert.deepEqual(at(`${base}pulumi:providers:kubernetes::cluster`).inputs, { kubeconfig: "[secret]" });
        assert.deepEqual(at(`${sample}$${core}:ConfigMap::sample-settings`).inputs["data"], {
            plain: "seen",
            token: "[secret]",
        });
        assert.deepEqual(at(`${sample}$${core}:Secret::sample-login`).inputs["data"], {
            password: "[secret]",
            user: "[secret]",
        });
    });

    it("leaves what only an update tells unknown, and echoes what is given", () => {
        const inner = at(`${sample}$shop:sample:Inner$${core}:ConfigMap::sample-inner`);
        assert.deepEqual(inner.inputs, {
            apiVersion: "v1",
            data: { key: "value" },
            kind: "ConfigMap",
            metadata: { annotations: { hash: "[unknown]" }, name: "inner", namespace: "shop" },
        });
        assert.equal(at(`${sample}$${core}:Secret::sample-database`).inputs["data"], "[unknown]");
        assert.deepEqual(at(`${sample}$${core}:Secret::sample-login`).inputs["metadata"], {
            name: "login",
            namespace: "shop",
        });
        assert.deepEqual(
            [...recording.unknowns].sort(),
            [`${sample}$${core}:Secret::sample-database`, inner.urn].sort(),
        );
    });

    it("keeps the options that are set, and only those", () => {
        const namespace = `${sample}$${core}:Namespace::sample-namespace`;
        const settings = `${sample}$${core}:ConfigMap::sample-settings`;
        const secretOutputs = { additionalSecretOutputs: ["data", "stringData"] };
        assert.deepEqual(at(namespace).options, {});
        assert.deepEqual(at(settings).options, {
            dependsOn: [namespace],
            retainOnDelete: true,
            ignoreChanges: ["data"],
            aliases: [{ name: "old-settings" }],
        });
        assert.deepEqual(at(`${sample}$${core}:Secret::sample-login`).options, {
            dependsOn: [settings, namespace],
            protect: true,
            ...secretOutputs,
            customTimeouts: { create: "5m" },
        });
        assert.deepEqual(at(`${sample}$${core}:Secret::sample-database`).options, {
            dependsOn: [namespace, `${sample}$random:index/randomPassword:RandomPassword::sample-password`],
            deleteBeforeReplace: true,
            replaceOnChanges: ["data"],
            ...secretOutputs,
        });
    });

    it("keeps the stack's outputs", () => {
        assert.deepEqual(recording.outputs, { password: "[secret]", provider: "[unknown]", stackName: "dev" });
    });

    it("collects warnings of the program", async () => {
        const { warnings } = await run(() => {
            void pulumi.log.warn("the domain is an example");
            return Promise.resolve({});
        });
        assert.deepEqual(warnings, ["the domain is an example"]);
    });

    it("gives the same record twice, with another program in between", async () => {
        await run(() => {
            new k8s.core.v1.Namespace("other", { metadata: { name: "other" } });
            return Promise.resolve({ other: true });
        });
        const again = await run(sampleProgram);
        assert.equal(JSON.stringify(again), JSON.stringify(recording));
    });

    it("runs one program at a time", async () => {
        const [one, other] = await Promise.all([run(sampleProgram), run(() => Promise.resolve({}))]);
        assert.equal(one.resources.length, recording.resources.length);
        assert.deepEqual(
            other.resources.map(({ urn }) => urn),
            [root],
        );
    });
});

describe("recorder: programs that fail", () => {
    const namespace = (name: string, args = {}) => new k8s.core.v1.Namespace(name, args);

    it("refuses two resources with one URN, as the engine does", async () => {
        const program: Program = () => {
            namespace("twice");
            namespace("twice");
            return Promise.resolve({});
        };
        await assert.rejects(run(program), {
            message: `Duplicate resource URN '${base}${core}:Namespace::twice'; try giving it a unique name`,
        });
    });

    it("passes on what the program throws", async () => {
        await assert.rejects(
            run(() => Promise.reject(new pulumi.RunError("no such thing"))),
            (error) => pulumi.RunError.isInstance(error) && error.message === "no such thing",
        );
    });

    it("passes on what an apply throws, though no code waits for it", async () => {
        const program: Program = () => {
            const name = namespace("one", { metadata: { name: "one" } }).metadata.name;
            name.apply(() => {
                throw new Error("thrown in an apply");
            });
            return Promise.resolve({});
        };
        await assert.rejects(run(program), { message: "thrown in an apply" });
    });

    it("passes on what fails while an input is worked out", async () => {
        const program: Program = () => {
            namespace("one", { metadata: { name: pulumi.output(Promise.reject<string>(new Error("no name"))) } });
            return Promise.resolve({});
        };
        await assert.rejects(run(program), /no name/);
    });

    it("refuses look-ups: a plan has no cloud to ask", async () => {
        const program: Program = async () => ({ found: await pulumi.runtime.invoke("gcp:projects/get:get", {}) });
        await assert.rejects(run(program), /gcp:projects\/get:get queries the cloud during planning/);
    });

    it("treats an error in Pulumi's log as a failure", async () => {
        const program: Program = () => {
            void pulumi.log.error("the zone has no such machines");
            return Promise.resolve({});
        };
        await assert.rejects(run(program), { message: "the zone has no such machines" });
    });

    it("works again after a failure", async () => {
        const { resources } = await run(() => Promise.resolve({ fine: true }));
        assert.equal(resources.length, 1);
    });
});
