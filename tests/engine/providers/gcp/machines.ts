/** Boot disk types and Confidential VM technologies of a machine series. */
interface Series {
    readonly disks: readonly string[];
    readonly confidential: readonly string[];
}

const PERSISTENT = ["pd-standard", "pd-balanced", "pd-ssd"];
const BALANCED = ["pd-balanced", "pd-ssd", "hyperdisk-balanced"];
const HYPERDISK = ["hyperdisk-balanced", "hyperdisk-extreme"];

/**
 * By series, from https://docs.cloud.google.com/compute/docs/disks and
 * https://docs.cloud.google.com/confidential-computing/confidential-vm/docs/supported-configurations. GKE has the same three
 * technologies (https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/ConfidentialNodes). Other series are refused; add them from those tables. The
 * tables were not compared line by line since: see "Clouds" in docs/proof.md.
 */
const SERIES: Readonly<Record<string, Series>> = {
    e2: { disks: PERSISTENT, confidential: [] },
    n1: { disks: PERSISTENT, confidential: [] },
    n2: { disks: PERSISTENT, confidential: [] },
    n2d: { disks: PERSISTENT, confidential: ["SEV", "SEV_SNP"] },
    c2: { disks: PERSISTENT, confidential: [] },
    c2d: { disks: PERSISTENT, confidential: ["SEV"] },
    c3: { disks: BALANCED, confidential: ["TDX"] },
    c3d: { disks: BALANCED, confidential: ["SEV"] },
    c4: { disks: HYPERDISK, confidential: [] },
    c4d: { disks: HYPERDISK, confidential: ["SEV"] },
    n4: { disks: HYPERDISK, confidential: [] },
};

/** GKE's default disk type of a series: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/custom-boot-disks. */
function defaultDisk({ disks }: Series): string {
    return disks.includes("pd-balanced") ? "pd-balanced" : "hyperdisk-balanced";
}

export interface NodeMachine {
    readonly machineType: string;
    readonly diskType: string | undefined;
    readonly confidential: boolean;
    readonly instanceType: string | undefined;
}

/** Errors of Compute Engine for a node's machine type, disk and confidential mode; the messages are not documented. */
export function machineErrors({ machineType, diskType, confidential, instanceType }: NodeMachine): string[] {
    const series = SERIES[machineType.split("-")[0] ?? ""];
    if (series === undefined) {
        return [
            `Invalid value for field 'resource.machineType': '${machineType}'. The referenced machine type is unknown`,
        ];
    }
    const disk = diskType ?? defaultDisk(series);
    const errors = series.disks.includes(disk)
        ? []
        : [`${disk} disk type cannot be used by ${machineType} machine type.`];
    const wanted = instanceType ?? "SEV";
    if (confidential && !series.confidential.includes(wanted)) {
        errors.push(`Confidential Nodes of type ${wanted} are not supported by machine type ${machineType}.`);
    }
    return errors;
}
