import { s3Name } from "../../components/common/bucket-names";

/** ARN of a stack's buckets, with wildcards for purpose and region. */
export function s3Pattern(stack: string, account: string): string {
    return `arn:aws:s3:::${s3Name(account, "*", stack, "backup").replace("backup", "*")}`;
}
