import assert from "node:assert/strict";

import { cpuQuantity, memoryQuantity, quantity } from "../../config/quantity";

describe("quantity", () => {
    const values = {
        "0": 0,
        "2": 2,
        "0.5": 0.5,
        "500m": 0.5,
        "1k": 1000,
        "1M": 1e6,
        "1G": 1e9,
        "1T": 1e12,
        "1Ki": 1024,
        "512Mi": 536_870_912,
        "2Gi": 2_147_483_648,
        "1.5Gi": 1_610_612_736,
        "1Ti": 1_099_511_627_776,
    } as const;
    for (const [text, expected] of Object.entries(values)) {
        it(`reads ${text} as ${expected}`, () => {
            assert.equal(quantity(text), expected);
        });
    }

    for (const text of ["", "Mi", "-1", "1.", ".5", "1 Gi", "1gi", "1e3", "1Xi", "constructor", "1toString"]) {
        it(`throws on "${text}"`, () => {
            const expected = `${text} is not a Kubernetes quantity; give a number with one of m, k, M, G, T, Ki, Mi, Gi, Ti`;
            assert.throws(() => quantity(text), { message: expected });
        });
    }
});

describe("cpuQuantity", () => {
    const values = [
        [0, "0"],
        [0.05, "50m"],
        [0.1 + 0.2, "300m"],
        [0.7 * 9, "6300m"],
        [1, "1"],
        [1.0001, "1001m"],
        [26, "26"],
    ] as const;
    for (const [cores, expected] of values) {
        it(`writes ${cores} cores as ${expected}`, () => {
            assert.equal(cpuQuantity(cores), expected);
        });
    }
});

describe("memoryQuantity", () => {
    const values = [
        [0, "0Gi"],
        [2, "1Mi"],
        [64 * 2 ** 20, "64Mi"],
        [2 ** 30, "1Gi"],
        [1.5 * 2 ** 30, "1536Mi"],
        // 1.1 * 1.1 * 100 is a little over 121.
        [1.1 * 1.1 * 100 * 2 ** 20, "121Mi"],
        [11.001 * 2 ** 20, "12Mi"],
        [1.2 * 40 * 2 ** 30, "48Gi"],
    ] as const;
    for (const [bytes, expected] of values) {
        it(`writes ${bytes} bytes as ${expected}`, () => {
            assert.equal(memoryQuantity(bytes), expected);
        });
    }
});
