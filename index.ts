import { createProgram } from "./components/program";

/** Pulumi calls what a program exports; importing this file has no effect of its own. */
export = createProgram();
