import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";

const folder = join(__dirname, "../../../components/documents/scripts");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

type Index = readonly [collection: string, key: object, options: object];

/** A stand-in of mongosh's `db` that keeps collections and indexes as MongoDB does. */
class RecordingDatabase {
    public readonly created: string[] = [];
    public readonly indexes: Index[] = [];

    constructor(private readonly collections: string[]) {}

    public getCollectionNames(): string[] {
        return [...this.collections];
    }

    public createCollection(name: string): void {
        // What the server answers: code 48, NamespaceExists.
        assert.ok(!this.collections.includes(name), `${name} exists`);
        this.collections.push(name);
        this.created.push(name);
    }

    public getCollection(name: string) {
        assert.ok(this.collections.includes(name), `${name} does not exist`);
        return {
            createIndex: (key: object, options: object): void => {
                this.indexes.push([name, plain(key), plain(options)]);
            },
        };
    }
}

/** An object of another context as one of this, for comparisons. */
function plain(value: object): object {
    return JSON.parse(JSON.stringify(value)) as object;
}

function runIndexes(db: RecordingDatabase): void {
    runInContext(read("indexes.js"), createContext({ db, print: () => undefined }));
}

const six = ["users", "products", "orders", "categories", "reviews", "analytics"];

/** The definitions of MG-01, with the column names of the SQL schema. */
const five: readonly Index[] = [
    ["users", { email: 1 }, { name: "users_email", unique: true }],
    [
        "products",
        { name: "text", description: "text" },
        { name: "products_search", weights: { name: 10, description: 4 }, default_language: "none" },
    ],
    ["products", { category: 1, price: 1 }, { name: "products_category_price" }],
    ["orders", { user_id: 1, created_at: -1 }, { name: "orders_user_created" }],
    ["reviews", { product_id: 1, rating: -1 }, { name: "reviews_product_rating" }],
];

/** Run under Node with a stand-in of `db`, not on MongoDB: its binary is in no registry that the suites use. */
describe("the script of collections and indexes (MG-01)", () => {
    it("creates six collections and five indexes in an empty database", () => {
        const db = new RecordingDatabase([]);
        runIndexes(db);
        assert.deepEqual(db.created, six);
        assert.deepEqual(db.indexes, five);
    });

    it("creates what is missing, and nothing twice", () => {
        const db = new RecordingDatabase(["orders", "users", "carts"]);
        runIndexes(db);
        assert.deepEqual(db.created, ["products", "categories", "reviews", "analytics"]);
        runIndexes(db);
        assert.deepEqual(db.created, ["products", "categories", "reviews", "analytics"]);
        // The server compares definitions: the same one again changes nothing.
        assert.deepEqual(db.indexes, [...five, ...five]);
    });
});

describe("the script that connects", () => {
    const files: Readonly<Record<string, string>> = {
        "/var/run/secrets/certificate/tls.key": "KEY\n",
        "/var/run/secrets/certificate/tls.crt": "CERTIFICATE\n",
        "/var/run/secrets/credentials/password": "p/ss\n",
    };

    /** Runs it with a server that refuses the first connections. */
    function run(refusals: number) {
        const found = {
            addresses: [] as string[],
            written: [] as unknown[],
            slept: [] as number[],
            loaded: [] as string[],
        };
        const printed: string[] = [];
        const context = createContext({
            require: (name: string) => {
                assert.equal(name, "fs");
                return {
                    readFileSync: (path: string) => files[path] ?? assert.fail(`reads ${path}`),
                    writeFileSync: (path: string, content: string, options: object) => {
                        found.written.push([path, content, plain(options)]);
                    },
                };
            },
            process: {
                env: {
                    MONGODB_HOST: "documents-rs0.data.svc.cluster.local",
                    MONGODB_PORT: "27017",
                    MONGODB_DATABASE: "shop",
                    MONGODB_REPLICA_SET: "rs0",
                    MONGODB_USER: "schema",
                },
            },
            encodeURIComponent,
            URLSearchParams,
            // mongosh's own variable, which it lets a script set.
            db: undefined,
            connect: (address: string) => {
                found.addresses.push(address);
                if (found.addresses.length <= refusals) {
                    throw Object.assign(new Error(`refused: ${address}`), { codeName: "AuthenticationFailed" });
                }
                return "the database";
            },
            sleep: (milliseconds: number) => found.slept.push(milliseconds),
            print: (line: string) => printed.push(line),
            load: (path: string) => found.loaded.push(path),
        });
        let failure: unknown;
        try {
            runInContext(read("run.js"), context);
        } catch (error) {
            failure = error;
        }
        return { ...found, printed, failure, db: (context as { db?: unknown }).db };
    }

    it("connects with certificate and password, and loads the indexes", () => {
        const { addresses, written, slept, loaded, db, failure } = run(0);
        assert.equal(failure, undefined);
        assert.deepEqual(addresses, [
            "mongodb://schema:p%2Fss@documents-rs0.data.svc.cluster.local:27017/shop?replicaSet=rs0&authSource=shop&tls=true&tlsCAFile=%2Fvar%2Frun%2Fsecrets%2Fcertificate%2Fca.crt&tlsCertificateKeyFile=%2Ftmp%2Fclient.pem&serverSelectionTimeoutMS=10000",
        ]);
        assert.deepEqual(written, [["/tmp/client.pem", "KEY\nCERTIFICATE\n", { mode: 0o600 }]]);
        assert.deepEqual([slept, loaded, db], [[], ["/scripts/indexes.js"], "the database"]);
    });

    it("waits until its user exists, without the password in its output", () => {
        const { addresses, slept, loaded, printed } = run(2);
        assert.equal(addresses.length, 3);
        assert.deepEqual([slept, loaded], [[5000, 5000], ["/scripts/indexes.js"]]);
        assert.deepEqual(printed, ["attempt 1 of 60: AuthenticationFailed", "attempt 2 of 60: AuthenticationFailed"]);
    });

    it("fails when it is refused for five minutes", () => {
        const { addresses, slept, loaded, failure } = run(60);
        assert.deepEqual([addresses.length, slept.length, loaded], [60, 59, []]);
        assert.match(String(failure), /refused/);
    });
});
