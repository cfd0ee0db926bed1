import assert from "node:assert/strict";

import { EksAccess } from "../../../../components/cluster/aws/access";
import { rows } from "../../../stacks/account/tables";
import { configOf, inputs, planned } from "../../layers";

/** Who may assume the admin role with these names in `aws.administrators`. */
async function trusted(administrators?: string[]) {
    const own = administrators === undefined ? {} : { administrators };
    const config = configOf("aws", "prod", { aws: { accountId: "123456789012", ...own } });
    const resources = await planned(() => new EksAccess("access", { config, cluster: "shop", needs: [] }));
    return rows(inputs(resources, "aws:iam/role:Role", "access")["assumeRolePolicy"]);
}

const iam = "arn:aws:iam::123456789012";
const root = [`Allow AWS ${iam}:root`, "sts:AssumeRole", []] as const;
const mfa = "Bool aws:MultiFactorAuthPresent true";

describe("the admin role of the cluster on AWS (E5, E6)", () => {
    it("trusts sessions with MFA only, without names", async () => {
        assert.deepEqual(await trusted(), [[...root, mfa]]);
    });

    it("trusts the named roles", async () => {
        const names = ["role/ecommerce-deployer", "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_*"];
        assert.deepEqual(await trusted(names), [
            [...root, `ArnLike aws:PrincipalArn ${iam}:${names[0]} | ${iam}:${names[1]}`],
        ]);
    });

    it("trusts named users with MFA", async () => {
        const user = `ArnLike aws:PrincipalArn ${iam}:user/jane`;
        assert.deepEqual(await trusted(["user/jane"]), [[...root, user, mfa]]);
        assert.deepEqual(await trusted(["user/jane", "role/ci"]), [
            [...root, `ArnLike aws:PrincipalArn ${iam}:role/ci`],
            [...root, user, mfa],
        ]);
    });
});
