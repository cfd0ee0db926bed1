import assert from "node:assert/strict";

import { containerSecurityContext, nonRootId, podSecurityContext } from "../../../components/common/security-context";

describe("the security contexts (SC-01)", () => {
    it("run a pod as user and group 10001, which owns its volumes, with the runtime's seccomp profile", () => {
        assert.equal(nonRootId, 10001);
        assert.deepEqual(podSecurityContext(), {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            fsGroup: 10001,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
        });
    });

    it("give a container no privileges, no capabilities and no writable root", () => {
        assert.deepEqual(containerSecurityContext(), {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ["ALL"] },
        });
    });
});
