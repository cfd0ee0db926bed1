import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { createProgram } from "../../components/program";
import { ConfigError } from "../../config/problems";
import { goodSettings } from "./stack-file";

const secret = "token: s3cr3t-of-the-cluster";

/** Runs the program as Pulumi does, over these settings, and says what it threw and how much it had registered. */
function run(settings: Record<string, unknown>, secretSections: readonly string[] = [], others = {}) {
    const registered: string[] = [];
    void pulumi.runtime.setMocks(
        {
            newResource: (args) => {
                registered.push(args.name);
                return { id: args.name, state: args.inputs as Record<string, unknown> };
            },
            call: () => ({}),
        },
        "ecommerce-platform",
        "test",
        true,
    );
    const values = Object.entries(settings).map(([key, value]) => [
        `ecommerce-platform:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(
        { ...others, ...(Object.fromEntries(values) as Record<string, string>) },
        secretSections.map((section) => `ecommerce-platform:${section}`),
    );
    try {
        void createProgram()();
    } catch (error) {
        assert.ok(error instanceof ConfigError, String(error));
        return { message: error.message, registered };
    }
    return { message: undefined, registered };
}

/** Waits until everything that was under way has come to an end. */
async function settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 50));
}

describe("the program over a bad configuration", () => {
    afterEach(() => {
        pulumi.runtime.setAllConfig({});
    });

    it("registers nothing, not even a component", async () => {
        const { message, registered } = run({ ...goodSettings("dev", "gcp"), scheduling: { spread: "strict" } });
        await settled();
        assert.equal(
            message,
            "Pulumi.test.yaml has 1 mistake:\n" +
                '  ecommerce-platform:scheduling.spread: "strict" is not valid; give one of required, preferred',
        );
        assert.deepEqual(registered, []);
        // The same recorder does see a component, so that the empty list means something.
        new pulumi.ComponentResource("shop:test:Control", "control");
        await settled();
        assert.deepEqual(registered, ["control"]);
    });

    it("takes text keys to the letter and the others with their types", () => {
        const { message } = run({ ...goodSettings("dev", "gcp"), domain: "42", network: "{oops" });
        assert.equal(
            message,
            "Pulumi.test.yaml has 2 mistakes:\n" +
                '  ecommerce-platform:domain: "42" is not valid; give a lower-case domain name such as demo.example.com\n' +
                '  ecommerce-platform:network: "{oops" is not valid; give an object with nodes, pods, services, controlPlane, managed',
        );
    });

    it("takes an empty section for none, as Pulumi.yaml's defaults have it", () => {
        const { message } = run({ tier: "dev", cloud: "gcp", domain: "shop.example.com", gcp: {}, network: {} });
        assert.equal(
            message,
            "Pulumi.test.yaml has 1 mistake:\n" +
                "  ecommerce-platform:gcp.project: (missing) give a project id such as shop-prod-1234",
        );
    });

    it("does not take an empty section for none where no such section is known", () => {
        const { message } = run({ ...goodSettings("dev", "gcp"), nodePoolz: {} });
        assert.match(
            message ?? "",
            /^Pulumi\.test\.yaml has 1 mistake:\n {2}ecommerce-platform:nodePoolz: \{\} is not a known key; known here: tier, .*; did you mean "nodePools"\?$/,
        );
    });

    it("leaves the keys of other namespaces to their owners", () => {
        const others = { "gcp:project": "other", "an-ecommerce-platform:tier": "live", "ecommerce-platform": "x" };
        assert.match(run({ ...goodSettings("dev", "gcp"), domain: "x" }, [], others).message ?? "", /has 1 mistake:\n/);
    });

    it("hides a value that is encrypted in the file, wherever a typo has put it", () => {
        const misspelt = run({ ...goodSettings("dev", "existing"), exsiting: { kubeconfig: secret } }, ["exsiting"]);
        assert.match(misspelt.message ?? "", /ecommerce-platform:exsiting: "\[secret\]" is not a known key/);
        const misplaced = run({ ...goodSettings("dev", "existing"), services: { order: { password: secret } } }, [
            "services",
        ]);
        assert.match(misplaced.message ?? "", /services\.order\.password: "\[secret\]" is not a known key/);
    });

    it("still says what is missing from a section that holds a secret", () => {
        const { message } = run({ ...goodSettings("dev", "gcp"), gcp: { key: secret } }, ["gcp"]);
        assert.match(message ?? "", /gcp\.project: \(missing\) give a project id/);
        assert.ok(message?.includes(secret) === false);
    });
});
