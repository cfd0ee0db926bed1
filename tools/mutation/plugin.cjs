// Stryker imports its plugins with plain Node, without the loader that reads TypeScript.
require("tsx");

exports.strykerPlugins = require("./runner.ts").strykerPlugins;
// Stryker warns of options that no plugin declares.
exports.strykerValidationSchema = { properties: { specs: { type: "array", items: { type: "string" } } } };
