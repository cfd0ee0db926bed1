import * as assert from "node:assert/strict";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { table } from "../../policy/pack";
import { goodPod, kinds, put, resource, resourceOf } from "./fixtures";
import { PackProcess } from "./pack-process";

const { MANDATORY, ADVISORY } = proto.EnforcementLevel;
const deployment = kinds.find(({ kind }) => kind === "Deployment")!;

/** The real pack over gRPC, as the engine runs it. The engine's handling of the responses is not tested here. */
describe("policy pack over gRPC (PO-01)", () => {
    let pack: PackProcess;

    before(async () => {
        pack = await PackProcess.start();
    });

    after(() => {
        pack.stop();
    });

    beforeEach(() => pack.configure({}));

    function privileged() {
        const pod = goodPod();
        put(pod, ["containers", "0", "securityContext", "privileged"], true);
        return resourceOf(deployment, pod);
    }

    it("starts without type checking", () => {
        assert.ok(pack.startMilliseconds < 20_000, `took ${pack.startMilliseconds} ms`);
    });

    it("lists every policy of the table and the two about exemptions", async () => {
        const info = await pack.info();
        const policies = info.getPoliciesList().map((policy) => policy.toObject());
        assert.equal(info.getName(), "ecommerce-platform-policy");
        assert.deepEqual(
            policies.map(({ name }) => name),
            ["pack-settings", ...table.map(({ rule }) => rule.name), "unused-exemptions"],
        );
        for (const { name, description, url, remediationSteps, severity, framework } of policies) {
            assert.ok(description && url && remediationSteps && severity && framework, name);
        }
        const initial = info.getInitialconfigMap().get("pack-settings");
        assert.equal(initial?.getEnforcementlevel(), MANDATORY);
        assert.deepEqual(initial.getProperties()?.toJavaScript(), { exemptions: [] });
    });

    it("accepts a compliant Deployment", async () => {
        assert.deepEqual(await pack.analyze(resourceOf(deployment, goodPod())), []);
    });

    it("rejects a privileged container with one violation", async () => {
        const [diagnostic, ...others] = await pack.analyze(privileged());
        assert.deepEqual(others, []);
        assert.equal(diagnostic?.policyname, "forbid-privileged-containers");
        assert.equal(diagnostic.enforcementlevel, MANDATORY);
        assert.match(diagnostic.message, /Deployment "web", container "app": spec\.template\.spec\.containers\[0\]/);
    });

    it("rejects an unknown value and checks the other fields", async () => {
        const pod = goodPod();
        put(pod, ["containers", "0", "securityContext", "privileged"], "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
        put(pod, ["containers", "1", "securityContext", "privileged"], true);
        const diagnostics = await pack.analyze(resourceOf(deployment, pod));
        assert.deepEqual(
            diagnostics.map(({ enforcementlevel, policyname }) => [policyname, enforcementlevel]),
            [
                ["forbid-privileged-containers", MANDATORY],
                ["forbid-privileged-containers", MANDATORY],
            ],
        );
    });

    it("warns about an unknown value if the config says so", async () => {
        const pod = goodPod();
        put(pod, ["hostNetwork"], "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7");
        await pack.configure({ "forbid-host-namespaces": { properties: { onUnknown: "warn" } } });
        const levels = (await pack.analyze(resourceOf(deployment, pod))).map((one) => one.enforcementlevel);
        assert.deepEqual(levels, [ADVISORY]);
    });

    it("runs a disabled baseline policy if the config enables it", async () => {
        const pod = goodPod();
        put(pod, ["volumes", "0", "hostPath"], { path: "/" });
        await pack.configure({
            "forbid-host-path-volumes": {},
            "allow-only-restricted-volumes": { level: proto.EnforcementLevel.DISABLED },
        });
        const diagnostics = await pack.analyze(resourceOf(deployment, pod));
        assert.deepEqual(
            diagnostics.map(({ policyname, enforcementlevel }) => [policyname, enforcementlevel]),
            [["forbid-host-path-volumes", MANDATORY]],
        );
    });

    it("replaces an exempted violation by a note and reports expired and unused exemptions on the stack", async () => {
        const exemption = {
            policy: "forbid-privileged-containers",
            reason: "a device plugin needs it",
            ticket: "OPS-7",
        };
        await pack.configure({
            "pack-settings": {
                properties: {
                    exemptions: [
                        { ...exemption, urnPattern: "*::web", expires: "2999-01-01" },
                        { ...exemption, urnPattern: "*::other", expires: "2999-01-01" },
                        { ...exemption, urnPattern: "*::old", expires: "2020-01-01" },
                    ],
                },
            },
        });
        const [note, ...others] = await pack.analyze(privileged());
        assert.deepEqual(others, []);
        assert.equal(note?.enforcementlevel, ADVISORY);
        assert.match(note.message, /exempted until 2999-01-01 \(OPS-7\): a device plugin needs it\. Deployment "web"/);
        const root = resource("pulumi:pulumi:Stack", {}, "shop-dev");
        const stack = await pack.analyzeStack([privileged(), root]);
        assert.deepEqual(
            stack.map(({ policyname, enforcementlevel }) => [policyname, enforcementlevel]),
            [
                ["pack-settings", MANDATORY],
                ["unused-exemptions", ADVISORY],
            ],
        );
        // The engine's display requires a URN.
        assert.deepEqual(
            stack.map(({ urn }) => urn),
            [root.urn, root.urn],
        );
        assert.match(stack[0]!.message, /expired on 2020-01-01/);
        assert.match(stack[1]!.message, /\*::other/);
    });
});
