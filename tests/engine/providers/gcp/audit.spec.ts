import assert from "node:assert/strict";
import { createIn, fresh, itRefuses, targetOf } from "../core/testing";
import type { Bag } from "../core/value";
import { gcp } from "./cloud";
import { SETTINGS } from "./fixtures";

const POLICY = "gcp:binaryauthorization/policy:Policy";
const AUDIT_CONFIG = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const SINK = "gcp:logging/projectSink:ProjectSink";

const denied = { evaluationMode: "ALWAYS_DENY", enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG" };
const policy = (more: Bag): Bag => ({ defaultAdmissionRule: denied, ...more });
const admitting = (namePattern: string): Bag => policy({ admissionWhitelistPatterns: [{ namePattern }] });
const auditConfig = (service: string, ...logTypes: string[]): Bag => ({
    project: "shop-test",
    service,
    auditLogConfigs: logTypes.map((logType) => ({ logType })),
});

describe("engine stand-ins: gcp audit refusals", () => {
    itRefuses(gcp, SETTINGS, [
        {
            what: "refuses a pattern with a wildcard in the registry (G9)",
            type: POLICY,
            inputs: admitting("*.pkg.dev/shop/order"),
            message: "Error 400: Invalid image name pattern: *.pkg.dev/shop/order",
        },
        {
            what: "refuses a pattern with a wildcard before its end (G9)",
            type: POLICY,
            inputs: admitting("ghcr.io/shop/*:1"),
            message: "Error 400: Invalid image name pattern: ghcr.io/shop/*:1",
        },
        {
            what: "refuses a pattern without a path (G9)",
            type: POLICY,
            inputs: admitting("ghcr.io**"),
            message: "Error 400: Invalid image name pattern: ghcr.io**",
        },
        {
            what: "refuses an unknown evaluation mode",
            type: POLICY,
            inputs: policy({ defaultAdmissionRule: { ...denied, evaluationMode: "DENY" } }),
            message:
                'expected default_admission_rule.0.evaluation_mode to be one of ["ALWAYS_ALLOW",' +
                '"REQUIRE_ATTESTATION","ALWAYS_DENY"], got DENY',
        },
        {
            what: "refuses an unknown enforcement mode",
            type: POLICY,
            inputs: policy({ defaultAdmissionRule: { ...denied, enforcementMode: "BLOCK" } }),
            message:
                'expected default_admission_rule.0.enforcement_mode to be one of ["ENFORCED_BLOCK_AND_AUDIT_LOG",' +
                '"DRYRUN_AUDIT_LOG_ONLY"], got BLOCK',
        },
        {
            what: "refuses an exclusion whose name has a slash",
            type: "gcp:logging/projectExclusion:ProjectExclusion",
            inputs: { name: "prod/reads", filter: "severity=DEBUG" },
            message: "Error 400: The exclusion name 'prod/reads' is invalid., badRequest",
        },
        {
            what: "requires the filter of an exclusion",
            type: "gcp:logging/projectExclusion:ProjectExclusion",
            inputs: { name: "reads" },
            message: 'Missing required argument "filter"',
        },
        {
            what: "refuses an unknown global policy evaluation mode",
            type: POLICY,
            inputs: policy({ globalPolicyEvaluationMode: "ENABLED" }),
            message: 'expected global_policy_evaluation_mode to be one of ["ENABLE","DISABLE"], got ENABLED',
        },
        {
            what: "refuses REQUIRE_ATTESTATION without attestors",
            type: POLICY,
            inputs: policy({ defaultAdmissionRule: { ...denied, evaluationMode: "REQUIRE_ATTESTATION" } }),
            message: "Error 400: require_attestations_by must be set if, and only if, the mode is REQUIRE_ATTESTATION",
        },
        {
            what: "refuses a second policy in the project",
            type: POLICY,
            inputs: policy({}),
            before: [{ type: POLICY, name: "other", inputs: policy({}) }],
            message: `${POLICY}: "projects/shop-test" already exists`,
        },
        {
            what: "refuses an unknown log type (SC-12)",
            type: AUDIT_CONFIG,
            inputs: auditConfig("cloudkms.googleapis.com", "ADMIN_WRITE"),
            message: 'expected log_type to be one of ["ADMIN_READ","DATA_READ","DATA_WRITE"], got ADMIN_WRITE',
        },
        {
            what: "refuses a duplicate log type",
            type: AUDIT_CONFIG,
            inputs: auditConfig("cloudkms.googleapis.com", "DATA_READ", "DATA_READ"),
            message: "Error 400: a log type is configured twice., badRequest",
        },
        {
            what: "refuses an audit configuration without log types",
            type: AUDIT_CONFIG,
            inputs: auditConfig("cloudkms.googleapis.com"),
            message: "Insufficient audit_log_config blocks: at least 1 is required",
        },
        {
            what: "refuses an unknown service name",
            type: AUDIT_CONFIG,
            inputs: auditConfig("k8s.io", "DATA_READ"),
            message: "Error 400: Audit config service 'k8s.io' is not a known service., badRequest",
        },
        {
            what: "refuses a sink with a gs:// URL as destination (SC-12)",
            type: SINK,
            inputs: { destination: "gs://shop-audit" },
            message: "Error 400: The destination 'gs://shop-audit' is not a valid sink destination., badRequest",
        },
        {
            what: "refuses a sink with a space in its name",
            type: SINK,
            inputs: { name: "all logs", destination: "storage.googleapis.com/shop-audit" },
            message: "Error 400: The sink name 'all logs' is invalid., badRequest",
        },
    ]);
});

describe("engine stand-ins: gcp audit", () => {
    it("accepts the patterns of the documentation", async () => {
        for (const pattern of ["gcr.io/nginx*", "gcr.io/nginx**", "gcr.io/nginx/image", "r.example.com:5000/m/**"]) {
            const { provider } = await fresh(gcp, SETTINGS);
            const { id } = await createIn(provider, targetOf(POLICY), admitting(pattern));
            assert.equal(id, "projects/shop-test");
        }
    });

    it("creates a writer identity for a sink", async () => {
        const { provider } = await fresh(gcp, SETTINGS);
        const inputs = { name: "audit", destination: "storage.googleapis.com/shop-audit" };
        const sink = await createIn(provider, targetOf(SINK), { ...inputs, uniqueWriterIdentity: true });
        assert.equal(
            sink["writerIdentity"],
            "serviceAccount:service-471100000000@gcp-sa-logging.iam.gserviceaccount.com",
        );
    });
});
