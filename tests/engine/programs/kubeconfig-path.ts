import * as pulumi from "@pulumi/pulumi";

import { createProgram } from "../../../components/program";

/** The project's program with `test:kubeconfigPath` as the environment's KUBECONFIG, which differs between users. */
const program: () => Promise<Record<string, unknown>> = async () => {
    const path = new pulumi.Config("test").require("kubeconfigPath");
    Object.assign(process.env, { KUBECONFIG: path });
    return createProgram()();
};

export = program;
