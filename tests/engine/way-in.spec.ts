import assert from "node:assert/strict";
import type { Change } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { typeAndName } from "./lifecycle";
import { CLUSTER } from "./providers/aws/fixtures";
import { bagAt } from "./providers/core/value";

const zones = ["use1-az1", "use1-az2", "use1-az4"];

const account = { accountId: "333333333333" };

const connected = {
    "ecommerce-platform:aws": {
        ...account,
        transitGateway: "tgw-0123456789abcdef0",
        connectedNetworks: ["10.0.0.0/16"],
    },
};

describe("engine: the way to EKS' private control plane", () => {
    const name = "way-in";
    let environment: TestEnvironment | undefined;
    let session: Session | undefined;

    before(async () => {
        environment = await TestEnvironment.open();
        session = await environment.start(name, { stack: "prod", config: { "ecommerce-platform:cloud": "aws" } });
    });

    after(async () => {
        await environment?.finish(name, session);
        environment?.close();
    });

    const clusters = async (): Promise<string[]> =>
        ((await session?.store.list("aws")) ?? []).map(({ key }) => key).filter((key) => key.startsWith("aws:eks/"));

    it("a stack without one is refused before anything is created", async () => {
        assert.ok(session);
        const outcome = await session.run({ kind: "up", config: { "ecommerce-platform:aws": account } });
        assert.match(
            outcome.output,
            /ecommerce-platform:cluster\.privateEndpoint: true leaves no way to the control plane/,
        );
        assert.deepEqual(session.store.remaining(), []);
    });

    it("the first phase creates the network only, for a runner in the VPC", async () => {
        assert.ok(session);
        const config = {
            "ecommerce-platform:aws": { ...account, privateRunner: true },
            "ecommerce-platform:cluster": { networkOnly: true },
        };
        const { changes } = await session.succeed({ kind: "up", config });
        assert.deepEqual([...new Set(changes.map(({ op }) => op))], ["create"]);
        const others = changes.filter(({ urn }) => !urn.includes("shop:network:"));
        assert.deepEqual(others.map(({ urn }) => typeAndName(urn)).sort(), [
            "pulumi:providers:aws::aws",
            "pulumi:providers:aws::aws-dr",
            "shop:platform:Platform::platform",
        ]);
        const subnets = changes
            .map(({ urn }) => typeAndName(urn))
            .filter((one) => one.includes("network-private-use1"));
        assert.ok(subnets.length > 0);
        assert.deepEqual(await clusters(), []);
    });

    it("the second phase creates everything else, with a transit gateway's attachment and routes", async () => {
        assert.ok(session);
        const { changes } = await session.succeed({
            kind: "up",
            config: { ...connected, "ecommerce-platform:cluster": {} },
        });
        assert.deepEqual([...new Set(changes.map(({ op }) => op))], ["create"]);
        const network = changes.filter(({ urn }: Change) => urn.includes("shop:network:"));
        assert.deepEqual(
            network.map(({ op, urn }) => `${op} ${typeAndName(urn)}`).sort(),
            [
                "create aws:ec2transitgateway/vpcAttachment:VpcAttachment::network-transit",
                "create shop:network:TransitGatewayConnection::network-transit",
                ...zones.map((zone) => `create aws:ec2/route:Route::network-transit-${zone}-10.0.0.0-16`),
            ].sort(),
        );
        assert.equal((await clusters()).filter((key) => key.startsWith(CLUSTER)).length, 1);
        await session.succeed({ kind: "preview", expectNoChanges: true });
    });

    it("a version that EKS has raised is no change after a refresh", async () => {
        assert.ok(session);
        const [entry] = (await session.store.list("aws")).filter(({ key }) => key.startsWith(CLUSTER));
        assert.ok(entry);
        const raised = (part: string) => ({ ...bagAt(entry.value, part), version: "1.37" });
        await session.store.put("aws", entry.key, {
            ...entry.value,
            inputs: raised("inputs"),
            outputs: raised("outputs"),
        });
        const { changes } = await session.succeed({ kind: "refresh" });
        assert.deepEqual(
            changes.map(({ op, urn }) => `${op} ${typeAndName(urn)}`),
            [`update ${CLUSTER}::cluster`],
        );
        await session.succeed({ kind: "up", expectNoChanges: true });
    });

    it("an update that raises the version is refused where it would lower it", async () => {
        assert.ok(session);
        const outcome = await session.run({
            kind: "up",
            config: { "ecommerce-platform:cluster": { upgrade: true } },
        });
        assert.match(outcome.output, /Unsupported Kubernetes minor version update from 1\.37 to 1\.36/);
        await session.succeed({ kind: "up", config: { "ecommerce-platform:cluster": {} }, expectNoChanges: true });
    });
});
