import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** PostgreSQL's default of `scram_iterations`. */
const iterations = 4096;

function hmac(key: Buffer, text: string): Buffer {
    return createHmac("sha256", key).update(text).digest();
}

/**
 * PostgreSQL's form of a password, `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`, which the server stores as it is
 * (https://www.postgresql.org/docs/18/catalog-pg-authid.html). The password itself is then in no statement, so in no log.
 * The salt follows from role and password: a random one would be another Secret in each update.
 */
export function scramVerifier(role: string, password: string): string {
    const salt = createHmac("sha256", password).update(role).digest().subarray(0, 16);
    const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
    const storedKey = createHash("sha256").update(hmac(salted, "Client Key")).digest();
    const serverKey = hmac(salted, "Server Key");
    const [saltText, stored, server] = [salt, storedKey, serverKey].map((part) => part.toString("base64"));
    return `SCRAM-SHA-256$${iterations}:${saltText}$${stored}:${server}`;
}
