/**
 * Generates docs/policies.md from the policy pack; `--check` compares only and fails on a difference. Requirement PO-01.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as prettier from "prettier";
import { table, type Entry } from "../policy/pack";
import { packSettings, unusedExemptions } from "../policy/rules/settings/exemption-policies";
import type { Metadata } from "../policy/lib/types";

const file = path.join(__dirname, "../docs/policies.md");
const command = "npm run docs:policies";

const intro = `# Policies

Generated from the policy pack by \`${command}\`; do not edit.

The pack in \`policy/\` runs in the plan (\`npm run plan\`) and in the engine (\`pulumi preview --policy-pack policy\`), with
the same verdicts. A **mandatory** policy stops an update, an **advisory** one is shown, and one that is **disabled** runs
only where the config turns it on. The tier follows from the stack's name: \`dev*\`, \`local*\`, \`test*\` and \`sandbox*\` are
dev, \`stag*\`, \`preprod*\` and \`uat*\` are staging, and every other name is judged as prod.

Pods are judged in every built-in kind, and in the custom kinds of \`custom-resources/pods.ts\` (Rollouts, PostgreSQL, Kafka
and Elasticsearch clusters and others). Most of those describe a pod in part, and the operator adds the rest: there only
what is written is judged. A field that is left out is the operator's matter and no violation, with two exceptions. A
\`resources\` block that is written has to be whole, because it replaces the operator's; and where an operator has no sizes
of its own, resources have to be written.`;

const configuration = `## Configuration

\`pulumi preview --policy-pack policy --policy-pack-config policies.json\`, with a level and properties per policy:

\`\`\`json
{
  "pack-settings": {
    "tier": "staging",
    "exemptions": [
      {
        "policy": "forbid-host-namespaces",
        "urnPattern": "*::kubernetes:apps/v1:DaemonSet::node-exporter",
        "reason": "reads the node's network counters, which need the host network",
        "ticket": "OPS-42",
        "expires": "2027-06-30"
      }
    ]
  },
  "allow-only-safe-sysctls": { "pssVersion": "v1.36" },
  "forbid-host-ports": { "enforcementLevel": "mandatory", "onUnknown": "warn" }
}
\`\`\`

- \`exemptions\`: an exempted violation is shown as a note with reason and last valid day. An entry without a reason, for
  an unknown policy, or past its day is a violation itself; an unused one is a warning. In a \`urnPattern\`, \`*\` matches
  any characters.
- \`onUnknown\`, on every policy: result for a field that is not known before the update. \`fail\` is a violation, \`warn\` a
  warning, \`skip\` ignores it.
- \`pssVersion\`: version of the Pod Security Standards, on policies that depend on it.
- \`relaxForUserNamespaces\`: whether pods with \`hostUsers: false\` may run as root, as the standard allows since v1.35.`;

/** The whole page, formatted with the repository's prettier options. */
export async function render(): Promise<string> {
    const areas = new Map<string, Entry[]>();
    for (const entry of table) {
        const area = entry.rule.tags[1] ?? "other";
        areas.set(area, [...(areas.get(area) ?? []), entry]);
    }
    const parts = [
        intro,
        ...[...areas].map(([area, entries]) => section(area, entries)),
        heading("exemptions"),
        rows([
            { rule: packSettings, levels: "mandatory", onUnknown: "" },
            { rule: unusedExemptions, levels: "advisory", onUnknown: "" },
        ]),
        configuration,
    ];
    const options = (await prettier.resolveConfig(file)) ?? {};
    return prettier.format(parts.join("\n\n"), { ...options, parser: "markdown" });
}

function heading(area: string): string {
    return `## ${area.charAt(0).toUpperCase()}${area.slice(1)}`;
}

function section(area: string, entries: readonly Entry[]): string {
    const lines = entries.map(({ rule, levels: { dev, staging, prod } }) => ({
        rule,
        levels: dev === staging && staging === prod ? prod : `${dev} / ${staging} / ${prod}`,
        onUnknown: rule.onUnknown,
    }));
    return `${heading(area)}\n\n${rows(lines)}`;
}

function rows(
    lines: readonly { readonly rule: Metadata; readonly levels: string; readonly onUnknown: string }[],
): string {
    const body = lines.map(({ rule, levels, onUnknown }) => {
        const cells = [
            `\`${rule.name}\``,
            rule.severity,
            levels,
            onUnknown,
            `[${rule.framework.reference}](${rule.url})`,
            rule.description,
            rule.remediationSteps,
        ];
        return `| ${cells.join(" | ")} |`;
    });
    return [
        "| policy | severity | level (dev / staging / prod) | unknown | control | rule | fix |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        ...body,
    ].join("\n");
}

async function main(check: boolean): Promise<void> {
    const page = await render();
    const current = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (check && current !== page) {
        console.error(`docs/policies.md is out of date; run \`${command}\``);
        process.exitCode = 1;
    } else if (!check) {
        writeFileSync(file, page);
    }
}

if (require.main === module) {
    void main(process.argv.includes("--check"));
}
