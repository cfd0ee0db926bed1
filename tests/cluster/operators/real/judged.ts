import { admit } from "../../admission/admit";
import { messageOf, type KubeClient } from "../../control-plane/client";
import type { KubeObject } from "../../control-plane/json";
import { eventually } from "../../control-plane/wait";
import { cases, caseTitle, planOf } from "../../plan/cases";
import type { Finding } from "../../plan/finding";
import { plannedObjects } from "../../plan/objects";

/** What an operator's admission says to the custom resources of every stack. */
export interface Judged {
    /** Names of the resources by kind, by case. */
    readonly resources: Readonly<Record<string, string>>;
    /** Refusals and warnings. */
    readonly findings: readonly Finding[];
}

/** Applies the custom resources of an API group of every stack, without writing them. */
export async function judgeEveryStack(client: KubeClient, apiGroup: string): Promise<Judged> {
    const resources: Record<string, string> = {};
    const findings: Finding[] = [];
    for (const which of cases()) {
        const title = caseTitle(which);
        const own = plannedObjects(await planOf(which)).filter(({ object }) =>
            object.apiVersion.startsWith(`${apiGroup}/`),
        );
        resources[title] = own.map(({ object: { kind, metadata } }) => `${kind} ${metadata.name}`).join(", ");
        const found = await admit(client, own, { dryRun: true });
        findings.push(...found.map((finding) => ({ ...finding, where: `${title}: ${finding.where}` })));
    }
    return { resources, findings };
}

/** Waits until the operator's webhook judges `object`: until then the API server refuses it, because nothing answers. */
export async function untilJudged(client: KubeClient, object: KubeObject, check: () => void): Promise<void> {
    await eventually(
        "an answer of the operator's webhook",
        async () => {
            const { status, body } = await client.apply(object, { dryRun: true });
            if (status >= 300) {
                throw new Error(messageOf(body));
            }
            return true;
        },
        { check },
    );
}
