import assert from "node:assert/strict";

import { parse } from "yaml";

import { at, type JsonObject } from "../cluster/control-plane/json";
import { linesOf } from "../config/stack-file";
import { sharedPlan } from "../stacks/plans";
import { shippedConfig } from "./project";
import { configSets, settingsAfter } from "./pulumi-commands";
import { commandsOf, runbook, runbooks, ways } from "./runbook-commands";

/** A command of `pulumi config` without the stack and the project's prefix. */
function plain(line: string): string {
    return line.replace("ecommerce-platform:", "").replace(/ --stack \S+$/, "");
}

describe("the runbooks", () => {
    it("are these", () => {
        const all = [
            "add-a-replica",
            "cache-hits-low",
            "dead-letters",
            "failover",
            "grow-a-disk",
            "migration",
            "partition-missing",
            "replica-behind",
            "restore",
            "restore-search",
            "restore-valkey",
            "rotate-a-password",
            "slow-database",
            "warm-caches",
        ];
        assert.deepEqual(runbooks, all);
    });

    it("have no command that is neither run nor listed with a reason, and the lists none that is in no runbook", () => {
        const { not, ...run } = ways;
        const listed = [...Object.values(run).flat(), ...Object.keys(not)];
        assert.deepEqual([...new Set(runbooks.flatMap(commandsOf))].sort(), listed.sort());
    });

    it("have their commands in blocks of sh, SQL, PromQL and YAML", () => {
        const infos = runbooks.flatMap((name) => runbook(name).map(({ info }) => info));
        assert.deepEqual([...new Set(infos)].sort(), ["promql", "sh", "sql", "yaml"]);
    });

    for (const name of runbooks) {
        const lines = commandsOf(name).filter((line) => line.startsWith("pulumi config"));
        const stack = / --stack (\S+)/.exec(lines.join("\n"))?.[1];
        if (stack !== undefined) {
            it(`${name}: leaves Pulumi.${stack}.yaml valid`, () => {
                assert.deepEqual(
                    lines.filter((line) => !ways.configuration.includes(line) || !line.endsWith(`--stack ${stack}`)),
                    [],
                );
                const sets = configSets(lines.map(plain));
                const removed = lines.flatMap((line) => /^pulumi config rm --path (\S+)/.exec(plain(line))?.[1] ?? []);
                const after = removed.reduce(
                    (settings, path) => {
                        const [key = "", field = ""] = path.split(".");
                        const { [field]: gone, ...rest } = settings[key] as Record<string, unknown>;
                        assert.notEqual(gone, undefined, `${path} is not set`);
                        return { ...settings, [key]: rest };
                    },
                    settingsAfter(shippedConfig(stack), sets),
                );
                assert.equal(sets.length + removed.length, lines.length);
                assert.deepEqual(linesOf(after), []);
            });
        }
    }

    it("restore an instance as prod's are", async () => {
        const text =
            runbook("restore")
                .find(({ info }) => info === "yaml")
                ?.lines.join("\n") ?? "";
        const restored = parse(text) as JsonObject;
        const { resources } = await sharedPlan("prod", "gcp");
        const inputs = (kind: string) => resources.find((one) => one.inputs["kind"] === kind)?.inputs as JsonObject;
        const cluster = inputs("Cluster");
        for (const path of [
            ...["imageName", "resources", "affinity.nodeAffinity", "affinity.tolerations"],
            ...["storage.size", "storage.storageClass", "walStorage.size", "walStorage.storageClass"],
        ]) {
            const steps = ["spec", ...path.split(".")];
            assert.deepEqual(at(restored, ...steps), at(cluster, ...steps), path);
        }
        assert.equal(at(restored, "metadata", "namespace"), at(cluster, "metadata", "namespace"));
        assert.notEqual(at(restored, "metadata", "name"), at(cluster, "metadata", "name"));
        // It writes no archive, which would mix with the first one's.
        assert.equal(at(restored, "spec", "plugins"), undefined);
        assert.deepEqual(
            (restored["spec"] as { externalClusters: { plugin: { parameters: unknown } }[] }).externalClusters.map(
                ({ plugin }) => plugin.parameters,
            ),
            [{ barmanObjectName: at(inputs("ObjectStore"), "metadata", "name"), serverName: "postgres" }],
        );
    });
});
