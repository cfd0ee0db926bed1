import * as assert from "node:assert/strict";

import { workloads } from "../../catalog/workloads";
import { platformConfig } from "../../components/platform-config";
import { problemLine } from "../../config/problems";
import { goodSettings } from "./stack-file";

describe("the name of the stack", () => {
    const rule = "does not fit into cloud names; give 2 to 20 lower-case letters, digits and dashes, a letter first";

    it("is refused where no cloud name can be made from it, before the keys' mistakes", () => {
        for (const stack of [
            "Dev",
            "dev.1",
            "-dev",
            "dev-",
            "x",
            "a-stack-with-a-long-name",
            "a23456789-123456789-1",
            "1st",
            "pro_d",
        ]) {
            const { problems = [] } = platformConfig.validate(stack, goodSettings("prod", "gcp"), workloads);
            assert.deepEqual(problems.map(problemLine), [`name of the stack: "${stack}" ${rule}`]);
        }
        const { problems = [] } = platformConfig.validate(
            "Prod",
            { ...goodSettings("prod", "gcp"), extra: 1 },
            workloads,
        );
        assert.deepEqual(
            problems.map(({ path }) => path),
            ["name of the stack", "ecommerce-platform:extra"],
        );
    });

    it("is accepted as the shipped stacks have it, and at both ends of its length", () => {
        for (const stack of ["dev", "staging", "prod", "local", "qa", "a23456789-123456789b"]) {
            assert.equal(
                platformConfig.validate(stack, goodSettings("dev", "gcp"), workloads).problems,
                undefined,
                stack,
            );
        }
    });
});
