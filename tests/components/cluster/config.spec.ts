import assert from "node:assert/strict";

import { clusterConfig } from "../../../components/cluster/config";
import { platformConfig, type Settings } from "../../../components/platform-config";
import { cloudNames, tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { linesOf, resolvedSettings as resolved, settingsOf } from "../../config/stack-file";
import { clusterGood, clusterMistakes } from "./mistakes";

describePart(clusterConfig, clusterMistakes, clusterGood);

describe("the cluster's defaults", () => {
    for (const cloud of cloudNames) {
        it(`follow from the tier on ${cloud}`, () => {
            const usual = {
                authorizedNetworks: [],
                networkOnly: false,
                upgrade: false,
                dnsEndpoint: true,
                maintenanceWindow: "0 3 * * 6",
            };
            assert.deepEqual(
                tierNames.map((tier) => resolved(tier, cloud).cluster),
                [
                    { ...usual, privateEndpoint: false, deletionProtection: false },
                    { ...usual, privateEndpoint: false, deletionProtection: false },
                    { ...usual, privateEndpoint: true, deletionProtection: true },
                ],
            );
        });
    }

    it("are overridden by the stack file, key by key", () => {
        const { cluster } = resolved("prod", "gcp", {
            "cluster.authorizedNetworks": ["203.0.113.0/24"],
            "cluster.maintenanceWindow": "0 1 * * 0",
            "cluster.dnsEndpoint": false,
            "gcp.privateRunner": true,
            "cluster.upgrade": true,
            "cluster.networkOnly": true,
            "cluster.deletionProtection": false,
        });
        assert.deepEqual(cluster, {
            authorizedNetworks: ["203.0.113.0/24"],
            privateEndpoint: true,
            dnsEndpoint: false,
            upgrade: true,
            networkOnly: true,
            maintenanceWindow: "0 1 * * 0",
            deletionProtection: false,
        });
        assert.equal(resolved("dev", "aws", { "cluster.privateEndpoint": true }).cluster.privateEndpoint, true);
    });

    it("contain no security group and no kubeconfig", () => {
        const bare = resolved("dev", "existing");
        assert.deepEqual(
            [bare.securityGroup, bare.existing.kubeconfig, bare.existing.context],
            [undefined, undefined, undefined],
        );
        const group = "gke-security-groups@example.com";
        assert.equal(resolved("dev", "gcp", { "gcp.securityGroup": group }).securityGroup, group);
        const own = resolved("dev", "existing", { "existing.kubeconfig": "a: b", "existing.context": "kind" });
        assert.deepEqual([own.existing.kubeconfig, own.existing.context], ["a: b", "kind"]);
    });

    it("give an existing cluster the stack's name as its identity, whatever its context", () => {
        const identity = (own: Readonly<Record<string, unknown>>) => {
            const settings = settingsOf({ base: "dev/existing", set: own }) as unknown as Settings;
            return platformConfig.resolve("shop-laptop", settings).existing.identity;
        };
        assert.equal(identity({}), "shop-laptop");
        assert.equal(identity({ "existing.context": "kind-kind" }), "shop-laptop");
        assert.equal(identity({ "existing.identity": "minikube" }), "minikube");
    });
});

describe("the kubeconfig", () => {
    const secret = "token: s3cr3t-of-the-cluster";
    const cases = {
        "is empty": [{ "existing.kubeconfig": "" }, "existing.kubeconfig"],
        "is an object": [{ "existing.kubeconfig": { secret } }, "existing.kubeconfig"],
        "is misspelt": [{ "existing.kubeconfg": secret }, "existing.kubeconfg"],
        "stands a level too high": [{ existing: secret }, "existing"],
        "stands in a list": [{ existing: [secret] }, "existing"],
    } as const;
    for (const [what, [set, path]] of Object.entries(cases)) {
        it(`is not shown where it ${what}`, () => {
            const lines = linesOf(settingsOf({ base: "dev/existing", set }));
            assert.equal(lines.length, 1);
            assert.ok(lines[0]?.startsWith(`ecommerce-platform:${path}: "[secret]" is not `), lines[0]);
        });
    }

    it("is not shown where another key is invalid", () => {
        const set = { "existing.kubeconfig": secret, "existing.dedicatedPools": "no" };
        assert.deepEqual(linesOf(settingsOf({ base: "dev/existing", set })), [
            'ecommerce-platform:existing.dedicatedPools: "no" is not valid; give true or false',
        ]);
    });
});
