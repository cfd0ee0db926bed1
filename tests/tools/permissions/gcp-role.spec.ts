import assert from "node:assert/strict";

import { run } from "./run";

/** Verbs by resource: what the deployer of production may do on GCP. */
const production: Readonly<Record<string, string>> = {
    "binaryauthorization.policy": "get update",
    "cloudkms.cryptoKeyVersions": "destroy list",
    "cloudkms.cryptoKeys": "create get getIamPolicy setIamPolicy update",
    "cloudkms.keyRings": "create get",
    "compute.firewalls": "create delete get update",
    "compute.globalAddresses": "createInternal deleteInternal get list setLabels",
    "compute.globalOperations": "get",
    "compute.instanceGroupManagers": "get",
    "compute.networks": "addPeering create delete get removePeering update updatePolicy use",
    "compute.projects": "get",
    "compute.regionOperations": "get",
    "compute.routers": "create delete get update",
    "compute.subnetworks": "create delete get setPrivateIpGoogleAccess update use",
    "container.clusters": "connect create delete get getCredentials list update",
    "container.operations": "get",
    "dns.managedZones": "get getIamPolicy setIamPolicy",
    "iam.roles": "create delete get undelete update",
    "iam.serviceAccounts": "actAs create delete get getIamPolicy setIamPolicy update",
    "logging.exclusions": "create delete get update",
    "logging.sinks": "create delete get update",
    "resourcemanager.projects": "get getIamPolicy setIamPolicy",
    "servicenetworking.operations": "get",
    "servicenetworking.services": "addPeering deleteConnection get",
    "serviceusage.services": "generateServiceIdentity get use",
    "storage.buckets": "create delete get getIamPolicy list setIamPolicy update",
    "storage.objects": "list",
};

/** A replica has no buckets, no sink and no admission policy of its own. */
const primaryOnly = ["binaryauthorization.policy", "logging.exclusions", "logging.sinks", "storage.objects"];

async function roleOf(stack: string) {
    const { status, stdout } = await run(stack, "--cloud", "gcp");
    assert.equal(status, 0);
    const { includedPermissions, ...others } = JSON.parse(stdout) as { includedPermissions: string[] };
    const byResource: Record<string, string> = {};
    for (const permission of includedPermissions) {
        const [verb = "", ...resource] = permission.split(".").reverse();
        const name = resource.reverse().join(".");
        byResource[name] = [...(byResource[name]?.split(" ") ?? []), verb].join(" ");
    }
    return { byResource, others };
}

describe("the deployer's role on GCP", () => {
    for (const stack of ["dev", "staging", "prod"]) {
        it(`has exactly these permissions for ${stack}`, async () => {
            const { byResource, others } = await roleOf(stack);
            // Prod's buckets are never emptied.
            const emptied = stack === "prod" ? {} : { "storage.objects": "delete list" };
            assert.deepEqual(byResource, { ...production, ...emptied });
            assert.deepEqual(others, {
                title: `Deploys the stack ${stack}`,
                description: "Exactly the permissions that its plan's resources need; grant roles/container.admin too",
                stage: "GA",
            });
        });
    }

    it("has those without records and buckets for prod-dr", async () => {
        const expected = Object.entries(production).filter(([resource]) => !primaryOnly.includes(resource));
        assert.deepEqual((await roleOf("prod-dr")).byResource, {
            ...Object.fromEntries(expected),
            // It grants itself the reading of its primary's backups (BK-04).
            "storage.buckets": "getIamPolicy setIamPolicy",
        });
    });
});
