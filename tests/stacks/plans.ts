import { planStack, type Plan } from "../../tools/plan";

const plans = new Map<string, Promise<Plan>>();

/** The plan of a stack on a cloud, created once per test run. */
export function sharedPlan(stack: string, cloud: string): Promise<Plan> {
    const key = `${stack}-${cloud}`;
    const plan = plans.get(key) ?? planStack({ stack, cloud });
    plans.set(key, plan);
    return plan;
}
