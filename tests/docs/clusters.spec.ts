import assert from "node:assert/strict";

import { eksAdminRoleName, eksName, gkeName } from "../../components/cluster/naming";
import type { PlannedResource } from "../../tools/plan";
import { textAt } from "../../tools/plan/json";
import { awsPolicies, permissionsOf } from "../../tools/permissions/documents";
import { awsScope } from "../../tools/permissions/scope";
import { linesOf } from "../config/stack-file";
import { sharedPlan } from "../stacks/plans";
import { blocks, shippedConfig, stacks } from "./project";
import { configSets, settingsAfter } from "./pulumi-commands";
import { codes, page, rows, section, unknownKeys } from "./tables";

const text = page("docs/clusters.md");
const onClouds = stacks().filter((stack) => shippedConfig(stack)["cloud"] !== "existing");

/** The one name of this form among the resources of a type. */
function nameIn(resources: readonly PlannedResource[], type: string, key: string, form: RegExp): string {
    const all = resources.filter((resource) => resource.type === type).map(({ inputs }) => textAt(inputs, key) ?? "");
    const [found = "", ...more] = all.filter((name) => form.test(name));
    assert.deepEqual(more, [], type);
    return found;
}

/** APIs whose name differs from the prefix of their permissions. */
const apiNames: Readonly<Record<string, string>> = { resourcemanager: "cloudresourcemanager" };

/**
 * The permissions of predefined roles as far as a plan needs them: for each role the ones that no other listed role has.
 * https://docs.cloud.google.com/iam/docs/roles-permissions
 */
const predefined: Readonly<Record<string, RegExp>> = {
    "roles/compute.networkAdmin": /^(compute\.(?!firewalls\.(create|update|delete))|servicenetworking\.)/,
    "roles/compute.securityAdmin": /^compute\.firewalls\./,
    "roles/container.admin": /^container\./,
    "roles/cloudkms.admin": /^cloudkms\./,
    "roles/iam.serviceAccountAdmin": /^iam\.serviceAccounts\.(?!actAs)/,
    "roles/iam.serviceAccountUser": /^iam\.serviceAccounts\.actAs$/,
    "roles/iam.roleAdmin": /^iam\.roles\./,
    "roles/resourcemanager.projectIamAdmin": /^resourcemanager\.projects\./,
    "roles/serviceusage.serviceUsageAdmin": /^serviceusage\.services\.(get|use)$/,
    "roles/dns.admin": /^dns\./,
    "roles/storage.admin": /^storage\./,
    "roles/logging.configWriter": /^logging\./,
    "roles/binaryauthorization.policyAdmin": /^binaryauthorization\./,
};

/** Google requires none to create a service agent: https://docs.cloud.google.com/iam/docs/create-service-agents. */
const inNoRole = "serviceusage.services.generateServiceIdentity";

describe("docs/clusters.md", () => {
    it("lists predefined roles with every permission that a stack's resources need, and no others", async () => {
        const deployer = section(text, "### Deployer");
        assert.deepEqual(
            rows(deployer).map(([role]) => role),
            Object.keys(predefined),
        );
        const plans = await Promise.all(onClouds.map((stack) => sharedPlan(stack, "gcp")));
        const needed = [...new Set(plans.flatMap(({ resources }) => permissionsOf("gcp", resources)))];
        const roles = Object.entries(predefined);
        assert.deepEqual(
            needed.filter((one) => !roles.some(([, granted]) => granted.test(one))),
            [inNoRole],
        );
        assert.deepEqual(
            roles.filter(([, granted]) => !needed.some((one) => granted.test(one))),
            [],
        );
    });

    it("lists the API of every permission that a stack's resources need", async () => {
        const listed = rows(section(text, "### APIs")).flatMap(([apis = ""]) => apis.split(", "));
        for (const stack of onClouds) {
            const { resources } = await sharedPlan(stack, "gcp");
            const prefixes = new Set(permissionsOf("gcp", resources).map((one) => one.split(".")[0] ?? ""));
            const needed = [...prefixes].map((prefix) => `${apiNames[prefix] ?? prefix}.googleapis.com`);
            assert.deepEqual(
                needed.filter((api) => !listed.includes(api)),
                [],
                stack,
            );
        }
        assert.deepEqual(listed, [...new Set(listed)]);
    });

    it("lists the deployer's policies on AWS", async () => {
        const plan = await sharedPlan("prod", "aws");
        const policies = Object.keys(awsPolicies(permissionsOf("aws", plan.resources), awsScope(plan)));
        // The boundary is of the stack's roles, not of the deployer.
        assert.equal(policies.pop(), "ecommerce-prod-boundary");
        const table = section(text, "## AWS").slice(section(text, "## AWS").indexOf("| Policy"));
        assert.deepEqual(
            rows(table).map(([name = ""]) => `ecommerce-prod-deploy-${name.replaceAll("`", "")}`),
            policies,
        );
    });

    it("names buckets, sink, trail and log group as the plan does", async () => {
        const named = (template: string, values: Readonly<Record<string, string>>): string =>
            template.replace(/<(\w+)>/g, (_, key: string) => values[key] ?? "?");
        const listed = new Set(codes(section(text, "## Audit logs")));
        const names = (values: Readonly<Record<string, string>>) => [...listed].map((one) => named(one, values));

        const gcp = (await sharedPlan("prod", "gcp")).resources;
        const bucket = nameIn(gcp, "gcp:storage/bucket:Bucket", "name", /-audit$/);
        const stack = "prod";
        const project = bucket.slice(0, -"-prod-audit".length);
        const sink = nameIn(gcp, "gcp:logging/projectSink:ProjectSink", "name", /./);
        const aws = (await sharedPlan("prod", "aws")).resources;
        const trail = nameIn(aws, "aws:cloudtrail/trail:Trail", "name", /./);
        const records = nameIn(aws, "aws:s3/bucket:Bucket", "bucket", /^shop-audit-/);
        const [, account = "", region = ""] = /-(\d{12})-(.*)$/.exec(records) ?? [];
        const all = names({ stack, project, account, region });
        const groups = aws
            .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
            .map(({ inputs }) => textAt(inputs, "name") ?? "")
            .filter((name) => name.startsWith("/aws/eks/"));
        for (const name of [`gs://${bucket}`, sink, `s3://${records}`, trail, ...groups]) {
            assert.ok(all.includes(name), `${name} is not in the table of audit logs`);
        }
    });

    it("names clusters and the admin role as the program does", () => {
        const named = [...text.matchAll(/\becommerce-(?:gke|eks)-dev(?:-admin)?\b/g)].map(([name]) => name);
        assert.deepEqual([...new Set(named)].sort(), [eksName("dev"), eksAdminRoleName("dev"), gkeName("dev")].sort());
    });

    it("names existing keys of the configuration", () => {
        assert.deepEqual(unknownKeys(text), []);
    });
});

describe("docs/clusters.md's commands", () => {
    const lines = blocks(text).flatMap((block) => block.lines.map((line) => line.trim()));

    it("are in blocks of a shell, and use documented programs only", () => {
        assert.deepEqual([...new Set(blocks(text).map(({ info }) => info))], ["sh"]);
        const programs = new Set(lines.map((line) => line.replace(/^[A-Z_0-9]+=\S+ /, "").split(" ")[0] ?? ""));
        const known = ["aws", "done", "for", "gcloud", "kubectl", "npm", "pulumi"];
        assert.deepEqual([...programs].sort(), known);
    });

    it("use known commands of Pulumi", () => {
        const known =
            /^(PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true )?pulumi (login|stack init|config set|config rm|up|destroy|cancel)( |$)/;
        for (const line of lines.filter((one) => /\bpulumi (?!-)/.test(one) && !one.startsWith("aws"))) {
            assert.match(line, known);
        }
    });

    for (const block of blocks(text)) {
        const sets = configSets(block.lines);
        if (sets.length > 0) {
            it(`leave a stack file valid: ${block.lines.find((line) => line.includes("config set")) ?? ""}`, () => {
                const stack = sets.some(({ path }) => path.startsWith("existing.")) ? "local" : "dev";
                assert.deepEqual(linesOf(settingsAfter(shippedConfig(stack), sets)), []);
            });
        }
    }

    it("plan and update stacks that exist", () => {
        const named = lines.flatMap((line) => /^(?:npm run \S+ -- |pulumi \w+ -s )(\S+)/.exec(line)?.[1] ?? []);
        assert.deepEqual(
            named.filter((stack) => !stacks().includes(stack)),
            [],
        );
        assert.ok(named.length > 0);
    });
});
