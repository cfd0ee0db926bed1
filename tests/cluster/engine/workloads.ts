import assert from "node:assert/strict";

import type { KubeClient } from "../control-plane/client";
import { isObject, listAt, numberAt, textAt, titleOf, type KubeObject } from "../control-plane/json";
import { eventually } from "../control-plane/wait";
import type { PlannedObject } from "../plan/objects";

/** The plan's Deployments as they are on the API server. */
export class Workloads {
    public constructor(
        private readonly client: KubeClient,
        private readonly planned: readonly PlannedObject[],
    ) {}

    private object(name: string): KubeObject {
        const found = this.planned.find(
            ({ object }) => object.kind === "Deployment" && object.metadata.name === name,
        )?.object;
        if (found === undefined) {
            throw new Error(`the plan has no Deployment ${name}`);
        }
        return found;
    }

    private async pathOf(name: string): Promise<string> {
        return (await this.client.pathOf(this.object(name))) ?? "";
    }

    public titleOf(name: string): string {
        return titleOf(this.object(name));
    }

    /** Image of the container with the workload's name. */
    public async imageOf(name: string): Promise<string | undefined> {
        const live = await this.client.must({ method: "GET", path: await this.pathOf(name) });
        const containers = listAt(live, "spec", "template", "spec", "containers");
        return textAt(
            containers.find((container) => isObject(container) && container["name"] === name),
            "image",
        );
    }

    /** Changes the container's image as another client, such as `kubectl-edit`, which becomes the field's manager. */
    public async edit(name: string, image: string, manager: string): Promise<void> {
        await this.client.must({
            method: "PATCH",
            path: await this.pathOf(name),
            query: { fieldManager: manager, fieldValidation: "Strict" },
            contentType: "application/strategic-merge-patch+json",
            body: { spec: { template: { spec: { containers: [{ name, image }] } } } },
        });
    }

    /** Waits until each Deployment has the replicas of the plan or its autoscaler's minimum. */
    public async untilScaled(): Promise<void> {
        const wanted = this.planned.flatMap(({ object }): [string, number][] => {
            const replicas = numberAt(object, "spec", "replicas");
            if (object.kind === "Deployment" && replicas !== undefined) {
                return [[object.metadata.name, replicas]];
            }
            const target = textAt(object, "spec", "scaleTargetRef", "name");
            const minimum = numberAt(object, "spec", "minReplicas");
            return target === undefined || minimum === undefined ? [] : [[target, minimum]];
        });
        await eventually(
            "the replicas of the plan and its autoscalers",
            async () => {
                const found = await Promise.all(
                    wanted.map(async ([name]): Promise<[string, number]> => {
                        const live = await this.client.must({ method: "GET", path: await this.pathOf(name) });
                        return [name, numberAt(live, "spec", "replicas") ?? 0];
                    }),
                );
                assert.deepEqual(found, wanted);
                return true;
            },
            { limitMs: 180_000, everyMs: 500 },
        );
    }
}
