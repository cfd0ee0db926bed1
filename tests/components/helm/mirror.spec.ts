import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { workloads } from "../../../catalog/workloads";
import { chartOrigin } from "../../../components/helm/source";
import { mirrored } from "../../../components/common/images";
import { cloudNames } from "../../../config/schema";
import { planStack, type Json, type JsonObject, type Plan } from "../../../tools/plan";
import { charts, joined, releasesOf, valuesOf, walk } from "../addons/stack";
import { configOf } from "../layers";

const mirror = "registry.example.com/mirror";
const source = "oci://registry.example.com/charts";

function plan(cloud: string, stack: string, config: Record<string, JsonObject>): Promise<Plan> {
    const texts = Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)]);
    return planStack({ stack, cloud, config: Object.fromEntries(texts) as Record<string, string> });
}

const airGapped = { charts: { source }, images: { mirror } };

/** Keys of images and charts. */
const referenceKey = /(^|\.)(image|imageName|repository|registry|repo|chart)$/;
/** An image with a tag or a digest. */
const pinned =
    /^[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]+)?(\/[a-z0-9._-]+)+(:[\w.-]+)?@sha256:[0-9a-f]{64}$|^[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(\/[a-z0-9._-]+)+:[\w][\w.-]*$/;
/** Public registries and chart repositories, in any text. */
const publicHost =
    /(?<![\w.-])(docker\.io|quay\.io|ghcr\.io|gcr\.io|[a-z0-9-]+\.pkg\.dev|registry\.k8s\.io|public\.ecr\.aws|mcr\.microsoft\.com|charts\.[a-z0-9.-]+|[a-z0-9-]+\.github\.io)(?![\w-])/;

/** external-dns' registry of record owners, which is not a container registry. */
const otherRegistry = "kubernetes:helm.sh/v3:Release external-dns values.registry";

/** The admission policy on GKE, which lists repositories or the mirror. */
const admitted = /^gcp:binaryauthorization\S+ cluster-admission /;

const admissionPolicy = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";

const quotedIn = (text: string): string[] => [...text.matchAll(/'([^']+)'/g)].map(([, quoted]) => quoted ?? "");

/** Every text of a plan that contains an image or a chart, as `resource path: text`. */
function references({ resources }: Pick<Plan, "resources">): { at: string; text: string }[] {
    return resources.flatMap(({ type, name, inputs }) =>
        walk(joined(inputs))
            .filter((entry): entry is [string, string] => typeof entry[1] === "string")
            .filter(([path, text]) => referenceKey.test(path) || pinned.test(text) || publicHost.test(text))
            .flatMap(([path, text]) =>
                // A list of CEL is one text with every repository in quotes.
                (type === admissionPolicy ? quotedIn(text) : [text]).map((reference) => ({
                    at: `${type} ${name} ${path}`,
                    text: reference,
                })),
            )
            .filter(({ at }) => at !== otherRegistry),
    );
}

function outsideMirror(found: readonly { at: string; text: string }[]): string[] {
    return found
        .filter(({ text }) => !text.startsWith(`${mirror}/`) && !text.startsWith(`${source}/`))
        .map(({ at, text }) => `${at}: ${text}`);
}

/** Where the references are, once each: a list has Docker Hub's images in several spellings. */
function placesOf(found: readonly { at: string }[]): string[] {
    return [...new Set(found.map(({ at }) => at))];
}

describe("an air-gapped installation", () => {
    for (const cloud of cloudNames) {
        for (const stack of ["dev", "prod"]) {
            it(`pulls every image and chart from the mirror, ${stack} on ${cloud}`, async () => {
                const closed = await plan(cloud, stack, airGapped);
                const found = references(closed);
                assert.deepEqual(outsideMirror(found), []);
                const open = await plan(cloud, stack, {});
                // The same references as without a mirror: none is missed because of a different form.
                const bare = references(open).filter(
                    ({ at }) => !at.endsWith("repositoryOpts.repo") && !admitted.test(at),
                );
                assert.deepEqual(placesOf(found), placesOf(bare));
                assert.ok(
                    outsideMirror(bare).length >= releasesOf(open.resources).length + Object.keys(workloads).length,
                    `${outsideMirror(bare).length} found`,
                );
                assert.deepEqual(closed.policy.violations, []);
            });
        }
    }

    it("has a values key for every image of a chart, and declares every such image", () => {
        for (const chart of charts) {
            const config = (own = {}) => configOf(chart.clouds.at(-1)!, "prod", own);
            const images = (values: JsonObject) => [
                ...new Set(
                    walk(joined(values))
                        .filter(([path]) => path.endsWith("repository"))
                        .map(([, value]) => value as string),
                ),
            ];
            const declared = chart.images.map(({ repository }) => repository).sort();
            assert.deepEqual(images(valuesOf(chart, config())).sort(), declared, chart.name);
            const inMirror = declared.map((repository) => `${mirror}/${repository}`);
            assert.deepEqual(images(valuesOf(chart, config({ images: { mirror } }))).sort(), inMirror, chart.name);
        }
    });

    it("has images in charts with pods only", () => {
        for (const { name, images, pods } of charts) {
            assert.equal(images.length > 0, Object.keys(pods).length > 0, name);
        }
    });

    it("keeps an image's full name below the mirror", () => {
        assert.equal(mirrored("quay.io/a/b:1", "r.example.com:5000/m"), "r.example.com:5000/m/quay.io/a/b:1");
        assert.equal(mirrored("quay.io/a/b:1", undefined), "quay.io/a/b:1");
    });
});

describe("the source of charts", () => {
    const web = { chart: "web", repo: "https://charts.example.com", version: "1.2.3" };
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "charts-"));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    function unpacked(version: string): void {
        mkdirSync(join(folder, "web"));
        writeFileSync(join(folder, "web/Chart.yaml"), `name: web\nversion: ${version}\n`);
    }

    it("is the chart's repository by default", () => {
        const repositoryOpts = { repo: "https://charts.example.com" };
        assert.deepEqual(chartOrigin(web, undefined), { chart: "web", version: "1.2.3", repositoryOpts });
        const oci = { ...web, repo: "oci://registry.example.org/charts" };
        assert.deepEqual(chartOrigin(oci, undefined), {
            chart: "oci://registry.example.org/charts/web",
            version: "1.2.3",
        });
    });

    it("is one registry for all charts", () => {
        assert.deepEqual(chartOrigin(web, source), { chart: `${source}/web`, version: "1.2.3" });
    });

    it("is a folder with packed charts, as helm pull writes them", () => {
        writeFileSync(join(folder, "web-1.2.3.tgz"), "");
        assert.deepEqual(chartOrigin(web, folder), { chart: `${folder}/web-1.2.3.tgz`, version: "1.2.3" });
    });

    it("is a folder with unpacked charts of the right version", () => {
        unpacked("1.2.3");
        assert.deepEqual(chartOrigin(web, folder), { chart: `${folder}/web`, version: "1.2.3" });
    });

    it("rejects a folder without the chart, or with another version of it", () => {
        const missing = `charts.source (${folder}) has neither ${folder}/web-1.2.3.tgz nor ${folder}/web/Chart.yaml; put one of them there`;
        assert.throws(() => chartOrigin(web, folder), { message: missing });
        unpacked("1.2.4");
        const other = `charts.source (${folder}): ${folder}/web is version 1.2.4; put 1.2.3 there`;
        assert.throws(() => chartOrigin(web, folder), { message: other });
    });

    it("supports plans with a folder, without policy violations", async () => {
        for (const { chart, version } of charts) {
            writeFileSync(join(folder, `${chart}-${version}.tgz`), "");
        }
        const { resources, policy } = await plan("aws", "prod", { charts: { source: folder }, images: { mirror } });
        assert.deepEqual(policy.violations, []);
        const from = releasesOf(resources).map(({ inputs }): Json[] => [
            inputs["chart"]!,
            inputs["repositoryOpts"] ?? null,
        ]);
        assert.equal(from.length, 14);
        assert.ok(
            from.every(([chart, repo]) => typeof chart === "string" && chart.startsWith(`${folder}/`) && repo === null),
        );
    });
});
