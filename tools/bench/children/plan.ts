import program from "../../../index";
import { planStack } from "../../plan";
import { summarize } from "../../plan/summary";
import { measured } from "./measured";

/** The whole of a plan but its files: program, record, policies, rendering. */
void measured(async () => {
    const plan = await planStack({ stack: "prod", program });
    summarize(plan);
    return plan.resources.length;
});
