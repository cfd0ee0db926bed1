import assert from "node:assert/strict";

import { readOnlyRoot } from "../../../components/security/admission/pod-rules";
import { configOf, declaredOf } from "../layers";
import { containers } from "./admission-expected";

const member = [
    "request.namespace == 'data'",
    "object.metadata.?labels[?'app.kubernetes.io/name'].orValue('') == 'percona-server-mongodb'",
    "object.metadata.?labels[?'app.kubernetes.io/instance'].orValue('') == 'documents'",
    "object.metadata.?labels[?'app.kubernetes.io/component'].orValue('') == 'mongod'",
    "object.metadata.?labels[?'app.kubernetes.io/replset'].orValue('') == 'rs0'",
].join(" && ");

describe("the admission of a writable root filesystem (SC-01)", () => {
    it("is for no container of the shipped stacks", () => {
        for (const tier of ["dev", "staging", "prod"] as const) {
            const { pods } = declaredOf(configOf("gcp", tier));
            assert.deepEqual(
                pods.flatMap(({ writableRoot = [] }) => writableRoot),
                [],
            );
            assert.deepEqual(Object.keys(readOnlyRoot({ pods }).variables ?? {}), ["writable"]);
        }
    });

    it("is for mongod, in the members' pods only, where the stack has MongoDB", () => {
        const { pods } = declaredOf(configOf("gcp", "prod", { database: { documents: "mongodb" } }));
        const writable =
            "!c.?securityContext.?readOnlyRootFilesystem.orValue(false) && !(c.name in variables.declared)";
        assert.deepEqual(readOnlyRoot({ pods }).variables, {
            declared: `(${member} ? ['mongod'] : [])`,
            writable: containers(`filter(c, ${writable}).map(c, c.name)`),
        });
    });
});
