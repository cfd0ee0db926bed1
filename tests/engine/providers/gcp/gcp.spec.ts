import assert from "node:assert/strict";
import { expireDeletions } from "../core/deletions";
import { createIn, fresh, targetOf } from "../core/testing";
import { Unknown, stringAt } from "../core/value";
import { gcp } from "./cloud";
import { CLUSTER, SETTINGS, cluster } from "./fixtures";

describe("engine stand-ins: gcp", () => {
    it("returns the outputs of a cluster that programs read", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const outputs = await createIn(provider, targetOf(CLUSTER), cluster);
        assert.equal(outputs["id"], "projects/shop-test/locations/europe-west1/clusters/shop");
        assert.equal(outputs["endpoint"], "192.0.2.10");
        assert.match(stringAt(outputs, "masterAuth.clusterCaCertificate") ?? "", /^[A-Za-z0-9+/]+=*$/);
    });

    it("generates missing names and keeps them", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const target = targetOf("gcp:compute/network:Network", "network");
        const { inputs } = await provider.check(target, {}, {});
        assert.match(stringAt(inputs, "name") ?? "", /^network-[0-9a-f]{7}$/);
        const again = await provider.check(target, { name: "network-0000000" }, {});
        assert.equal(again.inputs["name"], "network-0000000");
    });

    it("a preview accepts unknown inputs, and computed outputs are unknown", async () => {
        const { provider, store } = await fresh(gcp, SETTINGS);
        const inputs = { ...cluster, subnetwork: Unknown.value, network: Unknown.value };
        const outputs = await createIn(provider, targetOf(CLUSTER), inputs, true);
        assert.equal(outputs["endpoint"], Unknown.value);
        assert.deepEqual(store.remaining(), []);
    });

    it("refuses to delete a cluster with deletion protection", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const target = targetOf(CLUSTER);
        const { id } = await provider.create(target, cluster, false);
        await assert.rejects(provider.delete(target, id, cluster), {
            message: "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed.",
        });
        await provider.delete(target, id, { ...cluster, deletionProtection: false });
        assert.equal(await provider.read(target, id, cluster), undefined);
    });

    it("updates machine and disk of a node pool in place, and replaces it for another service account", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const changes = ["machineType", "diskType", "diskSizeGb", "serviceAccount"].map(
            (key) => ({ path: `nodeConfig.${key}`, kind: "update" }) as const,
        );
        assert.deepEqual(provider.replaces(targetOf("gcp:container/nodePool:NodePool"), changes), [
            "nodeConfig.serviceAccount",
        ]);
    });

    it("refuses to delete a VPC whose peering an abandoned connection has left", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const network = targetOf("gcp:compute/network:Network", "vpc");
        const { id } = await provider.create(network, { name: "vpc" }, false);
        const connection = targetOf("gcp:servicenetworking/connection:Connection", "managed");
        const inputs = { network: id, service: "servicenetworking.googleapis.com", reservedPeeringRanges: [] };
        const abandoned = { ...inputs, deletionPolicy: "ABANDON" };
        const peering = await provider.create(connection, abandoned, false);
        await provider.delete(connection, peering.id, abandoned);
        await assert.rejects(provider.delete(network, id, { name: "vpc" }), {
            message:
                "Error 400: The network resource 'projects/shop-test/global/networks/vpc' is already being used by " +
                "'servicenetworking-googleapis-com'",
        });
        await provider.delete(connection, peering.id, inputs);
        await provider.delete(network, id, { name: "vpc" });
        assert.equal(await provider.read(network, id, {}), undefined);
    });

    it("undeletes a custom role for 7 days, and refuses its id afterwards", async () => {
        const { provider, store } = await fresh(gcp, SETTINGS);
        const type = "gcp:projects/iAMCustomRole:IAMCustomRole";
        const inputs = { roleId: "records_dev_000001", title: "records", permissions: ["dns.changes.create"] };
        const id = "projects/shop-test/roles/records_dev_000001";
        assert.equal((await createIn(provider, targetOf(type), inputs))["id"], id);
        await provider.delete(targetOf(type), id, inputs);
        assert.equal((await createIn(provider, targetOf(type), inputs))["id"], id);
        await provider.delete(targetOf(type), id, inputs);
        assert.deepEqual(store.remaining(), []);

        assert.deepEqual(await expireDeletions(store, "gcp", type), [id]);
        await assert.rejects(createIn(provider, targetOf(type), inputs), {
            message:
                `Error creating the custom project role ${id}: googleapi: Error 400: ` +
                "You can't create a role_id (records_dev_000001) which has been marked for deletion., failedPrecondition",
        });
        await createIn(provider, targetOf(type), { ...inputs, roleId: "records_dev_000002" });
    });

    it("gives a new service account of the same name another unique id", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const target = targetOf("gcp:serviceaccount/account:Account");
        const first = await createIn(provider, target, { accountId: "records" });
        await provider.delete(target, stringAt(first, "id") ?? "", { accountId: "records" });
        const second = await createIn(provider, target, { accountId: "records" });
        assert.deepEqual(
            [first, second].map((account) => [account["id"], account["uniqueId"]]),
            ["111111111111100000001", "111111111111100000002"].map((uniqueId) => [
                "projects/shop-test/serviceAccounts/records@shop-test.iam.gserviceaccount.com",
                uniqueId,
            ]),
        );
    });

    it("generates another name while an earlier resource of the program still exists", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const target = targetOf("gcp:kms/keyRing:KeyRing", "volumes");
        const name = async () => stringAt(await createIn(provider, target, { location: "us" }), "name") ?? "";
        const [kept, next] = [await name(), await name()];
        assert.match(kept, /^volumes-[0-9a-f]{7}$/);
        assert.match(next, /^volumes-[0-9a-f]{7}$/);
        assert.notEqual(next, kept);
    });

    it("refuses a grant to Cloud Storage's agent until its address was asked for", async () => {
        const { provider, store } = await fresh(gcp, SETTINGS);
        const email = "service-471100000000@gs-project-accounts.iam.gserviceaccount.com";
        const grant = {
            cryptoKeyId: "projects/shop-test/locations/us/keyRings/ring/cryptoKeys/key",
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: `serviceAccount:${email}`,
        };
        const target = targetOf("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember");
        await assert.rejects(createIn(provider, target, grant), {
            message: `Error 400: Service account ${email} does not exist., badRequest`,
        });
        const lookup = "gcp:storage/getProjectServiceAccount:getProjectServiceAccount";
        assert.deepEqual(await provider.invoke(lookup, {}), {
            id: email,
            project: "shop-test",
            emailAddress: email,
            member: `serviceAccount:${email}`,
        });
        assert.deepEqual(store.remaining(), [], "no stack can delete the agent");
        await createIn(provider, target, grant);
        // Other members need no look-up.
        await createIn(provider, target, { ...grant, member: "user:admin@example.com" });
    });

    it("requires a project and replaces everything when it changes", () => {
        const provider = fresh(gcp, SETTINGS).then(({ provider: configured }) => {
            assert.deepEqual(configured.checkConfig({}), [
                { property: "project", reason: "project: required field is not set: name the project explicitly" },
            ]);
            assert.deepEqual(configured.configReplaces({ project: "a" }, { project: "b" }), ["project"]);
        });
        return provider;
    });

    it("refuses an unknown function", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        await assert.rejects(provider.invoke("gcp:compute/getZones:getZones", {}), {
            message: "gcp:compute/getZones:getZones: the gcp stand-in does not support this function",
        });
    });
});
