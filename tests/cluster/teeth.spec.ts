import assert from "node:assert/strict";

import { admit, applyAgain } from "./admission/admit";
import { startControlPlane } from "./control-plane/baked";
import { at, listAt, numberAt, textAt, titleOf, type Json } from "./control-plane/json";
import { note } from "./note";
import { cases, planOf } from "./plan/cases";
import { findingsText, type Finding } from "./plan/finding";
import { plannedObjects, type PlannedObject } from "./plan/objects";
import { flawed } from "./refusals/fixture";
import { placementFindings } from "./scheduling/checks";
import { nodePools, type NodePool } from "./scheduling/pools";
import { overflow, overflowFindings } from "./scheduling/quota";
import { setScene, type Scene } from "./scheduling/scene";

/**
 * Shows that the suite bites: breaks one property of a good plan at a time and asserts that the checker of that property
 * says so, and says it of the right object. What is broken is chosen by what it has, not by its name.
 */
describe("the suite's teeth", () => {
    let good: readonly PlannedObject[];
    let pools: readonly NodePool[];

    before(async () => {
        const plan = await planOf(cases().find(({ stack }) => stack === "prod") ?? assert.fail("no prod stack"));
        good = plannedObjects(plan);
        pools = lopsided(nodePools(plan.resources));
    });

    describe("placement and quotas", () => {
        let sound: Scene;
        let broken: Scene;
        let stop = (): Promise<unknown> => Promise.resolve();
        const unspread = (): PlannedObject => mostReplicas(good);
        // Who only prefers its tainted pool runs elsewhere without the toleration.
        const untolerating = (): PlannedObject =>
            find(
                good,
                (one) =>
                    listAt(podSpec(one), "tolerations").length > 0 &&
                    at(podSpec(one), "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution") !==
                        undefined,
            );
        const unbounded = (): PlannedObject => {
            const namespace = unspread().object.metadata["namespace"];
            return find(
                good,
                ({ object }) => object.kind === "ResourceQuota" && object.metadata["namespace"] === namespace,
            );
        };

        before(async () => {
            sound = await setScene(good, pools);
            stop = () => sound.plane.stop();
            await sound.plane.stop();
            let plan = changed(good, unspread(), {
                "spec.template.spec.topologySpreadConstraints": undefined,
                "spec.template.spec.affinity.podAntiAffinity": undefined,
            });
            plan = changed(plan, untolerating(), { "spec.template.spec.tolerations": undefined });
            broken = await setScene(
                plan.filter(({ urn }) => urn !== unbounded().urn),
                pools,
            );
            stop = () => broken.plane.stop();
        });

        after(async () => {
            await stop();
        });

        it("finds nothing in the plan as it is, on the same lopsided nodes", () => {
            assert.equal(findingsText([...sound.refused, ...placementFindings(sound.snapshot)]), "");
        });

        it("finds the workload whose spread constraints were removed", () => {
            assert.deepEqual(about("zone skew", broken), [workload(unspread())]);
        });

        it("finds the pods whose toleration was removed", () => {
            const waiting = placementFindings(broken.snapshot).filter(({ check }) => check === "unplaced");
            const prefix = workload(untolerating()).replace("/Deployment/", "/");
            assert.notEqual(waiting.length, 0);
            assert.ok(
                waiting.every(({ where, message }) => where.startsWith(prefix) && /untolerated taint/.test(message)),
                findingsText(waiting),
            );
        });

        it("finds the namespace whose quota was removed", async () => {
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
            "a required field that was removed": [
                isDeployment,
                "spec.template.spec.containers[0].image",
                undefined,
                /image: Required value/,
            ],
            "a required list that was removed": [
                isDeployment,
                "spec.template.spec.containers",
                undefined,
                /containers: Required value/,
            ],
            "a field with a slip in its name": [
                isDeployment,
                "spec.template.spec.topologySpreadConstraint",
                [],
                /field not declared in schema/,
            ],
            "a budget of two minds": [
                ({ object }) => object.kind === "PodDisruptionBudget",
                "spec.minAvailable",
                1,
                /cannot be both set/,
            ],
            "an autoscaler the wrong way round": [
                ({ object }) => object.kind === "HorizontalPodAutoscaler",
                "spec.minReplicas",
                1000,
                /minReplicas/,
            ],
            "a pod that would run as root": [
                isDeployment,
                "spec.template.spec.securityContext.runAsNonRoot",
                false,
                /would violate PodSecurity "restricted/,
            ],
        };
        let plane: Awaited<ReturnType<typeof startControlPlane>>;
        let stop = (): Promise<void> => Promise.resolve();

        before(async () => {
            plane = await startControlPlane({ extras: [] }, note);
            stop = () => plane.stop();
        });

        after(async () => {
            await stop();
        });

        it("finds objects that come before their namespace", async () => {
            const findings = await admit(plane.client, good.filter(isDeployment));
            assert.equal(findings.length, good.filter(isDeployment).length);
            assert.ok(
                findings.every(
                    ({ check, message }) => check === "refused" && /namespaces ".*" not found/.test(message),
                ),
            );
        });

        for (const [title, [which, path, value, because]] of Object.entries(breaks)) {
            it(`finds ${title}`, async () => {
                const victim = find(good, which);
                const findings = await admit(plane.client, changed(good, victim, { [path]: value }));
                assert.deepEqual(
                    findings.map(({ where }) => where),
                    [titleOf(victim.object)],
                    findingsText(findings),
                );
                assert.match(findings[0]?.message ?? "", because);
            });
        }

        it("finds an object that never comes to rest", async () => {
            const victim = find(good, isDeployment);
            const rival = changed([victim], victim, { "spec.minReadySeconds": 77 });
            assert.equal(findingsText(await admit(plane.client, good)), "");
            const findings: Finding[] = await applyAgain(plane.client, [...rival, ...good]);
            assert.ok(
                findings.some(({ check, where }) => check === "changed" && where === titleOf(victim.object)),
                findingsText(findings),
            );
        });
    });
});

/** The same pools with most nodes in the first zone: without constraints the scheduler follows the nodes. */
function lopsided(all: readonly NodePool[]): NodePool[] {
    return all.flatMap((pool) => {
        const [first = "", ...others] = pool.zones;
        const one = (zone: string, count: number): NodePool => ({
            ...pool,
            name: `${pool.name}-${zone}`,
            zones: [zone],
            min: count,
            max: count,
        });
        return pool.taints.length > 0 ? [pool] : [one(first, 12), ...others.map((zone) => one(zone, 2))];
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
    return planned.find(which) ?? assert.fail("the plan has nothing to break");
}

/** The Deployment that an autoscaler keeps at the most replicas at the baseline. */
function mostReplicas(planned: readonly PlannedObject[]): PlannedObject {
    const scalers = planned.filter(({ object }) => object.kind === "HorizontalPodAutoscaler");
    const least = ({ object }: PlannedObject): number => numberAt(object, "spec", "minReplicas") ?? 1;
    const [top] = [...scalers].sort((a, b) => least(b) - least(a));
    return find(
        planned,
        (one) =>
            isDeployment(one) && one.object.metadata.name === textAt(top?.object, "spec", "scaleTargetRef", "name"),
    );
}

/** The plan with one object changed; fields by path, undefined removes one. */
function changed(
    planned: readonly PlannedObject[],
    victim: PlannedObject,
    set: Readonly<Record<string, Json | undefined>>,
): PlannedObject[] {
    return planned.map((one) => (one.urn === victim.urn ? { ...one, object: flawed({ base: one.object, set }) } : one));
}

function about(check: string, { snapshot }: Scene): string[] {
    return placementFindings(snapshot)
        .filter((finding) => finding.check === check)
        .map(({ where }) => where);
}
