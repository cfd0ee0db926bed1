import assert from "node:assert/strict";

import { isAllowed, type Policy, type PolicyStatement, type Request } from "./evaluator";

const policy = (...Statement: PolicyStatement[]): Policy => ({ Statement });
const allow: PolicyStatement = { Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam::1:role/a/*" };
const request: Request = { action: "iam:PassRole", resource: "arn:aws:iam::1:role/a/b" };

/** Statement, request, and whether the request is allowed. */
const cases: Readonly<Record<string, readonly [Partial<PolicyStatement>, Partial<Request>, boolean]>> = {
    "the same action and a resource below": [{}, {}, true],
    "an action in other letters": [{ Action: "IAM:passrole" }, {}, true],
    "an action by wildcard": [{ Action: ["s3:*", "iam:Pass*"] }, {}, true],
    "another action": [{}, { action: "iam:PassRoles" }, false],
    "another resource": [{}, { resource: "arn:aws:iam::1:role/b/a/b" }, false],
    "a resource in other letters": [{}, { resource: "arn:aws:iam::1:role/A/b" }, false],
    "a dot, which is no wildcard": [{ Resource: "arn:aws:s3:::a.b" }, { resource: "arn:aws:s3:::axb" }, false],
    "one unknown character": [{ Resource: "arn:aws:iam::1:role/a/?" }, {}, true],
};

const when = (operator: string, values: string | readonly string[]): Partial<PolicyStatement> => ({
    Condition: { [operator]: { "iam:PassedToService": values } },
});
const given = (...values: readonly string[]): Partial<Request> => ({ context: { "iam:passedtoservice": values } });

const conditions: typeof cases = {
    "an equal value": [when("StringEquals", ["a", "b"]), given("b"), true],
    "another value": [when("StringEquals", "a*"), given("ab"), false],
    "a missing value": [when("StringEquals", "a"), {}, false],
    "a missing value, if it exists": [when("StringEqualsIfExists", "a"), {}, true],
    "a similar value": [when("StringLike", "a*"), given("ab"), true],
    "each of several values": [when("ForAllValues:StringEquals", ["a", "b"]), given("a", "b"), true],
    "not each of several values": [when("ForAllValues:StringEquals", ["a"]), given("a", "b"), false],
    "none of no values": [when("ForAllValues:StringEquals", ["a"]), {}, true],
    "one of several values": [when("ForAnyValue:StringEquals", ["a"]), given("a", "b"), true],
    "an ARN with a wildcard": [when("ArnLike", "arn:aws:iam::*:role/a/*"), given("arn:aws:iam::1:role/a/b/c"), true],
    "an ARN with a wildcard over colons": [when("ArnEquals", "arn:*:role/a"), given("arn:aws:iam::1:role/a"), false],
    "a flag": [when("Bool", "true"), given("True"), true],
    "the other flag": [when("Bool", "true"), given("false"), false],
    "one of two conditions": [
        { Condition: { StringEquals: { a: "1" }, Bool: { b: "true" } } },
        { context: { a: "1", b: "false" } },
        false,
    ],
};

describe("the evaluator of policies", () => {
    for (const [what, [statement, own, allowed]] of Object.entries({ ...cases, ...conditions })) {
        it(`${allowed ? "allows" : "does not allow"} ${what}`, () => {
            const policies = [policy({ ...allow, ...statement })];
            assert.equal(isAllowed({ ...request, ...own }, { policies }), allowed);
        });
    }

    it("follows a denial in any policy, and the boundary", () => {
        const all = policy({ Effect: "Allow", Action: "*", Resource: "*" });
        const deny = policy({ ...allow, Effect: "Deny" });
        assert.equal(isAllowed(request, { policies: [] }), false);
        assert.equal(isAllowed(request, { policies: [all, deny] }), false);
        assert.equal(isAllowed(request, { policies: [all], boundary: policy(allow) }), true);
        assert.equal(isAllowed(request, { policies: [all], boundary: deny }), false);
        assert.equal(isAllowed(request, { policies: [all], boundary: policy() }), false);
        assert.equal(isAllowed(request, { policies: [], boundary: all }), false);
    });

    it("refuses what it does not know", () => {
        const unknown = { ...allow, NotAction: "iam:*" };
        assert.throws(() => isAllowed(request, { policies: [policy(unknown)] }), /does not know NotAction/);
        const date = policy({ ...allow, Condition: { DateLessThan: { "aws:CurrentTime": "2026-01-01" } } });
        assert.throws(() => isAllowed(request, { policies: [date] }), /does not know the operator DateLessThan/);
    });
});
