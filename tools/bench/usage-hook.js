// Loaded into every Node process of a benchmark: appends the process's CPU time to a file on exit.
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    appendFileSync(process.env.BENCH_USAGE, `${(user + system) / 1000}\n`);
});
