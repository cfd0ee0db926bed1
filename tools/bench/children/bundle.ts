import { readFileSync } from "node:fs";
import { dirname } from "node:path";

import { build, type Plugin } from "esbuild";

/** Program and bundle. */
const [entry = "", outfile = ""] = process.argv.slice(2);

/** Files that a layer reads are beside its modules, and the bundle is elsewhere. */
const ownFolders: Plugin = {
    name: "own-folders",
    setup(api) {
        api.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            contents: readFileSync(path, "utf8").replaceAll("__dirname", JSON.stringify(dirname(path))),
            loader: "ts",
        }));
    },
};

void build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    plugins: [ownFolders],
});
