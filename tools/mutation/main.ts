import { join } from "node:path";

import { mutationCommand } from "./command";
import { runStryker } from "./run";

mutationCommand(process.argv.slice(2), {
    root: join(__dirname, "../.."),
    say: console.log,
    // no-color.org: any non-empty value disables colour.
    coloured: process.stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "",
    run: runStryker,
    now: () => new Date(),
}).then(
    (status) => {
        process.exitCode = status;
    },
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : String(error));
        process.exitCode = 2;
    },
);
