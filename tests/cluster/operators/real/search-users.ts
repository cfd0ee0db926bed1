import assert from "node:assert/strict";

/** The service, and the jobs of the snapshots (BK-06). */
const own = ["product", "search-restore", "search-snapshots"];

/** Asserts that the nodes have the operator's own users and the plan's with their roles, without the superuser `elastic`. */
export function assertSearchUsers(file: (name: string) => string): void {
    const lines = (name: string): string[] => file(name).trim().split("\n");
    assert.deepEqual(
        lines("users").map((line) => line.split(":")[0]),
        [
            "elastic-internal-diagnostics",
            "elastic-internal-monitoring",
            "elastic-internal-pre-stop",
            "elastic-internal-probe",
            "elastic-internal",
            ...own,
        ],
    );
    assert.deepEqual(
        own.filter((user) => lines("users_roles").includes(`${user}:${user}`)),
        own,
    );
    assert.deepEqual(
        own.filter((user) => lines("roles.yml").includes(`${user}:`)),
        own,
    );
}
