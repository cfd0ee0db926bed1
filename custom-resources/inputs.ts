import type * as pulumi from "@pulumi/pulumi";

type Plain = string | number | boolean | null;

/**
 * `T` as an argument of a resource: every value, at any depth, may be a `pulumi.Input`, as in Pulumi's own input types. The
 * object itself is plain, so that its fields can be spread. Lists may be read-only.
 */
export type Inputs<T> = T extends readonly (infer Item)[]
    ? readonly InputOf<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: InputOf<Exclude<T[Key], undefined>> }
      : T;

// Tuples prevent distribution over unions: an output of "a" | "b" is neither an output of "a" nor one of "b".
type InputOf<T> = unknown extends T ? unknown : [T] extends [Plain] ? pulumi.Input<T> : pulumi.Input<Inputs<T>>;
