// Entry point of the engine. tsx replaces the type-checking `.ts` loader that the engine's runner registers, which would
// add seconds to every preview.
require("tsx/cjs");
module.exports = require("./index.ts");
