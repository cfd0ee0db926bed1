import assert from "node:assert/strict";

import { createProgram } from "../../../../components/program";
import { planStack } from "../../../../tools/plan";
import { document } from "../../../../tools/plan/report/document";
import { painter } from "../../../../tools/plan/report/paint";
import { report } from "../../../../tools/plan/report/report";
import { summarize } from "../../../../tools/plan/report/summary";
import { digestFor, withPins } from "../../../components/addons/stack";
import { configOf } from "../../../components/layers";

const kubeBench = "docker.io/aquasec/kube-bench:v0.15.6";
const pause = "registry.k8s.io/pause:3.10.1";

async function summary(without: readonly string[]) {
    const all = Object.entries(withPins(configOf("gcp", "prod")).images.pins);
    const pins = Object.fromEntries(all.filter(([image]) => !without.includes(image)));
    const plan = await planStack({
        stack: "prod",
        cloud: "gcp",
        program: createProgram({ pins }),
        checkPolicies: false,
    });
    return { pins, own: summarize(plan) };
}

/** Of the project's own command, without colours. */
const lineOf = (text: string) => text.split("\n").find((line) => line.startsWith("Images without a digest"));

describe("the images without a digest", () => {
    it("are in the report, in mirror.json and in the JSON document", async () => {
        const { pins, own } = await summary([pause, kubeBench]);
        const paint = painter({ isTTY: false });
        const expected = `Images without a digest (2; npm run pin-images looks them up): ${kubeBench}, ${pause}`;
        assert.equal(lineOf(report(own, paint)), expected);
        assert.equal(lineOf(report(own, paint, true)), undefined);
        const file = own.files.find(({ path }) => path === "mirror.json");
        const mirror = JSON.parse(file?.text ?? "{}") as Record<string, unknown>;
        assert.deepEqual(Object.keys(mirror), ["images", "digests", "byTag", "charts"]);
        assert.deepEqual([mirror["byTag"], mirror["digests"]], [[kubeBench, pause], pins]);
        const [stack] = document([own]).stacks as readonly { readonly byTag: readonly string[] }[];
        assert.deepEqual(stack?.byTag, [kubeBench, pause]);
    });

    it("are none with a complete lock", async () => {
        const { pins, own } = await summary([]);
        assert.equal(pins[pause], digestFor(pause));
        assert.equal(lineOf(report(own, painter({ isTTY: false }))), "Images without a digest: none");
    });
});
