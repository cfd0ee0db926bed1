import assert from "node:assert/strict";

import { nearest } from "../../config/suggest";

const names = ["frontend", "gateway", "admin", "user", "order", "payment"];

describe("nearest", () => {
    const close = {
        orders: "order",
        ordre: "order",
        ORDER: "order",
        usr: "user",
        gatewy: "gateway",
        gatexxy: "gateway",
        payments: "payment",
    };
    for (const [word, expected] of Object.entries(close)) {
        it(`takes ${word} for ${expected}`, () => {
            assert.equal(nearest(word, names), `; did you mean "${expected}"?`);
        });
    }

    for (const word of ["warehouse", "db", "x", "", "ad", "ordxx", "gatxxxy"]) {
        it(`has nothing to say to "${word}"`, () => {
            assert.equal(nearest(word, names), "");
        });
    }

    it("has nothing to say where nothing is known", () => {
        assert.equal(nearest("order", []), "");
    });

    it("takes the first of two that are as close", () => {
        assert.equal(nearest("cat", ["bat", "rat"]), '; did you mean "bat"?');
    });
});
