import * as pulumi from "@pulumi/pulumi";

import { certManager } from "../../../components/addons/cert-manager";
import { karpenterCharts } from "../../../components/nodes/aws/karpenter";
import { createProgram } from "../../../components/program";

const charts = [certManager, ...karpenterCharts];

/** The project's program with other chart versions: `test:chartVersions` maps a chart's name to its version. */
const program: () => Promise<Record<string, unknown>> = async () => {
    const versions = new pulumi.Config("test").getObject<Record<string, string>>("chartVersions") ?? {};
    for (const [name, version] of Object.entries(versions)) {
        const chart = charts.find((one) => one.name === name);
        if (chart === undefined) {
            throw new Error(`${name} is not a chart whose version this program can change`);
        }
        Object.assign(chart, { version });
    }
    return createProgram()();
};

export = program;
