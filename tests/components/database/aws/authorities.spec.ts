import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";

import authorities from "../../../../components/database/config-authorities.json";

describe("the authorities of RDS", () => {
    for (const [region, pem] of Object.entries(authorities)) {
        it(`${region}: is AWS' root of the region, signed by itself, until 2061`, () => {
            const certificate = new X509Certificate(pem);
            assert.match(certificate.subject, new RegExp(`^CN=Amazon RDS ${region} Root CA RSA2048 G1$`, "m"));
            assert.match(certificate.subject, /^O=Amazon Web Services\\, Inc\.$/m);
            assert.equal(certificate.subject, certificate.issuer);
            assert.ok(certificate.ca && certificate.verify(certificate.publicKey));
            assert.ok(new Date(certificate.validTo).getUTCFullYear() >= 2061, certificate.validTo);
        });
    }
});
