import program from "../../../index";
import { planStack } from "../../plan";
import { summarize } from "../../plan/report/summary";
import { loadClasses, readResources } from "./constructors";
import { measured } from "./measured";

// The SDK loads its classes on first use; loading is measured neither here nor in the loop.
const { resources } = readResources(process.argv[2] ?? "");

loadClasses(resources.map(({ type }) => type));

/** A plan without writing files: program, recording, policies, rendering. */
void measured(async () => {
    const plan = await planStack({ stack: "prod", program });
    summarize(plan);
    return plan.resources.length;
});
