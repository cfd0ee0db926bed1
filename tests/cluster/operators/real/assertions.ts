import assert from "node:assert/strict";
import { readFileSync, readlinkSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

import { at, isObject, textAt, type KubeObject } from "../../control-plane/json";
import { containersOf } from "./pods";

/** Asserts that a process has a network namespace of its own, with only a loopback interface. */
export function assertOnlyLoopback(pid: number): void {
    assert.notEqual(readlinkSync(`/proc/${pid}/ns/net`), readlinkSync("/proc/self/ns/net"));
    const devices = readFileSync(`/proc/${pid}/net/dev`, "utf8").match(/^ *\w+(?=:)/gm) ?? [];
    assert.deepEqual(
        devices.map((name) => name.trim()),
        ["lo"],
    );
}

const restricted = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
};

/** Asserts the security context of every container, init containers included; whose profile is the pod's. */
export function assertRestricted(pods: Iterable<KubeObject>): void {
    const others = [...pods].flatMap((pod) =>
        containersOf(pod).flatMap((one) => {
            const context = at(one, "securityContext");
            const entries = Object.entries(isObject(context) ? context : {});
            const own = entries.filter(
                ([key, value]) => !(key === "seccompProfile" || (key === "privileged" && value === false)),
            );
            const title = `${pod.metadata.name} ${textAt(one, "name") ?? ""}`;
            return isDeepStrictEqual(Object.fromEntries(own), restricted) ? [] : [[title, context]];
        }),
    );
    assert.deepEqual(others, []);
}
