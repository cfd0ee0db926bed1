import assert from "node:assert/strict";

import { boundaryArn, iamPath, roleSettings } from "../../../../components/common/aws/roles";

const config = { account: "123456789012", stack: "prod", permissionsBoundary: undefined };

describe("the settings of roles on AWS (D10)", () => {
    it("are the path of the stack", () => {
        assert.equal(iamPath("prod-dr"), "/ecommerce/prod-dr/");
        assert.deepEqual(roleSettings(config), { path: "/ecommerce/prod/" });
        assert.equal(boundaryArn(config), undefined);
    });

    it("include the permissions boundary of the account that the configuration names", () => {
        assert.deepEqual(roleSettings({ ...config, permissionsBoundary: "platform/shop" }), {
            path: "/ecommerce/prod/",
            permissionsBoundary: "arn:aws:iam::123456789012:policy/platform/shop",
        });
    });
});
