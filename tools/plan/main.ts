import { runCommand } from "./command";

// Exit codes are set rather than exited with: a pipe may still be taking what was written.
void runCommand(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
