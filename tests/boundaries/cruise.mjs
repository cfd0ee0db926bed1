// Cruises each of the given folders with the project's own rules, as `npm run lint` does the project, and prints what
// breaks them as JSON. A process of its own, as dependency-cruiser is an ES module and the tests are not.
import { createRequire } from "node:module";
import { cruise } from "dependency-cruiser";

const { forbidden, options } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs");

const results = [];
for (const baseDir of process.argv.slice(2)) {
    process.chdir(baseDir);
    const { output } = await cruise(["."], { ...options, baseDir, validate: true, ruleSet: { forbidden } });
    const { violations, error } = output.summary;
    results.push({ error, violations: violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`) });
}
console.log(JSON.stringify(results));
