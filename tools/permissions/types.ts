/** Permissions by resource type. */
export type Table = Readonly<Record<string, readonly string[]>>;

/** Account, names and regions that the AWS policies are restricted to; all of them from the stack's plan. */
export interface AwsScope {
    readonly stack: string;
    readonly account: string;
    /** The stack's region, and the region of its copies. */
    readonly regions: readonly string[];
    /** ARN of the permissions boundary of the stack's roles; undefined if they have none. */
    readonly boundary: string | undefined;
    /** ARNs of the managed policies that the stack's roles have. */
    readonly managedPolicies: readonly string[];
    /** Names of the buckets that the provider empties before it deletes them: those without `data.keepOnDestroy`. */
    readonly emptiedBuckets: readonly string[];
    /** Names of the buckets of other stacks that the stack reads: a replica's databases start from its primary's backups. */
    readonly readBuckets: readonly string[];
    /** Whether the deletion of an object may ask to bypass its retention. */
    readonly bypassesRetention: boolean;
    /** Whether the plan has an instance of RDS (DB-18). @default false */
    readonly rds?: boolean;
}

export interface Statement {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
    readonly Version: "2012-10-17";
    readonly Statement: readonly Statement[];
}

/** A statement, or none for no actions. */
export function allow(
    Action: readonly string[],
    Resource: Statement["Resource"],
    Condition?: Statement["Condition"],
): Statement[] {
    const statement = { Effect: "Allow", Action, Resource } as const;
    return Action.length === 0 ? [] : [Condition === undefined ? statement : { ...statement, Condition }];
}
