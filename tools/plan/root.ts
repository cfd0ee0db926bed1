import { join } from "node:path";

/** The project's own folder. */
export const projectRoot = join(__dirname, "..", "..");
