import assert from "node:assert/strict";

import type { JsonObject, PlannedResource } from "../../../../tools/plan";
import { goldenFiles, parseGolden } from "../../../../tools/plan/review/golden/files";
import { type CaseResources, resourcesOf } from "../../../../tools/plan/review/golden/layers";
import { goldenResources, type Resources } from "../../../../tools/plan/review/golden/resources";
import { resource } from "../resource";

const scaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const cases = ["prod", "staging", "dev"].flatMap((stack) => ["gcp", "aws"].map((cloud) => ({ stack, cloud })));

function scaled(name: string, maxReplicas: number): PlannedResource {
    return resource(scaler, name, { spec: { minReplicas: 1, maxReplicas } });
}

/** The files for six cases, each with what `resourcesIn` gives it beside one autoscaler that all have. */
function filesOf(resourcesIn: (stack: string, cloud: string) => readonly PlannedResource[]): Map<string, string> {
    const lists: CaseResources[] = cases.map((one) => ({
        ...one,
        resources: goldenResources(one.stack, [scaled("all", 4), ...resourcesIn(one.stack, one.cloud)]),
    }));
    const files = goldenFiles(lists);
    for (const list of lists) {
        assert.deepEqual(resourcesOf(parseGolden(files), list), list.resources);
    }
    return new Map([...files].filter(([, text]) => text !== "{}\n"));
}

function line(name: string, max: number): string {
    return `${name}: { provider: default, minReplicas: 1, maxReplicas: ${max} }\n`;
}

const base = `${scaler}:\n  ${line("all", 4)}`;

describe("golden plans in layers", () => {
    it("say once what every stack and cloud has", () => {
        assert.deepEqual([...filesOf(() => [])], [["base.yaml", base]]);
    });

    it("say with the cloud what its stacks have", () => {
        const files = filesOf((_stack, cloud) => [
            scaled("b", cloud === "gcp" ? 2 : 3),
            ...(cloud === "aws" ? [scaled("c", 1)] : []),
        ]);
        assert.deepEqual(
            [...files],
            [
                ["base.yaml", `${base}  b: { provider: default, minReplicas: 1 }\n`],
                ["clouds/gcp.yaml", `changed:\n  ${scaler}:\n    b: { maxReplicas: 2 }\n`],
                [
                    "clouds/aws.yaml",
                    `added:\n  ${scaler}:\n    ${line("c", 1)}changed:\n  ${scaler}:\n    b: { maxReplicas: 3 }\n`,
                ],
            ],
        );
    });

    it("say with the stack what it has on every cloud, or has not, or has otherwise", () => {
        const files = filesOf((stack) =>
            stack === "dev" ? [scaled("b", 1), scaled("d", 1)] : [scaled("b", 2), scaled("c", 2)],
        );
        assert.deepEqual(
            [...files],
            [
                ["base.yaml", `${base}  ${line("b", 2)}  ${line("c", 2)}`],
                [
                    "stacks/dev.yaml",
                    `removed:\n  - ${scaler} c\nadded:\n  ${scaler}:\n    ${line("d", 1)}` +
                        `changed:\n  ${scaler}:\n    b: { maxReplicas: 1 }\n`,
                ],
            ],
        );
    });

    it("say of one stack on one cloud only what it alone has otherwise", () => {
        const alone = (stack: string, cloud: string): boolean => stack === "dev" && cloud === "gcp";
        const files = filesOf((stack, cloud) => [
            scaled("b", alone(stack, cloud) ? 9 : 2),
            ...(alone(stack, cloud) ? [scaled("d", 1)] : [scaled("c", 2)]),
        ]);
        assert.deepEqual([...files.keys()], ["base.yaml", "own/dev-gcp.yaml"]);
        assert.equal(
            files.get("own/dev-gcp.yaml"),
            `removed:\n  - ${scaler} c\nadded:\n  ${scaler}:\n    ${line("d", 1)}` +
                `changed:\n  ${scaler}:\n    b: { maxReplicas: 9 }\n`,
        );
    });

    it("show prod's value where a cloud's stacks are divided evenly, and null for an input that another has", () => {
        const volume = (type?: string): PlannedResource =>
            resource("kubernetes:storage.k8s.io/v1:StorageClass", "fast", {
                ...(type === undefined ? {} : { parameters: { type } }),
            });
        const files = filesOf((stack) => [volume({ prod: "ssd", staging: "hdd" }[stack])]);
        assert.match(files.get("base.yaml") ?? "", /^ {2}fast: { provider: default, type: ssd }$/m);
        assert.match(files.get("stacks/dev.yaml") ?? "", /^ {4}fast: { type: null }$/m);
        assert.match(files.get("stacks/staging.yaml") ?? "", /^ {4}fast: { type: hdd }$/m);
    });
});

describe("a golden's resources", () => {
    function shown(type: string, inputs: JsonObject): unknown {
        return goldenResources("dev", [resource(type, "a", inputs)]).get(`${type} a`);
    }

    function text(type: string, inputs: JsonObject): string | undefined {
        const resources = goldenResources("dev", [resource(type, "a", inputs)]);
        return goldenFiles([{ stack: "dev", cloud: "aws", resources }]).get("base.yaml");
    }

    it("show a policy with one statement a line", () => {
        const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::dev-backup" };
        const Statement = [0, 1].map((index) => ({ Sid: `Rule${index}`, ...statement }));
        assert.equal(
            text("aws:s3/bucketPolicy:BucketPolicy", { policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
            [
                "aws:s3/bucketPolicy:BucketPolicy:",
                "  a:",
                "    provider: default",
                "    policy:",
                "      Version: 2012-10-17",
                "      Statement:",
                '        - { Sid: Rule0, Effect: Deny, Principal: "*", Action: s3:*, Resource: arn:aws:s3:::<stack>-backup }',
                '        - { Sid: Rule1, Effect: Deny, Principal: "*", Action: s3:*, Resource: arn:aws:s3:::<stack>-backup }',
                "",
            ].join("\n"),
        );
    });

    it("mark the stack, the account and the region, but where the provider says them", () => {
        const provider = resource("pulumi:providers:aws", "aws", {
            region: "us-east-1",
            allowedAccountIds: '["111111111111"]',
        });
        const subnet = resource("aws:ec2/subnet:Subnet", "private-us-east-1a", { availabilityZone: "us-east-1a" });
        const byId = resource("aws:ec2/subnet:Subnet", "private-use1-az1", { availabilityZoneId: "use1-az1" });
        const role = resource("aws:eks/accessEntry:AccessEntry", "dev-developers", {
            principalArn: "arn:aws:iam::111111111111:role/dev/us-east-10/mydev",
        });
        const list: Resources = goldenResources("dev", [provider, subnet, byId, role]);
        assert.deepEqual(
            [...list],
            [
                ["pulumi:providers:aws aws", { region: "us-east-1", allowedAccountIds: ["111111111111"] }],
                ["aws:ec2/subnet:Subnet private-<region>a", { provider: "default", availabilityZone: "<region>a" }],
                [
                    "aws:ec2/subnet:Subnet private-<region>-az1",
                    { provider: "default", availabilityZoneId: "<region>-az1" },
                ],
                [
                    "aws:eks/accessEntry:AccessEntry <stack>-developers",
                    { provider: "default", principalArn: "arn:aws:iam::<account>:role/<stack>/us-east-10/mydev" },
                ],
            ],
        );
    });

    it("show of a Secret the names of its entries and never a value", () => {
        assert.deepEqual(shown("kubernetes:core/v1:Secret", { type: "Opaque", data: { password: "aHVudGVyMg==" } }), {
            provider: "default",
            type: "Opaque",
            entries: ["password"],
        });
    });

    it("show no provider where it is the usual one of the package", () => {
        const type = "kubernetes:core/v1:ConfigMap";
        const made = (name: string) => {
            const provider = `urn:pulumi:dev::shop::pulumi:providers:kubernetes::${name}`;
            return goldenResources("dev", [{ ...resource(type, "a", {}), provider }]).get(`${type} a`);
        };
        assert.deepEqual(made("cluster-kubernetes"), {});
        assert.deepEqual(made("other"), { provider: "other" });
    });

    it("cannot be two of one type and one name", () => {
        const one = resource(scaler, "a", {});
        assert.throws(() => goldenResources("dev", [one, { ...one, urn: `${one.urn}-other` }]), {
            message: `Two resources are called ${scaler} a; type and name must be unique.`,
        });
    });
});
