import { installCheckov } from "./program";

console.log(`Checkov in ${installCheckov()}`);
