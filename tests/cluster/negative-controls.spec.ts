import assert from "node:assert/strict";

import { admit, applyAgain } from "./admission/admit";
import { startControlPlane } from "./control-plane/start-with-crds";
import { at, listAt, numberAt, textAt, titleOf, type Json } from "./control-plane/json";
import { log } from "./log";
import { cases, planOf } from "./plan/cases";
import { findingsText, type Finding } from "./plan/finding";
import { plannedObjects, type PlannedObject } from "./plan/objects";
import { withChanges } from "./refusals/fixture";
import { placementFindings, withoutPlaceholders } from "./scheduling/checks";
import { nodePools, type NodePool } from "./scheduling/pools";
import { overflow, overflowFindings } from "./scheduling/quota";
import { startSimulatedCluster, type SimulatedCluster } from "./scheduling/simulated-cluster";

/**
 * Breaks one property of a valid plan at a time and asserts that the check of that property reports the right object.
 * Objects are selected by their fields, not by name.
 */
describe("negative controls", () => {
    let valid: readonly PlannedObject[];
    let pools: readonly NodePool[];

    before(async () => {
        const plan = await planOf(cases().find(({ stack }) => stack === "prod") ?? assert.fail("no prod stack"));
        valid = plannedObjects(plan);
        pools = uneven(nodePools(plan.resources));
    });

    describe("placement and quotas", () => {
        let intact: SimulatedCluster;
        let broken: SimulatedCluster;
        let stop = (): Promise<unknown> => Promise.resolve();
        const unspread = (): PlannedObject => mostReplicas(valid);
        // A required affinity: with a preferred one the pod would run elsewhere without the toleration.
        const untolerating = (): PlannedObject =>
            find(
                valid,
                (one) =>
                    listAt(podSpec(one), "tolerations").length > 0 &&
                    at(podSpec(one), "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution") !==
                        undefined,
            );
        const unbounded = (): PlannedObject => {
            const namespace = unspread().object.metadata["namespace"];
            return find(
                valid,
                ({ object }) => object.kind === "ResourceQuota" && object.metadata["namespace"] === namespace,
            );
        };

        before(async () => {
            intact = await startSimulatedCluster(valid, pools);
            stop = () => intact.plane.stop();
            await intact.plane.stop();
            let plan = changed(valid, unspread(), {
                "spec.template.spec.topologySpreadConstraints": undefined,
                "spec.template.spec.affinity.podAntiAffinity": undefined,
            });
            plan = changed(plan, untolerating(), { "spec.template.spec.tolerations": undefined });
            broken = await startSimulatedCluster(
                plan.filter(({ urn }) => urn !== unbounded().urn),
                pools,
            );
            stop = () => broken.plane.stop();
        });

        after(async () => {
            await stop();
        });

        it("the intact plan has no findings on the same uneven nodes", () => {
            assert.equal(
                findingsText([...intact.refused, ...placementFindings(withoutPlaceholders(intact.snapshot))]),
                "",
            );
        });

        it("zone skew reports the workload without spread constraints", () => {
            assert.deepEqual(reported("zone skew", broken), [workload(unspread())]);
        });

        it("unplaced reports the pods without their toleration", () => {
            const unplaced = placementFindings(broken.snapshot).filter(({ check }) => check === "unplaced");
            const prefix = workload(untolerating()).replace("/Deployment/", "/");
            assert.notEqual(unplaced.length, 0);
            assert.ok(
                unplaced.every(({ where, message }) => where.startsWith(prefix) && /untolerated taint/.test(message)),
                findingsText(unplaced),
            );
        });

        it("the quota check reports the namespace without its quota", async () => {
            const findings = overflowFindings(await overflow(broken.plane.client));
            const namespace = String(textAt(unbounded().object, "metadata", "namespace"));
            assert.deepEqual(
                findings.map(({ check, where }) => [check, where]),
                [["no quota", namespace]],
            );
        });
    });

    describe("admission", () => {
        const breaks: Readonly<
            Record<string, readonly [(one: PlannedObject) => boolean, string, Json | undefined, RegExp]>
        > = {
            "a missing required field": [
                isDeployment,
                "spec.template.spec.containers[0].image",
                undefined,
                /image: Required value/,
            ],
            "a missing required list": [
                isDeployment,
                "spec.template.spec.containers",
                undefined,
                /containers: Required value/,
            ],
            "a misspelled field": [
                isDeployment,
                "spec.template.spec.topologySpreadConstraint",
                [],
                /field not declared in schema/,
            ],
            "a disruption budget with minAvailable and maxUnavailable": [
                ({ object }) => object.kind === "PodDisruptionBudget",
                "spec.minAvailable",
                1,
                /cannot be both set/,
            ],
            "an autoscaler with a minimum above its maximum": [
                ({ object }) => object.kind === "HorizontalPodAutoscaler",
                "spec.minReplicas",
                1000,
                /minReplicas/,
            ],
            "a pod that may run as root": [
                isDeployment,
                "spec.template.spec.securityContext.runAsNonRoot",
                false,
                /would violate PodSecurity "restricted/,
            ],
        };
        let plane: Awaited<ReturnType<typeof startControlPlane>>;
        let stop = (): Promise<void> => Promise.resolve();

        before(async () => {
            plane = await startControlPlane({ components: [] }, log);
            stop = () => plane.stop();
        });

        after(async () => {
            await stop();
        });

        it("admission reports objects that are applied before their namespace", async () => {
            const findings = await admit(plane.client, valid.filter(isDeployment));
            assert.equal(findings.length, valid.filter(isDeployment).length);
            assert.ok(
                findings.every(
                    ({ check, message }) => check === "refused" && /namespaces ".*" not found/.test(message),
                ),
            );
        });

        for (const [title, [which, path, value, message]] of Object.entries(breaks)) {
            it(`admission reports ${title}`, async () => {
                const target = find(valid, which);
                const findings = await admit(plane.client, changed(valid, target, { [path]: value }));
                assert.deepEqual(
                    findings.map(({ where }) => where),
                    [titleOf(target.object)],
                    findingsText(findings),
                );
                assert.match(findings[0]?.message ?? "", message);
            });
        }

        it("the second apply reports an object with two conflicting writers", async () => {
            const target = find(valid, isDeployment);
            const conflicting = changed([target], target, { "spec.minReadySeconds": 77 });
            assert.equal(findingsText(await admit(plane.client, valid)), "");
            const findings: Finding[] = await applyAgain(plane.client, [...conflicting, ...valid]);
            assert.ok(
                findings.some(({ check, where }) => check === "changed" && where === titleOf(target.object)),
                findingsText(findings),
            );
        });
    });
});

/** The untainted pools with most nodes in the first zone, so that pods without spread constraints skew. */
function uneven(all: readonly NodePool[]): NodePool[] {
    return all.flatMap((pool) => {
        const [first = "", ...others] = pool.zones;
        const zonal = (zone: string, count: number): NodePool => ({
            ...pool,
            name: `${pool.name}-${zone}`,
            zones: [zone],
            min: count,
            max: count,
        });
        return pool.taints.length > 0 ? [pool] : [zonal(first, 12), ...others.map((zone) => zonal(zone, 2))];
    });
}

function isDeployment({ object }: PlannedObject): boolean {
    return object.kind === "Deployment";
}

function podSpec({ object }: PlannedObject): Json | undefined {
    return isDeployment({ object, urn: "", unknowns: [] }) ? at(object, "spec", "template", "spec") : undefined;
}

function workload({ object }: PlannedObject): string {
    return `${textAt(object, "metadata", "namespace") ?? ""}/${object.kind}/${object.metadata.name}`;
}

function find(planned: readonly PlannedObject[], which: (one: PlannedObject) => boolean): PlannedObject {
    return planned.find(which) ?? assert.fail("the plan has no such object");
}

/** The Deployment whose autoscaler has the highest minimum. */
function mostReplicas(planned: readonly PlannedObject[]): PlannedObject {
    const scalers = planned.filter(({ object }) => object.kind === "HorizontalPodAutoscaler");
    const minReplicas = ({ object }: PlannedObject): number => numberAt(object, "spec", "minReplicas") ?? 1;
    const [top] = [...scalers].sort((a, b) => minReplicas(b) - minReplicas(a));
    return find(
        planned,
        (one) =>
            isDeployment(one) && one.object.metadata.name === textAt(top?.object, "spec", "scaleTargetRef", "name"),
    );
}

/** The plan with one object changed; values by path, undefined removes a field. */
function changed(
    planned: readonly PlannedObject[],
    target: PlannedObject,
    set: Readonly<Record<string, Json | undefined>>,
): PlannedObject[] {
    return planned.map((one) =>
        one.urn === target.urn ? { ...one, object: withChanges({ base: one.object, set }) } : one,
    );
}

function reported(check: string, { snapshot }: SimulatedCluster): string[] {
    return placementFindings(snapshot)
        .filter((finding) => finding.check === check)
        .map(({ where }) => where);
}
