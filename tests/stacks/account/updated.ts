import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { createProgram } from "../../../components/program";
import { projectRoot, readStack } from "../../../tools/plan";
import { withoutTraces } from "../../../tools/plan/record/traces";
import { answer } from "../../components/cloud-outputs";
import type { CreatedResource } from "../../components/layers";

export type { CreatedResource } from "../../components/layers";

/** Stacks that are created in a cloud account. */
export const stacks = ["dev", "staging", "prod", "prod-dr"] as const;
export type StackName = (typeof stacks)[number];
export type Account = "gcp" | "aws";

type Outputs = Readonly<Record<string, unknown>>;

/** Outputs that another resource's input contains, by type; each contains the resource's name. */
const outputs: Readonly<Record<string, (name: string) => Outputs>> = {
    "aws:kms/key:Key": (name) => ({ arn: `key:${name}` }),
    "aws:iam/role:Role": (name) => ({ arn: `role:${name}`, name: `${name}-name` }),
    "aws:iam/instanceProfile:InstanceProfile": (name) => ({ name: `${name}-profile` }),
    "aws:cloudwatch/eventRule:EventRule": (name) => ({ arn: `rule:${name}`, name: `${name}-rule` }),
    "aws:cloudwatch/logGroup:LogGroup": (name) => ({ arn: `logs:${name}` }),
    "aws:sqs/queue:Queue": (name) => ({ arn: `queue:${name}`, url: `https://${name}`, name: `${name}-queue` }),
    "aws:eks/cluster:Cluster": (name) => ({
        arn: `cluster:${name}`,
        endpoint: "https://api.example.com",
        certificateAuthority: { data: "Y2E=" },
        vpcConfig: { clusterSecurityGroupId: "sg-cluster" },
    }),
    "gcp:projects/serviceIdentity:ServiceIdentity": () => ({
        email: "service-42@container-engine-robot.iam.gserviceaccount.com",
        member: "serviceAccount:service-42@container-engine-robot.iam.gserviceaccount.com",
    }),
    "gcp:serviceaccount/account:Account": (name) => ({
        email: `${name}@accounts`,
        member: `serviceAccount:${name}@accounts`,
        name: `accounts/${name}`,
        uniqueId: "100000000000000654321",
    }),
    "gcp:projects/iAMCustomRole:IAMCustomRole": (name) => ({ name: `roles/own/${name}` }),
    "gcp:logging/projectSink:ProjectSink": (name) => ({ writerIdentity: `serviceAccount:sink-${name}@sinks` }),
    "random:index/randomPassword:RandomPassword": (name) => ({
        result: `password of ${name}`,
        bcryptHash: `hash of ${name}`,
    }),
    "gcp:container/cluster:Cluster": () => ({
        endpoint: "api.example.com",
        masterAuth: { clusterCaCertificate: "Y2E=" },
    }),
};

async function update(stack: StackName, cloud: Account): Promise<readonly CreatedResource[]> {
    const { project, config } = readStack(projectRoot, stack);
    const all: CreatedResource[] = [];
    await pulumi.runtime.setMocks(
        {
            call: ({ token }) => answer(token),
            newResource: ({ type, name, inputs }) => {
                const own = inputs as Record<string, unknown>;
                all.push({ type, name, inputs: own });
                return { id: `${name}-id`, state: { ...own, ...outputs[type]?.(name) } };
            },
        },
        project,
        stack,
        false,
    );
    pulumi.runtime.setAllConfig({ ...config.values, [`${project}:cloud`]: cloud }, []);
    try {
        await createProgram()();
        await pulumi.runtime.disconnect();
    } finally {
        pulumi.runtime.setAllConfig({}, []);
    }
    return all;
}

const updates = new Map<string, Promise<readonly CreatedResource[]>>();

/**
 * Inputs of a shipped stack's resources in an update: each has the id `<name>-id` and the outputs above. One program runs
 * at a time.
 */
export async function updated(stack: StackName, cloud: Account): Promise<readonly CreatedResource[]> {
    const key = `${stack}-${cloud}`;
    const found = updates.get(key) ?? withoutTraces(() => update(stack, cloud));
    updates.set(key, found);
    return found;
}

/** Inputs by name of the resources of a type. */
export function ofType(all: readonly CreatedResource[], type: string): Record<string, Outputs> {
    const found = all.filter((one) => one.type === type);
    const byName = Object.fromEntries(found.map(({ name, inputs }) => [name, inputs]));
    assert.equal(Object.keys(byName).length, found.length, type);
    return byName;
}
