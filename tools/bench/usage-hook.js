// Loaded into every Node process that the bench starts: adds the process's own processor time to a file when it ends.
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    appendFileSync(process.env.BENCH_USAGE, `${(user + system) / 1000}\n`);
});
