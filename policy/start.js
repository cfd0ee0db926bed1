// The engine loads this file. tsx takes over `.ts` from the type-checking loader that the engine's runner registers,
// which would add seconds to every preview.
require("tsx/cjs");
module.exports = require("./index.ts");
