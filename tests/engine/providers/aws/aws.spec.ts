import assert from "node:assert/strict";
import { createIn, fresh, targetOf } from "../core/testing";
import { stringAt, type Bag } from "../core/value";
import { aws } from "./cloud";
import { CLUSTER, SETTINGS, SUBNET, VPC, cluster, vpc } from "./fixtures";

describe("engine stand-ins: aws", () => {
    it("returns the outputs of a cluster that programs read, with default tags", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const outputs = await createIn(provider, targetOf(CLUSTER), { ...cluster, tags: { role: "shop" } });
        assert.equal(outputs["arn"], "arn:aws:eks:us-east-1:111111111111:cluster/shop");
        assert.match(stringAt(outputs, "endpoint") ?? "", /^https:\/\/.+\.us-east-1\.eks\.amazonaws\.com$/);
        assert.deepEqual(Object.keys(outputs["certificateAuthority"] as Bag), ["data"]);
        assert.deepEqual(outputs["tagsAll"], { tier: "dev", role: "shop" });
    });

    it("refuses a cluster in one availability zone", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const { id: vpcId = "" } = await createIn(provider, targetOf(VPC, "vpc"), vpc.inputs);
        const subnet = (name: string, cidrBlock: string, availabilityZone: string): Promise<Bag> =>
            createIn(provider, targetOf(SUBNET, name), { vpcId, cidrBlock, availabilityZone });
        const [one, two, three] = [
            await subnet("one", "10.0.0.0/24", "us-east-1a"),
            await subnet("two", "10.0.1.0/24", "us-east-1a"),
            await subnet("three", "10.0.2.0/24", "us-east-1b"),
        ];
        const over = (...subnets: Bag[]): Bag => ({
            ...cluster,
            vpcConfig: { subnetIds: subnets.map((created) => created["id"] ?? "") },
        });
        await assert.rejects(createIn(provider, targetOf(CLUSTER), over(one, two)), {
            message: "InvalidParameterException: Subnets specified must be in at least two different AZs",
        });
        await createIn(provider, targetOf(CLUSTER), over(one, three));
    });

    it("refuses to delete a cluster with deletion protection", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const protectedCluster = { ...cluster, deletionProtection: true };
        const { id } = await provider.create(targetOf(CLUSTER), protectedCluster, false);
        await assert.rejects(provider.delete(targetOf(CLUSTER), id, protectedCluster), {
            message: "InvalidRequestException: Cluster is protected from deletion; disable deletion protection first",
        });
    });

    it("returns a role's ARN with its path", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const statement = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
        const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
        const role = targetOf("aws:iam/role:Role");
        const own = await createIn(provider, role, { name: "nodes", path: "/ecommerce/dev/", assumeRolePolicy });
        assert.equal(own["arn"], "arn:aws:iam::111111111111:role/ecommerce/dev/nodes");
        const other = await createIn(provider, role, { name: "admin", assumeRolePolicy });
        assert.equal(other["arn"], "arn:aws:iam::111111111111:role/admin");
    });

    it("requires a region", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        assert.deepEqual(provider.checkConfig({}), [
            { property: "region", reason: 'Missing required argument: "region" is required' },
        ]);
    });
});
