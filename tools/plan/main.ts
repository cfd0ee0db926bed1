import { runCommand } from "./command";

// No process.exit: output to a pipe may not be complete yet.
void runCommand(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
