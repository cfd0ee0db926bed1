import assert from "node:assert/strict";

import { Credentials } from "../../../components/common/credentials";
import { inputOf } from "../deployed";
import { deploy } from "../deployment";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("credentials (SC-05, DB-17)", () => {
    const created = (generation?: number) =>
        deploy(() => {
            const { secretNames, password, passwordHash } = new Credentials("order", {
                secretName: "postgres-order",
                component: "database",
                username: "order",
                namespaces: { store: "data", caller: "services" },
                secretLabels: { "example.com/reload": "true" },
                ...(generation === undefined ? {} : { generation }),
            });
            return { secretNames, password, passwordHash };
        });

    it("have a password of 32 letters and digits, and another one for each generation", async () => {
        const password = async (generation?: number) =>
            inputOf((await created(generation)).resources, "random:index/randomPassword:RandomPassword", "order");
        assert.deepEqual(await password(), { length: 32, special: false, keepers: { generation: "1" } });
        assert.deepEqual(await password(2), { length: 32, special: false, keepers: { generation: "2" } });
    });

    it("have the Secrets that were asked for, and no other", async () => {
        let own: Credentials | undefined;
        await deploy(() => {
            own = new Credentials("order", {
                secretName: "postgres-order",
                component: "database",
                username: "order",
                namespaces: { store: "data" },
            });
            return {};
        });
        assert.equal(own?.secretIn("store"), own?.secretNames["store"]);
        assert.throws(() => own?.secretIn("caller"), /^Error: no Secret was created in caller$/);
    });

    it("have a character of each class where the store refuses others", async () => {
        const { resources } = await deploy(() => {
            const { password } = new Credentials("admin", {
                secretName: "admin",
                component: "search",
                username: "admin",
                namespaces: {},
                everyClass: true,
            });
            return { password };
        });
        assert.deepEqual(inputOf(resources, "random:index/randomPassword:RandomPassword", "admin"), {
            length: 32,
            special: true,
            overrideSpecial: "-_",
            minUpper: 1,
            minLower: 1,
            minNumeric: 1,
            minSpecial: 1,
            keepers: { generation: "1" },
        });
    });

    it("are a Secret of type basic-auth in each namespace, whose data are a secret of the state", async () => {
        const { resources } = await created();
        for (const [key, namespace] of Object.entries({ store: "data", caller: "services" })) {
            assert.deepEqual(inputOf(resources, "kubernetes:core/v1:Secret", `order-${key}`), {
                apiVersion: "v1",
                kind: "Secret",
                metadata: {
                    name: "postgres-order",
                    namespace,
                    labels: {
                        "app.kubernetes.io/name": "postgres-order",
                        "app.kubernetes.io/part-of": "ecommerce-platform",
                        "app.kubernetes.io/instance": "postgres-order",
                        "app.kubernetes.io/component": "database",
                        "app.kubernetes.io/managed-by": "pulumi",
                        "example.com/reload": "true",
                    },
                },
                type: "kubernetes.io/basic-auth",
                data: { secret: { username: base64("order"), password: base64("password of order") } },
            });
        }
    });

    it("give the names of the Secrets, and the password and its hash as secrets", async () => {
        const { outputs } = await created();
        assert.deepEqual(outputs, {
            secretNames: { store: "postgres-order", caller: "postgres-order" },
            password: { secret: "password of order" },
            passwordHash: { secret: "hash of order" },
        });
    });
});
