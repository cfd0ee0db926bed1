import assert from "node:assert/strict";
import { createIn, fresh, targetOf } from "../core/testing";
import { Unknown, stringAt } from "../core/value";
import { gcp } from "./cloud";
import { CLUSTER, SETTINGS, cluster } from "./fixtures";

describe("engine stand-ins: gcp", () => {
    it("answers with what programs read of a cluster", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const outputs = await createIn(provider, targetOf(CLUSTER), cluster);
        assert.equal(outputs["id"], "projects/shop-test/locations/europe-west1/clusters/shop");
        assert.equal(outputs["endpoint"], "192.0.2.10");
        assert.match(stringAt(outputs, "masterAuth.clusterCaCertificate") ?? "", /^[A-Za-z0-9+/]+=*$/);
    });

    it("makes up names as the real provider does, and keeps them", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const target = targetOf("gcp:compute/network:Network", "network");
        const { inputs } = await provider.check(target, {}, {});
        assert.match(stringAt(inputs, "name") ?? "", /^network-[0-9a-f]{7}$/);
        const again = await provider.check(target, { name: "network-0000000" }, {});
        assert.equal(again.inputs["name"], "network-0000000");
    });

    it("leaves computed outputs unknown in a preview and holds nothing unknown against anybody", async () => {
        const { provider, store } = await fresh(gcp, SETTINGS);
        const inputs = { ...cluster, subnetwork: Unknown.value, network: Unknown.value };
        const outputs = await createIn(provider, targetOf(CLUSTER), inputs, true);
        assert.equal(outputs["endpoint"], Unknown.value);
        assert.deepEqual(store.remaining(), []);
    });

    it("keeps a cluster whose deletion protection is on", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const target = targetOf(CLUSTER);
        const { id } = await provider.create(target, cluster, false);
        await assert.rejects(provider.delete(target, id, cluster), {
            message: "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed.",
        });
        await provider.delete(target, id, { ...cluster, deletionProtection: false });
        assert.equal(await provider.read(target, id, cluster), undefined);
    });

    it("asks for a project and replaces everything when it changes", () => {
        const provider = fresh(gcp, SETTINGS).then(({ provider: configured }) => {
            assert.deepEqual(configured.checkConfig({}), [
                { property: "project", reason: "project: required field is not set: name the project explicitly" },
            ]);
            assert.deepEqual(configured.configReplaces({ project: "a" }, { project: "b" }), ["project"]);
        });
        return provider;
    });

    it("answers no function that it does not know", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        await assert.rejects(provider.invoke("gcp:compute/getZones:getZones", {}), {
            message: "gcp:compute/getZones:getZones: the gcp stand-in does not know this function",
        });
    });
});
