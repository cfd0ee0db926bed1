import * as pulumi from "@pulumi/pulumi";

import { certManager } from "../../../components/addons/cert-manager";
import { karpenterCharts } from "../../../components/nodes/aws/karpenter";
import { createProgram } from "../../../components/program";

/** The project's own program after an edit of charts' versions: `bump:charts` has the new version of each by name. */
const charts = [certManager, ...karpenterCharts];

const program: () => Promise<Record<string, unknown>> = async () => {
    const versions = new pulumi.Config("bump").getObject<Record<string, string>>("charts") ?? {};
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
