import assert from "node:assert/strict";
import { takenOver } from "./managers";

const fields = (...names: string[]) => ({
    "f:spec": Object.fromEntries(names.map((name) => [`f:${name}`, {}])),
});

const entry = (manager: string, operation: string, fieldsV1: ReturnType<typeof fields>, subresource?: string) => ({
    manager,
    operation,
    apiVersion: "apps/v1",
    fieldsType: "FieldsV1",
    fieldsV1,
    ...(subresource === undefined ? {} : { subresource }),
});

const own = entry("pulumi", "Apply", fields("replicas"));

describe("engine stand-ins: field managers that an update takes over", () => {
    for (const [manager, operation] of [
        ["kubectl", "Apply"],
        ["kubectl-edit", "Update"],
        ["kubectl-client-side-apply", "Update"],
        ["kubectl-rollout", "Update"],
        ["before-first-apply", "Update"],
        ["pulumi-kubernetes", "Update"],
    ] as const) {
        it(`${manager} (${operation})`, () => {
            assert.deepEqual(takenOver([own, entry(manager, operation, fields("template"))], "pulumi"), [
                entry("pulumi", "Apply", fields("replicas", "template")),
            ]);
        });
    }

    for (const [what, other] of [
        ["helm", entry("helm", "Update", fields("template"))],
        ["kube-controller-manager", entry("kube-controller-manager", "Update", fields("template"))],
        ["kubectl scale, which writes through a subresource", entry("kubectl", "Update", fields("replicas"), "scale")],
        ["client-side tools that apply", entry("before-first-apply", "Apply", fields("template"))],
    ] as const) {
        it(`not ${what}`, () => {
            assert.equal(takenOver([own, other], "pulumi"), undefined);
        });
    }

    it("keeps other managers, and creates an entry for a manager without one", () => {
        const helm = entry("helm", "Update", fields("paused"));
        const edits = [
            entry("kubectl-edit", "Update", fields("template")),
            entry("kubectl-patch", "Update", fields("strategy")),
        ];
        assert.deepEqual(takenOver([helm, ...edits], "pulumi"), [
            helm,
            entry("pulumi", "Apply", fields("template", "strategy")),
        ]);
    });
});
