// Which folder may import which. `npm run lint` runs these rules; docs/adr/20261121-boundaries-are-linted.md says why, and
// tests/boundaries/ shows each of them at work. Imports of types count: a boundary that types cross is no boundary.

/** Folders in components/ that are no layer: building blocks that every layer may use. */
const shared = "common|helm|identity|layer";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
    forbidden: [
        {
            name: "layers-import-types-and-index-only",
            comment:
                "A layer imports of another layer its types.ts, for what it promises, or its index.ts, for what it makes, " +
                "and nothing else. Move what both need to components/common/, or let the files directly in components/ " +
                "hand it over.",
            severity: "error",
            from: { path: "^components/([^/]+)/", pathNot: `^components/(?:${shared})/` },
            to: {
                path: "^components/[^/]+/",
                pathNot: ["^components/$1/", `^components/(?:${shared})/`, "^components/[^/]+/(?:types|index)\\.ts$"],
            },
        },
        {
            name: "building-blocks-import-no-layer",
            comment:
                "Every layer uses the building blocks (common, helm, identity, layer), so those import no layer. Give them what " +
                "they need as an argument.",
            severity: "error",
            from: { path: `^components/(?:${shared})/` },
            to: { path: "^components/", pathNot: `^components/(?:${shared})/` },
        },
        {
            name: "layers-do-not-import-the-composition",
            comment:
                "The files directly in components/ put the layers together. A layer gets what it needs as an argument.",
            severity: "error",
            from: { path: "^components/[^/]+/" },
            to: { path: "^components/[^/]+\\.ts$" },
        },
        {
            name: "no-cycle-of-folders",
            comment:
                "Folders that need each other cannot be read, tested or replaced one at a time. Move what both need to a " +
                "third folder.",
            severity: "error",
            scope: "folder",
            from: { path: "^(?:components|config|catalog|custom-resources|policy|tools)(?:/|$)" },
            to: { circular: true },
        },
        {
            name: "program-without-tools-and-tests",
            comment: "What runs in `pulumi up` imports neither tools/ nor tests/: those look at it from outside.",
            severity: "error",
            from: { path: "^(?:components|config|catalog|custom-resources)/|^index\\.ts$" },
            to: { path: "^(?:tools|tests)/" },
        },
        {
            name: "tools-without-tests",
            comment: "A tool works without the tests. Move what both need to tools/.",
            severity: "error",
            from: { path: "^tools/" },
            to: { path: "^tests/" },
        },
        {
            name: "data-without-components",
            comment:
                "The folders config/, catalog/ and custom-resources/ are data that every layer reads: they import no component and no " +
                "Pulumi resource.",
            severity: "error",
            from: { path: "^(?:config|catalog|custom-resources)/" },
            to: { path: "^components/" },
        },
        {
            name: "policy-on-its-own",
            comment:
                "The policy pack judges any program, and the engine starts it without this one: it imports neither " +
                "components/ nor tools/ nor tests/.",
            severity: "error",
            from: { path: "^policy/" },
            to: { path: "^(?:components|tools|tests)/" },
        },
        {
            name: "layer-config-is-pure",
            comment:
                "A layer's config.ts is its part of the configuration: schema, defaults and rules. It imports config/, " +
                "catalog/, the part that several layers share and libraries that check values, so that configuration can " +
                "be read and documented without a resource.",
            severity: "error",
            from: { path: "^components/([^/]+)/config[^/]*\\.ts$" },
            to: {
                pathNot: [
                    "^(?:config|catalog)/",
                    "^components/common/config\\.ts$",
                    "^components/$1/config-[^/]+\\.ts$",
                    "^(?:node_modules/)?(?:zod|ipaddr[.]js|cron-parser)(?:/|$)",
                ],
            },
        },
        {
            name: "gcp-without-aws",
            comment: "A cloud's folder imports nothing of another cloud's. What both need is one folder up.",
            severity: "error",
            from: { path: "^components/.+/gcp/" },
            to: { path: "^components/.+/aws/|^(?:node_modules/)?@pulumi/aws(?:/|$)" },
        },
        {
            name: "aws-without-gcp",
            comment: "A cloud's folder imports nothing of another cloud's. What both need is one folder up.",
            severity: "error",
            from: { path: "^components/.+/aws/" },
            to: { path: "^components/.+/gcp/|^(?:node_modules/)?@pulumi/gcp(?:/|$)" },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        // Imports of types too, which are gone after compilation.
        tsPreCompilationDeps: true,
    },
};
