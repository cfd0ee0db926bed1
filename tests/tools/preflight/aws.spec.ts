import assert from "node:assert/strict";

import { eksAddonVersions } from "../../../components/cluster";
import { preflightCommand } from "../../../tools/preflight/command";

type Answers = Readonly<Record<string, unknown>>;

const zone = (ZoneId: string, letter: string, State = "available") => ({
    ZoneId,
    ZoneName: `us-east-1${letter}`,
    State,
});

// The account's letters: its us-east-1a is the zone that EKS refuses.
const accountZones = [
    zone("use1-az3", "a"),
    zone("use1-az1", "b"),
    zone("use1-az2", "c"),
    zone("use1-az4", "d"),
    zone("use1-az5", "e", "impaired"),
];

const types = ["m7i.2xlarge", "m7i.xlarge", "r7i.large"];

const offersIn = (...ids: readonly string[]) =>
    ids.flatMap((Location) => types.map((InstanceType) => ({ InstanceType, Location })));

const addonsWith = (versions: Readonly<Record<string, string>>) =>
    Object.entries(versions).map(([addonName, addonVersion]) => ({ addonName, addonVersions: [{ addonVersion }] }));

const complete: Answers = {
    "sts get-caller-identity": { Account: "123456789012" },
    "ec2 describe-availability-zones": { AvailabilityZones: accountZones },
    "ec2 describe-instance-type-offerings": {
        InstanceTypeOfferings: offersIn("use1-az1", "use1-az2", "use1-az4"),
    },
    "eks describe-addon-versions": { addons: addonsWith(eksAddonVersions) },
    "ssm get-parameter": { Parameter: { Value: "ami-0123456789abcdef0" } },
};

async function run(answers: Answers, own: Readonly<Record<string, unknown>> = {}) {
    const printed: string[] = [];
    const requests: string[] = [];
    const status = await preflightCommand(["dev"], {
        settings: () => ({
            tier: "dev",
            cloud: "aws",
            domain: "shop.example.com",
            aws: { accountId: "123456789012", privateRunner: true, ...own },
        }),
        kubectl: () => () => Promise.reject(new Error("no cluster is asked")),
        aws: (request) => {
            requests.push(request.join(" "));
            return Promise.resolve(answers[request.slice(0, 2).join(" ")]);
        },
        print: (line) => printed.push(line),
        quotas: () => Promise.resolve([]),
    });
    return { status, printed, requests };
}

const ok = [
    "ok       credentials of account 123456789012",
    "ok       zones that EKS accepts: use1-az1 (us-east-1b), use1-az2 (us-east-1c), use1-az4 (us-east-1d)",
    "ok       machines m7i.2xlarge, m7i.xlarge, r7i.large in each zone",
    "ok       versions of the managed add-ons for Kubernetes 1.36",
    "ok       node image amazon-eks-node-al2023-x86_64-standard-1.36-v20260917",
];

describe("the preflight of an AWS account", () => {
    it("passes an account with everything that the stack needs, with read-only requests", async () => {
        const { status, printed, requests } = await run(complete);
        assert.deepEqual([status, printed], [0, ok]);
        assert.deepEqual(requests, [
            "sts get-caller-identity",
            "ec2 describe-availability-zones --region us-east-1",
            "ec2 describe-availability-zones --region us-east-1",
            "ec2 describe-instance-type-offerings --region us-east-1 --location-type availability-zone-id --filters Name=instance-type,Values=m7i.2xlarge,m7i.xlarge,r7i.large",
            "eks describe-addon-versions --region us-east-1 --kubernetes-version 1.36",
            "ssm get-parameter --region us-east-1 --name /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.36-v20260917/image_id",
        ]);
    });

    const cases: readonly (readonly [what: string, answers: Answers, line: number, text: string, fix: string])[] = [
        [
            "another account",
            { "sts get-caller-identity": { Account: "999999999999" } },
            0,
            "failed   credentials of account 123456789012: they are of 999999999999",
            "         sign in to the stack's account, or set aws.accountId",
        ],
        [
            "a machine type that a zone does not have",
            {
                "ec2 describe-instance-type-offerings": {
                    InstanceTypeOfferings: offersIn("use1-az1", "use1-az2", "use1-az4").slice(0, -1),
                },
            },
            2,
            "failed   machines m7i.2xlarge, m7i.xlarge, r7i.large in each zone: no r7i.large in use1-az4",
            "         set nodePools.<pool>.machineType to another type, or aws.zones to other zones",
        ],
        [
            "an add-on's version that EKS does not have",
            {
                "eks describe-addon-versions": {
                    addons: addonsWith({ ...eksAddonVersions, coredns: "v1.15.0-eksbuild.1" }),
                },
            },
            3,
            "failed   versions of the managed add-ons for Kubernetes 1.36: EKS does not have coredns v1.14.6-eksbuild.4",
            "         pin in components/cluster/versions.ts: coredns v1.15.0-eksbuild.1",
        ],
        [
            "an add-on that EKS does not have",
            { "eks describe-addon-versions": { addons: addonsWith(eksAddonVersions).slice(1) } },
            3,
            "failed   versions of the managed add-ons for Kubernetes 1.36: EKS does not have vpc-cni v1.23.1-eksbuild.1",
            "         pin in components/cluster/versions.ts: vpc-cni (none)",
        ],
        [
            "an image that the region does not have",
            { "ssm get-parameter": undefined },
            4,
            "failed   node image amazon-eks-node-al2023-x86_64-standard-1.36-v20260917: us-east-1 does not have it",
            "         pin another eksNodeRelease in components/cluster/versions.ts",
        ],
    ];
    for (const [what, answers, line, text, fix] of cases) {
        it(`prints the fix for ${what}`, async () => {
            const { status, printed } = await run({ ...complete, ...answers });
            assert.deepEqual([status, printed], [1, [...ok.slice(0, line), text, fix, ...ok.slice(line + 1)]]);
        });
    }

    it("resolves names for the account, and refuses those that EKS or the account does not have", async () => {
        const { status, printed } = await run(complete, { zones: ["us-east-1a", "us-east-1e", "us-east-1f"] });
        assert.equal(status, 1);
        assert.deepEqual(printed.slice(1, 3), [
            "failed   zones that EKS accepts: use1-az3 (us-east-1a), use1-az5 (us-east-1e), us-east-1f: EKS or the account does not have use1-az3 (us-east-1a), use1-az5 (us-east-1e), us-east-1f",
            "         set aws.zones to three of use1-az1, use1-az2, use1-az4",
        ]);
        const named = await run(complete, { zones: ["us-east-1b", "us-east-1c", "us-east-1d"] });
        assert.deepEqual([named.status, named.printed], [0, ok]);
    });

    it("prints the CLI's errors", async () => {
        const lines: string[] = [];
        const status = await preflightCommand(["dev"], {
            settings: () => ({
                tier: "dev",
                cloud: "aws",
                domain: "shop.example.com",
                aws: { accountId: "123456789012", privateRunner: true },
            }),
            kubectl: () => () => Promise.reject(new Error("no cluster is asked")),
            aws: () => Promise.reject(new Error("aws sts get-caller-identity: Unable to locate credentials")),
            print: (line) => lines.push(line),
            quotas: () => Promise.resolve([]),
        });
        assert.deepEqual([status, lines], [1, ["aws sts get-caller-identity: Unable to locate credentials"]]);
    });
});
