// Allowed imports between folders. `npm run lint` checks these rules, docs/adr/20261121-boundaries-are-linted.md has the
// reasons, and tests/boundaries/ tests each rule. Imports of types count.

/** Folders in components/ that are not layers but building blocks for all layers. */
const shared = "common|helm|identity|layer";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
    forbidden: [
        {
            name: "layers-import-types-and-index-only",
            comment:
                "A layer imports only types.ts and index.ts of another layer. Move shared code to components/common/, or let " +
                "the files directly in components/ pass it as an argument.",
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
                "Every layer uses the building blocks (common, helm, identity, layer), so these import no layer. Pass what they " +
                "need as an argument.",
            severity: "error",
            from: { path: `^components/(?:${shared})/` },
            to: { path: "^components/", pathNot: `^components/(?:${shared})/` },
        },
        {
            name: "layers-do-not-import-the-composition",
            comment: "The files directly in components/ compose the layers. A layer gets what it needs as an argument.",
            severity: "error",
            from: { path: "^components/[^/]+/" },
            to: { path: "^components/[^/]+\\.ts$" },
        },
        {
            name: "no-cycle-of-folders",
            comment:
                "Folders that import each other cannot be understood, tested or replaced separately. Move what both need to " +
                "a third folder.",
            severity: "error",
            scope: "folder",
            from: { path: "^(?:components|config|catalog|custom-resources|policy|tools)(?:/|$)" },
            to: { circular: true },
        },
        {
            name: "program-without-tools-and-tests",
            comment: "Code that runs in `pulumi up` imports neither tools/ nor tests/.",
            severity: "error",
            from: { path: "^(?:components|config|catalog|custom-resources)/|^index\\.ts$" },
            to: { path: "^(?:tools|tests)/" },
        },
        {
            name: "tools-without-tests",
            comment: "Tools work without the tests. Move what both need to tools/.",
            severity: "error",
            from: { path: "^tools/" },
            to: { path: "^tests/" },
        },
        {
            name: "data-without-components",
            comment:
                "The folders config/, catalog/ and custom-resources/ are data for every layer: they import no component and no " +
                "Pulumi resource.",
            severity: "error",
            from: { path: "^(?:config|catalog|custom-resources)/" },
            to: { path: "^components/" },
        },
        {
            name: "policy-on-its-own",
            comment:
                "The policy pack checks any program, and the engine starts it without this one: it imports neither " +
                "components/ nor tools/ nor tests/.",
            severity: "error",
            from: { path: "^policy/" },
            to: { path: "^(?:components|tools|tests)/" },
        },
        {
            name: "layer-config-is-pure",
            comment:
                "A layer's config.ts is its part of the configuration: schema, defaults and rules. It imports config/, " +
                "catalog/, components/common/config.ts and libraries that check values, so that the configuration can be read " +
                "and documented without creating a resource.",
            severity: "error",
            from: { path: "^components/([^/]+)/config[^/]*\\.ts$" },
            to: {
                pathNot: [
                    "^(?:config|catalog)/",
                    "^components/common/config\\.ts$",
                    "^components/$1/config\\.ts$",
                    "^components/$1/config-[^/]+\\.ts$",
                    "^components/$1/config-[^/]+\\.json$",
                    "^(?:node_modules/)?(?:zod|ipaddr[.]js|cron-parser)(?:/|$)",
                ],
            },
        },
        {
            name: "gcp-without-aws",
            comment: "A cloud's folder imports nothing from another cloud's. Move what both need one folder up.",
            severity: "error",
            from: { path: "^components/.+/gcp/" },
            to: { path: "^components/.+/aws/|^(?:node_modules/)?@pulumi/aws(?:/|$)" },
        },
        {
            name: "aws-without-gcp",
            comment: "A cloud's folder imports nothing from another cloud's. Move what both need one folder up.",
            severity: "error",
            from: { path: "^components/.+/aws/" },
            to: { path: "^components/.+/gcp/|^(?:node_modules/)?@pulumi/gcp(?:/|$)" },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        // Includes imports of types, which compilation removes.
        tsPreCompilationDeps: true,
    },
};
