import assert from "node:assert/strict";
import { createIn, fresh, itRefuses, targetOf } from "../core/testing";
import type { Bag } from "../core/value";
import { gcp } from "./cloud";
import { SETTINGS } from "./fixtures";

const POLICY = "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy";
const ACL = "gcp:memorystore/aclPolicy:AclPolicy";
const INSTANCE = "gcp:memorystore/instance:Instance";

const location = "europe-west1";
const policy: Bag = { name: "shop", location, network: "vpc", serviceClass: "gcp-memorystore" };
const allowed = { type: POLICY, name: "shop", inputs: policy };
const instance: Bag = {
    instanceId: "shop",
    location,
    shardCount: 3,
    desiredAutoCreatedEndpoints: [{ network: "projects/shop-test/global/networks/vpc", projectId: "shop-test" }],
};

describe("engine stand-ins: Memorystore", () => {
    itRefuses(gcp, SETTINGS, [
        {
            what: "refuses an instance in a network without a service connection policy",
            type: INSTANCE,
            inputs: instance,
            message:
                "Error 400: no service connection policy of class gcp-memorystore for network " +
                "projects/shop-test/global/networks/vpc",
        },
        {
            what: "refuses an instance in another region than its policy",
            type: INSTANCE,
            inputs: { ...instance, location: "us-central1" },
            before: [allowed],
            message:
                "Error 400: no service connection policy of class gcp-memorystore for network " +
                "projects/shop-test/global/networks/vpc",
        },
        {
            what: "refuses a second policy of a network, region and class",
            type: POLICY,
            inputs: { ...policy, name: "other" },
            before: [allowed],
            message: "Error 409: a service connection policy of this network, region and class exists",
        },
        {
            what: "refuses an instance with an unknown node type",
            type: INSTANCE,
            inputs: { ...instance, nodeType: "cache.m7g.large" },
            before: [allowed],
            message: "Invalid value for field 'nodeType': 'cache.m7g.large'",
        },
        {
            what: "refuses three replicas",
            type: INSTANCE,
            inputs: { ...instance, replicaCount: 3 },
            before: [allowed],
            message: "Invalid value for field 'replicaCount': '3'. Must be from 0 to 2",
        },
        {
            what: "refuses an append-only file without its settings",
            type: INSTANCE,
            inputs: { ...instance, persistenceConfig: { mode: "AOF" } },
            before: [allowed],
            message: "persistenceConfig.aofConfig is required for mode AOF",
        },
        {
            what: "refuses an instance's id in upper case",
            type: INSTANCE,
            inputs: { ...instance, instanceId: "Shop" },
            before: [allowed],
            message: "Invalid value for field 'instanceId': 'Shop'",
        },
        {
            what: "refuses an ACL policy's id that begins with a digit",
            type: ACL,
            inputs: { aclPolicyId: "1shop", location, rules: [] },
            message: "Invalid value for field 'aclPolicyId': '1shop'",
        },
        {
            what: "refuses an ACL policy that does not exist",
            type: INSTANCE,
            inputs: { ...instance, aclPolicy: "projects/shop-test/locations/europe-west1/aclPolicies/shop" },
            before: [allowed],
            message: "Error 404: ACL policy projects/shop-test/locations/europe-west1/aclPolicies/shop not found",
        },
    ]);

    it("returns the discovery endpoint and the authority of an instance", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        await createIn(provider, targetOf(POLICY, "shop"), policy);
        const created = await createIn(provider, targetOf(INSTANCE), instance);
        assert.equal(created["id"], "projects/shop-test/locations/europe-west1/instances/shop");
        assert.match(
            JSON.stringify(created["endpoints"]),
            /CONNECTION_TYPE_DISCOVERY","ipAddress":"10.40.15.10","port":6379/,
        );
        assert.deepEqual(created["managedServerCas"], [{ caCerts: [{ certificates: ["certificate of shop"] }] }]);
    });

    it("refuses to delete an instance with deletion protection", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        await createIn(provider, targetOf(POLICY, "shop"), policy);
        const kept = { ...instance, deletionProtectionEnabled: true };
        const { id } = await provider.create(targetOf(INSTANCE), kept, false);
        await assert.rejects(provider.delete(targetOf(INSTANCE), id, kept), {
            message: "Error 400: deletion protection is enabled for the instance; disable it first",
        });
    });
});
