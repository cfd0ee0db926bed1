import type { Invoke, ResourceType, RuleContext } from "../core/cloud";
import { stringAt, stringsAt, type Bag } from "../core/value";
import { projectOf, shortName } from "./names";

const MEMBER = /^(serviceAccount|user|group|principal|principalSet|domain):.+|^(allUsers|allAuthenticatedUsers)$/;
const ROLE = /^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[\w.]+$/;

const project = (inputs: Bag, _id: string, context: RuleContext): string => projectOf(inputs, context);

/**
 * Errors of the format of members and roles; an e-mail without prefix is the common mistake.
 * https://docs.cloud.google.com/iam/docs/principal-identifiers, https://docs.cloud.google.com/iam/docs/reference/rest/v1/Policy
 */
function grantErrors(inputs: Bag): string[] {
    const member = stringAt(inputs, "member");
    const role = stringAt(inputs, "role");
    return [
        ...(member === undefined || MEMBER.test(member)
            ? []
            : [
                  `invalid value for member (IAM members must have one of the values outlined in the documentation), got ${member}`,
              ]),
        ...(role === undefined || ROLE.test(role) ? [] : [`Invalid argument: '${role}' is not a role`]),
    ];
}

/** IAM grant of a role to a member on a resource. */
export function grant(resource: string): ResourceType {
    return {
        required: [resource, "role", "member"].filter((input) => input !== ""),
        replaceOn: [resource, "role", "member", "project", "condition"].filter((input) => input !== ""),
        refuse: grantErrors,
        id: (inputs) =>
            [stringAt(inputs, resource) ?? "", stringAt(inputs, "role") ?? "", stringAt(inputs, "member") ?? ""]
                .filter((part) => part !== "")
                .join("/"),
        computed: { etag: () => "BwYAAAAAAAA=" },
    };
}

/**
 * Role ids allow no dashes (https://github.com/hashicorp/terraform-provider-google/blob/main/google/verify/validation.go), and permissions no
 * wildcards (https://docs.cloud.google.com/iam/docs/creating-custom-roles).
 */
function customRoleErrors(inputs: Bag): string[] {
    const id = stringAt(inputs, "roleId");
    const bad = stringsAt(inputs, "permissions").filter((one) => !/^[a-z][A-Za-z]*(\.[A-Za-z]+){2}$/.test(one));
    return [
        ...(id === undefined || /^[a-zA-Z0-9_.]{3,64}$/.test(id)
            ? []
            : [`"role_id" ("${id}") doesn't match regexp "^[a-zA-Z0-9_\\.]{3,64}$"`]),
        ...bad.map((one) => `Permission ${one} is not valid.`),
    ];
}

const email = (inputs: Bag, _id: string, context: RuleContext): string =>
    `${stringAt(inputs, "accountId") ?? ""}@${projectOf(inputs, context)}.iam.gserviceaccount.com`;

/** Domains of service agents that are not named `gcp-sa-<service>`. */
const AGENTS: Readonly<Record<string, string>> = {
    "container.googleapis.com": "container-engine-robot",
    // https://docs.cloud.google.com/sql/docs/postgres/configure-cmek
    "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
};

function agent(inputs: Bag): string {
    const service = stringAt(inputs, "service") ?? "";
    const domain = AGENTS[service] ?? `gcp-sa-${service.split(".")[0] ?? ""}`;
    return `service-471100000000@${domain}.iam.gserviceaccount.com`;
}

/**
 * Cloud Storage's agent exists in a new project only after its address was asked for; a grant to a service account that does
 * not exist is an error. https://docs.cloud.google.com/storage/docs/projects#service-agents
 */
const STORAGE_AGENT = "service-471100000000@gs-project-accounts.iam.gserviceaccount.com";

export const invokes: Readonly<Record<string, Invoke>> = {
    "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": async (args, settings, createAgent) => {
        await createAgent(STORAGE_AGENT);
        const project = stringAt(args, "project") ?? stringAt(settings, "project") ?? "";
        return { id: STORAGE_AGENT, project, emailAddress: STORAGE_AGENT, member: `serviceAccount:${STORAGE_AGENT}` };
    },
};

async function agentErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const [, email] = /^serviceAccount:(.+@gs-project-accounts\..+)$/.exec(stringAt(inputs, "member") ?? "") ?? [];
    return email === undefined || context.preview || (await context.hasAgent(email))
        ? []
        : [`Error 400: Service account ${email} does not exist., badRequest`];
}

/** https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys: at least 24 hours. */
function rotationErrors(inputs: Bag): string[] {
    const period = stringAt(inputs, "rotationPeriod");
    const seconds = /^(\d+)s$/.exec(period ?? "")?.[1];
    return period === undefined || Number(seconds ?? 0) >= 86400
        ? []
        : [`rotation period must be at least 86400s, got: ${period}`];
}

export const identity: Readonly<Record<string, ResourceType>> = {
    "gcp:serviceaccount/account:Account": {
        required: ["accountId"],
        replaceOn: ["accountId", "project"],
        refuse: (inputs) => {
            const id = stringAt(inputs, "accountId");
            // https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create
            return id === undefined || /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/.test(id)
                ? []
                : [`"account_id" ("${id}") doesn't match regexp "^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$"`];
        },
        id: (inputs, context) => `projects/${projectOf(inputs, context)}/serviceAccounts/${email(inputs, "", context)}`,
        computed: {
            email,
            member: (inputs, id, context) => `serviceAccount:${email(inputs, id, context)}`,
            name: (_inputs, id) => id,
            // A new account with the email of a deleted one has another unique id:
            // https://docs.cloud.google.com/iam/docs/service-accounts-delete-undelete
            uniqueId: (_inputs, _id, { deletions }) => String(100_000_001 + deletions).padStart(21, "1"),
            project,
        },
    },
    "gcp:serviceaccount/iAMMember:IAMMember": grant("serviceAccountId"),
    "gcp:projects/iAMMember:IAMMember": grant("project"),
    "gcp:projects/serviceIdentity:ServiceIdentity": {
        required: ["service"],
        replaceOn: ["service", "project"],
        refuse: (inputs) => {
            const service = stringAt(inputs, "service");
            // https://docs.cloud.google.com/iam/docs/create-service-agents; the message is not documented
            return service === undefined || /^[a-z][-a-z0-9]*\.googleapis\.com$/.test(service)
                ? []
                : [`Error creating Service Identity: Service '${service}' not found or permission denied.`];
        },
        // The API is idempotent: several resources may create the same service agent, so the id includes the URN.
        id: (inputs, context) =>
            `projects/${projectOf(inputs, context)}/services/${stringAt(inputs, "service") ?? ""}#${context.urn}`,
        computed: {
            email: agent,
            member: (inputs) => `serviceAccount:${agent(inputs)}`,
            project,
        },
    },
    "gcp:projects/iAMCustomRole:IAMCustomRole": {
        required: ["roleId", "title", "permissions"],
        replaceOn: ["roleId", "project"],
        refuse: customRoleErrors,
        // For 7 days the provider undeletes a role of that id, for up to 30 more the id is reserved:
        // https://www.pulumi.com/registry/packages/gcp/api-docs/projects/iamcustomrole, and for the message
        // https://github.com/terraform-google-modules/terraform-google-bastion-host/issues/14.
        reserved: (id) => {
            const role = shortName(id);
            return (
                `Error creating the custom project role ${id}: googleapi: Error 400: ` +
                `You can't create a role_id (${role}) which has been marked for deletion., failedPrecondition`
            );
        },
        id: (inputs, context) => `projects/${projectOf(inputs, context)}/roles/${stringAt(inputs, "roleId") ?? ""}`,
        computed: { name: (_inputs, id) => id, deleted: () => false, project },
    },
    "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember": grant("managedZone"),
    "gcp:storage/bucketIAMMember:BucketIAMMember": grant("bucket"),
    "gcp:kms/keyRing:KeyRing": {
        autoName: "name",
        required: ["location"],
        replaceOn: ["name", "location", "project"],
        id: (inputs, context) =>
            `projects/${projectOf(inputs, context)}/locations/${stringAt(inputs, "location") ?? ""}` +
            `/keyRings/${stringAt(inputs, "name") ?? ""}`,
        computed: { project },
    },
    "gcp:kms/cryptoKey:CryptoKey": {
        autoName: "name",
        required: ["keyRing"],
        replaceOn: ["name", "keyRing", "purpose"],
        refuse: rotationErrors,
        id: (inputs) => `${stringAt(inputs, "keyRing") ?? ""}/cryptoKeys/${stringAt(inputs, "name") ?? ""}`,
        computed: { primaries: (_inputs, id) => [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }] },
    },
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": {
        ...grant("cryptoKeyId"),
        refuse: async (inputs, context) => {
            const key = stringAt(inputs, "cryptoKeyId");
            // Of the provider: https://github.com/hashicorp/terraform-provider-google/blob/main/google/services/kms/kms_utils.go
            const fullId = key === undefined || key.split("/").length === 8;
            return fullId
                ? [...grantErrors(inputs), ...(await agentErrors(inputs, context))]
                : [`Invalid CryptoKey id format, expecting a full id, got ${shortName(key)}`];
        },
    },
};
