import type { CoreConfig } from "../../../config/core";

/** ARN of an EKS cluster in the stack's account and region. */
export function eksArn({ account, region }: Pick<CoreConfig, "account" | "region">, name: string): string {
    return `arn:aws:eks:${region}:${account}:cluster/${name}`;
}
