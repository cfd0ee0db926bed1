import assert from "node:assert/strict";

import type { PlannedResource } from "../../tools/plan";
import { type JsonObject, listAt, numberAt, textAt } from "../../tools/plan/json";
import { storageCosts } from "../../tools/plan/review/storage-cost";
import { sharedPlan } from "../stacks/plans";
import { page, rows, section, unknownKeys } from "./tables";

const text = page("docs/storage.md");
const classType = "kubernetes:storage.k8s.io/v1:StorageClass";
const s3Lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

async function prod(cloud: "gcp" | "aws"): Promise<readonly PlannedResource[]> {
    return (await sharedPlan("prod", cloud)).resources;
}

/** The plan's storage classes by name. */
async function classes(cloud: "gcp" | "aws"): Promise<ReadonlyMap<string, JsonObject>> {
    const found = (await prod(cloud)).filter(({ type }) => type === classType);
    return new Map(found.map(({ inputs }) => [textAt(inputs, "metadata", "name") ?? "", inputs]));
}

/** `<days> <class>` of the lifecycle of a bucket on GCP. */
async function gcsLifecycle(bucket: string): Promise<string[]> {
    const found = (await prod("gcp")).find(({ type, name }) => type === "gcp:storage/bucket:Bucket" && name === bucket);
    assert.ok(found);
    return listAt(found.inputs, "lifecycleRules").flatMap((rule) => {
        const age = numberAt(rule, "condition", "age");
        const kind = textAt(rule, "action", "type") ?? "";
        const steps = { SetStorageClass: textAt(rule, "action", "storageClass") ?? "", Delete: "deleted" } as const;
        return age !== undefined && kind in steps ? [`${age} ${steps[kind as keyof typeof steps].toLowerCase()}`] : [];
    });
}

/** The same of a bucket on AWS. */
async function s3LifecycleOf(bucket: string): Promise<string[]> {
    const found = (await prod("aws")).find(({ type, name }) => type === s3Lifecycle && name === `${bucket}-lifecycle`);
    assert.ok(found);
    const rules = listAt(found.inputs, "rules");
    const steps = rules
        .flatMap((rule) => listAt(rule, "transitions"))
        .map((step) => `${numberAt(step, "days") ?? ""} ${(textAt(step, "storageClass") ?? "").toLowerCase()}`);
    const deleted = rules
        .flatMap((rule) => numberAt(rule, "expiration", "days") ?? [])
        .map((days) => `${days} deleted`);
    // The same for each folder that has a rule of its own.
    return [...new Set(steps), ...deleted];
}

/** Folders of the bucket of backups whose objects change their class. */
async function agedFolders(): Promise<string[]> {
    const found = (await prod("aws")).find(({ name }) => name === "storage-buckets-vault-backup-lifecycle");
    return listAt(found?.inputs, "rules")
        .filter((rule) => listAt(rule, "transitions").length > 0)
        .map((rule) => textAt(rule, "filter", "prefix") ?? "");
}

/** The table's column as `<days> <class>`, without what does not change there. */
function column(index: number, same: number): string[] {
    return rows(section(text, "## Bucket lifecycle")).flatMap((cells) => {
        const value = cells[index] === "the same" ? cells[same] : cells[index];
        return value === "" || value === "retained" || cells[0] === "0"
            ? []
            : [`${cells[0] ?? ""} ${(value ?? "").toLowerCase()}`];
    });
}

describe("docs/storage.md", () => {
    const table = rows(section(text, "## Storage classes"));
    const name = (cells: readonly string[]) => (cells[0] ?? "").replaceAll("`", "");

    it("lists the storage classes of the plan with their disks and reclaim policies", async () => {
        const [gcp, aws] = await Promise.all([classes("gcp"), classes("aws")]);
        assert.deepEqual(table.map(name).sort(), [...gcp.keys()].sort());
        for (const cells of table) {
            const [onGcp, onAws] = [gcp.get(name(cells)), aws.get(name(cells))];
            assert.match(cells[1] ?? "", new RegExp(`^${textAt(onGcp, "parameters", "type") ?? "?"}\\b`), name(cells));
            assert.match(
                cells[2] ?? "",
                new RegExp(`^${textAt(onAws, "parameters", "type") ?? "none"}\\b`),
                name(cells),
            );
            const throughput = textAt(onAws, "parameters", "throughput");
            assert.equal(/(\d+) MiB\/s/.exec(cells[2] ?? "")?.[1], throughput, name(cells));
            for (const found of [onGcp, onAws]) {
                assert.equal(textAt(found, "reclaimPolicy") ?? cells[3], cells[3], name(cells));
            }
        }
    });

    it("has the lifecycle of the plan's buckets", async () => {
        assert.deepEqual(column(1, 1), await gcsLifecycle("storage-buckets-backup"));
        assert.deepEqual(column(2, 2), await s3LifecycleOf("storage-buckets-vault-backup"));
        assert.deepEqual(await agedFolders(), ["postgres/", "valkey-state/"]);
        assert.ok(text.includes("the folders `postgres/` and `valkey-state/`"));
        assert.deepEqual(column(3, 1), await gcsLifecycle("storage-buckets-logs"));
        assert.deepEqual(column(3, 2), await s3LifecycleOf("storage-buckets-logs"));
    });

    it("states the saving that the plan prints", async () => {
        const saving = async (cloud: "gcp" | "aws") => {
            const [costs] = storageCosts(await prod(cloud)).filter(({ bucket }) => bucket.includes("backup"));
            return Math.round(100 * (1 - (costs?.aged ?? 0) / (costs?.standard ?? 1)));
        };
        assert.ok(text.includes(`${await saving("gcp")} % on GCP and ${await saving("aws")} % on AWS`));
    });

    it("names existing keys of the configuration", () => {
        assert.deepEqual(unknownKeys(text), []);
    });
});
