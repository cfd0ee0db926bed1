import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { trafficGraph } from "../../../catalog/graph";
import type { Workload } from "../../../catalog/types";
import { identityAnnotations } from "../../../components/services/credentials";
import type { Store, Stores } from "../../../components/layer";

const endpoint = { kind: "outside", port: 6379, range: "10.0.0.0/24" } as const;
const account = "iam.gke.io/gcp-service-account";

function store(email: string | undefined): Store {
    return {
        endpoint,
        address: pulumi.output("10.0.0.7:6379"),
        credentialsOf: () => undefined,
        settingsOf: () => ({}),
        accountAnnotationsOf: () =>
            email === undefined ? undefined : pulumi.output<Record<string, string>>({ [account]: email }),
        ready: [],
    };
}

const shop: Workload = {
    description: "A service under test",
    namespace: "services",
    importance: "standard",
    scaling: { min: 1, max: 1 },
    calls: { stores: ["one", "two"] },
};
const graph = trafficGraph({ shop }, { one: endpoint, two: endpoint });

const read = (stores: Stores): Promise<unknown> =>
    new Promise((resolve, reject) => {
        const output = identityAnnotations("shop", graph, stores);
        if (output === undefined) {
            resolve(undefined);
            return;
        }
        // The promise of an output is internal, and rejects with the error of its functions.
        (output as unknown as { promise: () => Promise<unknown> }).promise().then(resolve, reject);
    });

describe("the cloud identity of a workload, as its stores ask for it", () => {
    it("is none where no store asks for one", async () => {
        assert.equal(await read({ one: store(undefined), two: store(undefined) }), undefined);
    });

    it("is the one that all stores name", async () => {
        assert.deepEqual(await read({ one: store("shop@accounts"), two: store("shop@accounts") }), {
            [account]: "shop@accounts",
        });
        assert.deepEqual(await read({ one: store(undefined), two: store("shop@accounts") }), {
            [account]: "shop@accounts",
        });
    });

    it("is refused where two stores name different ones", async () => {
        await assert.rejects(read({ one: store("shop@accounts"), two: store("other@accounts") }), {
            message: `shop has two cloud identities, shop@accounts and other@accounts (${account}); its stores must share one`,
        });
    });
});
