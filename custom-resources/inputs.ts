import type * as pulumi from "@pulumi/pulumi";

type Plain = string | number | boolean | null;

/**
 * `T` as it may be given to a resource: every value inside, at any depth, may be a `pulumi.Input`, as in Pulumi's own
 * input types. The object itself is plain, so that its fields can be spread. Lists may be read-only.
 */
export type Inputs<T> = T extends readonly (infer Item)[]
    ? readonly InputOf<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: InputOf<Exclude<T[Key], undefined>> }
      : T;

// Tested as one, or an output of "a" | "b" would have to be an output of "a" or one of "b".
type InputOf<T> = unknown extends T ? unknown : [T] extends [Plain] ? pulumi.Input<T> : pulumi.Input<Inputs<T>>;
