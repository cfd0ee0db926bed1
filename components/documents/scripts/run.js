// Run by `mongosh --nodb`: connects as the owner of the schema, with a certificate, and then loads indexes.js. Password and
// certificate are files, so that neither is in an argument or in a variable.
"use strict";

const fs = require("fs");

const { MONGODB_HOST, MONGODB_PORT, MONGODB_DATABASE, MONGODB_REPLICA_SET, MONGODB_USER } = process.env;
const secrets = "/var/run/secrets";
const read = (path) => fs.readFileSync(`${secrets}/${path}`, "utf8");

// The client reads both from one file.
const pem = "/tmp/client.pem";
fs.writeFileSync(pem, read("certificate/tls.key") + read("certificate/tls.crt"), { mode: 0o600 });

const password = encodeURIComponent(read("credentials/password").trim());
const options = new URLSearchParams({
    replicaSet: MONGODB_REPLICA_SET,
    authSource: MONGODB_DATABASE,
    tls: "true",
    tlsCAFile: `${secrets}/certificate/ca.crt`,
    tlsCertificateKeyFile: pem,
    serverSelectionTimeoutMS: "10000",
});
const address = `${MONGODB_HOST}:${MONGODB_PORT}/${MONGODB_DATABASE}?${options}`;

// The operator creates the users some seconds after the replica set has a primary.
const attempts = 60;
for (let attempt = 1; ; attempt += 1) {
    try {
        db = connect(`mongodb://${MONGODB_USER}:${password}@${address}`);
        break;
    } catch (error) {
        if (attempt === attempts) {
            throw error;
        }
        print(`attempt ${attempt} of ${attempts}: ${error.codeName ?? error.name}`);
        sleep(5000);
    }
}
load("/scripts/indexes.js");
