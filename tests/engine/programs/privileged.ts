import * as pulumi from "@pulumi/pulumi";
import { createProgram } from "../../../components/program";

interface DeploymentInputs {
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly ContainerInputs[] } } };
}

interface ContainerInputs {
    readonly securityContext?: object;
}

/** The inputs with the first container privileged. */
function privileged(inputs: DeploymentInputs): DeploymentInputs {
    const { spec } = inputs;
    const pod = spec.template.spec;
    const containers = pod.containers.map((container, index) =>
        index === 0 ? { ...container, securityContext: { ...container.securityContext, privileged: true } } : container,
    );
    return { ...inputs, spec: { ...spec, template: { ...spec.template, spec: { ...pod, containers } } } };
}

/** The platform with one change: the payment service's container is privileged. */
export default function program(): Promise<Record<string, unknown>> {
    pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) =>
        type === "kubernetes:apps/v1:Deployment" && name === "payment"
            ? { props: privileged(props as DeploymentInputs), opts }
            : undefined,
    );
    return createProgram()();
}
