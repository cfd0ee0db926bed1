import type { Violation } from "../../../policy/evaluate";
import { capacityTable } from "./capacity-table";
import type { Paint } from "./paint";
import { storageCostLines } from "../review/storage-cost";
import { scenarioTable } from "./scenario-table";
import type { Summary } from "./summary";
import type { TreeNode } from "./tree";

/** Maximum number of advisory findings in the report; all are in `plan.json`. */
const shownWarnings = 10;

/** The report about one stack's plan. `quiet` omits the tree and the tables. */
export function report(summary: Summary, paint: Paint, quiet = false): string {
    const { plan, tree, standIns, byTag, capacity, scenarios, storage } = summary;
    const count = tree?.count ?? 0;
    const title = `${paint("bold", plan.stack)}: tier ${plan.tier} on ${plan.cloud}, ${plural(count, "resource")}`;
    const findings = policyLines(summary, paint);
    if (quiet) {
        return lines([title, ...findings]);
    }
    return lines([
        title,
        "",
        ...treeLines(tree, paint),
        "",
        ...findings,
        ...plan.warnings.map((warning) => `${paint("yellow", "warning")}  ${warning}`),
        "",
        standIns.length === 0
            ? "Stand-in images: none"
            : `Stand-in images (${standIns.length}): ${standIns.join(", ")}`,
        ...(byTag === undefined ? [] : [imagesLine(byTag)]),
        "",
        ...capacityTable(capacity, paint),
        "",
        ...(scenarios.length === 0 ? [] : [...scenarioTable(scenarios, paint), ""]),
        ...(storage.length === 0 ? [] : [...storageCostLines(storage), ""]),
    ]);
}

function lines(parts: readonly string[]): string {
    return `${parts.join("\n")}\n`;
}

function imagesLine(byTag: readonly string[]): string {
    return byTag.length === 0
        ? "Images without a digest: none"
        : `Images without a digest (${byTag.length}; npm run pin-images looks them up): ${byTag.join(", ")}`;
}

/** `1 resource`, `2 resources`. */
export function plural(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function treeLines(tree: TreeNode | undefined, paint: Paint): string[] {
    const rows: { readonly label: string; readonly width: number; readonly count: number }[] = [];
    const visit = (node: TreeNode, branch: string, below: string): void => {
        const type = node.type.slice(node.type.lastIndexOf(":") + 1);
        const label = `${paint("dim", branch)}${node.name} ${paint("dim", type)}`;
        rows.push({ label, width: branch.length + node.name.length + 1 + type.length, count: node.count });
        node.children.forEach((child, index) => {
            const last = index === node.children.length - 1;
            visit(child, `${below}${last ? "└─ " : "├─ "}`, `${below}${last ? "   " : "│  "}`);
        });
    };
    if (tree !== undefined) {
        visit(tree, "", "");
    }
    const widest = Math.max(...rows.map(({ width }) => width));
    return rows.map(
        ({ label, width, count }) => `${label}${" ".repeat(widest - width + 2)}${String(count).padStart(4)}`,
    );
}

function policyLines({ plan }: Summary, paint: Paint): string[] {
    const { violations, warnings, exempted } = plan.policy;
    const counts = [plural(violations.length, "violation"), plural(warnings.length, "warning")];
    const total = `Policy: ${counts.join(", ")}, ${exempted.length} exempted`;
    const rest = warnings.length - shownWarnings;
    return [
        paint(violations.length > 0 ? "red" : "green", total),
        ...violations.map((violation) => finding(violation, paint("red", "mandatory"))),
        ...warnings.slice(0, shownWarnings).map((violation) => finding(violation, paint("yellow", "advisory "))),
        ...(rest > 0 ? [`  and ${plural(rest, "more warning")} in plan.json`] : []),
        ...exempted.map((violation) => finding(violation, paint("dim", "exempted "))),
    ];
}

function finding({ policy, message }: Violation, level: string): string {
    return `  ${level}  ${policy}: ${message}`;
}
