import type { ResourceType } from "../core/cloud";
import { bagAt, bagsAt, stringAt, stringsAt, type Bag } from "../core/value";
import { projectOf } from "./names";

function enumErrors(bag: Bag | undefined, field: string, name: string, allowed: readonly string[]): string[] {
    const value = stringAt(bag, field);
    return value === undefined || allowed.includes(value)
        ? []
        : [`expected ${name} to be one of ${JSON.stringify(allowed)}, got ${value}`];
}

/**
 * `registry/path/to/image` with `*` or `**` at the end only.
 * https://docs.cloud.google.com/binary-authorization/docs/policy-yaml-reference
 */
const PATTERN = /^[a-z0-9][a-z0-9.-]*(:\d+)?\/[^*\s]*\*{0,2}$/;

/** https://docs.cloud.google.com/binary-authorization/docs/reference/rest/v1/AdmissionRule: attestors with REQUIRE_ATTESTATION only. */
function policyErrors(inputs: Bag): string[] {
    const rule = bagAt(inputs, "defaultAdmissionRule");
    const attested = stringsAt(inputs, "defaultAdmissionRule.requireAttestationsBies").length > 0;
    const required = stringAt(rule, "evaluationMode") === "REQUIRE_ATTESTATION";
    const bad = bagsAt(inputs, "admissionWhitelistPatterns")
        .map((entry) => stringAt(entry, "namePattern"))
        .filter((pattern) => pattern !== undefined && !PATTERN.test(pattern));
    return [
        ...enumErrors(inputs, "globalPolicyEvaluationMode", "global_policy_evaluation_mode", ["ENABLE", "DISABLE"]),
        ...enumErrors(rule, "evaluationMode", "default_admission_rule.0.evaluation_mode", [
            "ALWAYS_ALLOW",
            "REQUIRE_ATTESTATION",
            "ALWAYS_DENY",
        ]),
        ...enumErrors(rule, "enforcementMode", "default_admission_rule.0.enforcement_mode", [
            "ENFORCED_BLOCK_AND_AUDIT_LOG",
            "DRYRUN_AUDIT_LOG_ONLY",
        ]),
        ...(required === attested || rule === undefined
            ? []
            : ["Error 400: require_attestations_by must be set if, and only if, the mode is REQUIRE_ATTESTATION"]),
        ...bad.map((pattern) => `Error 400: Invalid image name pattern: ${pattern ?? ""}`),
    ];
}

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/Policy#AuditConfig. That a log type is listed once is not documented. */
function auditErrors(inputs: Bag): string[] {
    const service = stringAt(inputs, "service");
    const known = service === undefined || /^(allServices|[a-z][-a-z0-9]*\.googleapis\.com)$/.test(service);
    const configs = bagsAt(inputs, "auditLogConfigs");
    const kinds = configs.flatMap((config) => stringAt(config, "logType") ?? []);
    return [
        ...(known ? [] : [`Error 400: Audit config service '${service}' is not a known service., badRequest`]),
        ...(configs.length === 0 && inputs["auditLogConfigs"] !== undefined && Array.isArray(inputs["auditLogConfigs"])
            ? ["Insufficient audit_log_config blocks: at least 1 is required"]
            : []),
        ...configs.flatMap((config) =>
            enumErrors(config, "logType", "log_type", ["ADMIN_READ", "DATA_READ", "DATA_WRITE"]),
        ),
        ...(new Set(kinds).size === kinds.length ? [] : ["Error 400: a log type is configured twice., badRequest"]),
    ];
}

/** https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/projects.sinks, names too. */
const DESTINATION = new RegExp(
    "^(storage\\.googleapis\\.com/[a-z0-9][-_.a-z0-9]{1,61}[a-z0-9]" +
        "|bigquery\\.googleapis\\.com/projects/[^/]+/datasets/\\w+" +
        "|pubsub\\.googleapis\\.com/projects/[^/]+/topics/[^/]+" +
        "|logging\\.googleapis\\.com/projects/[^/]+(/locations/[^/]+/buckets/[^/]+)?)$",
);

function sinkErrors(inputs: Bag): string[] {
    const [name, destination] = [stringAt(inputs, "name"), stringAt(inputs, "destination")];
    const validName = name === undefined || /^[A-Za-z0-9][-_.A-Za-z0-9]{0,99}$/.test(name);
    const validDestination = destination === undefined || DESTINATION.test(destination);
    return [
        ...(validName ? [] : [`Error 400: The sink name '${name}' is invalid., badRequest`]),
        ...(validDestination
            ? []
            : [`Error 400: The destination '${destination}' is not a valid sink destination., badRequest`]),
    ];
}

/** https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/exclusions: letters, digits and three signs, and a filter. */
function exclusionErrors(inputs: Bag): string[] {
    const name = stringAt(inputs, "name");
    return name === undefined || /^[A-Za-z0-9][-_.A-Za-z0-9]{0,99}$/.test(name)
        ? []
        : [`Error 400: The exclusion name '${name}' is invalid., badRequest`];
}

/** Binary Authorization, audit configuration, log sinks and exclusions. */
export const audit: Readonly<Record<string, ResourceType>> = {
    "gcp:binaryauthorization/policy:Policy": {
        required: ["defaultAdmissionRule.evaluationMode", "defaultAdmissionRule.enforcementMode"],
        replaceOn: ["project"],
        refuse: policyErrors,
        // One per project. The API would overwrite it; the stand-in refuses a second one.
        id: (inputs, context) => `projects/${projectOf(inputs, context)}`,
        computed: { project: (inputs, _id, context) => projectOf(inputs, context) },
    },
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": {
        required: ["project", "service", "auditLogConfigs"],
        replaceOn: ["project", "service"],
        refuse: auditErrors,
        id: (inputs) => `${stringAt(inputs, "project") ?? ""}/audit_config/${stringAt(inputs, "service") ?? ""}`,
        computed: { etag: () => "BwYAAAAAAAA=" },
    },
    "gcp:logging/projectExclusion:ProjectExclusion": {
        autoName: "name",
        required: ["filter"],
        replaceOn: ["name", "project"],
        refuse: exclusionErrors,
        id: (inputs, context) => `projects/${projectOf(inputs, context)}/exclusions/${stringAt(inputs, "name") ?? ""}`,
        computed: { project: (inputs, _id, context) => projectOf(inputs, context) },
    },
    "gcp:logging/projectSink:ProjectSink": {
        autoName: "name",
        required: ["destination"],
        replaceOn: ["name", "project"],
        refuse: sinkErrors,
        id: (inputs, context) => `projects/${projectOf(inputs, context)}/sinks/${stringAt(inputs, "name") ?? ""}`,
        computed: {
            project: (inputs, _id, context) => projectOf(inputs, context),
            writerIdentity: (inputs) =>
                inputs["uniqueWriterIdentity"] === false
                    ? "serviceAccount:cloud-logs@system.gserviceaccount.com"
                    : "serviceAccount:service-471100000000@gcp-sa-logging.iam.gserviceaccount.com",
        },
    },
};
