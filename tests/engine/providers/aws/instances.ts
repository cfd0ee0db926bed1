/**
 * Processor architecture by instance family: a g after the generation is Graviton. Other families are refused; add them from
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html.
 */
const ARCHITECTURES: Readonly<Record<string, "x86_64" | "arm64">> = {
    ...{ m5: "x86_64", m6i: "x86_64", m6a: "x86_64", m7i: "x86_64", m7a: "x86_64", m8i: "x86_64", m8a: "x86_64" },
    ...{ c5: "x86_64", c6i: "x86_64", c6a: "x86_64", c7i: "x86_64", c7a: "x86_64", c8i: "x86_64" },
    ...{ r5: "x86_64", r6i: "x86_64", r6a: "x86_64", r7i: "x86_64", r7a: "x86_64", r8i: "x86_64" },
    ...{ t3: "x86_64", t3a: "x86_64", t4g: "arm64" },
    ...{ m6g: "arm64", m7g: "arm64", m8g: "arm64", c7g: "arm64", c8g: "arm64", r7g: "arm64", r8g: "arm64" },
};

const SIZES = /^(medium|large|xlarge|\d+xlarge|metal)$/;

/** The ones for nodes without GPU, of https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html. */
const AMI_TYPES: Readonly<Record<string, "x86_64" | "arm64">> = {
    AL2023_x86_64_STANDARD: "x86_64",
    AL2023_ARM_64_STANDARD: "arm64",
    BOTTLEROCKET_x86_64: "x86_64",
    BOTTLEROCKET_ARM_64: "arm64",
};

/** Errors of EKS for the instance types and the AMI type of a node group; the messages are not documented. */
export function instanceErrors(instanceTypes: readonly string[], amiType: string | undefined): string[] {
    const errors: string[] = [];
    const image = amiType === undefined ? undefined : AMI_TYPES[amiType];
    if (amiType !== undefined && image === undefined && amiType !== "CUSTOM") {
        errors.push(`InvalidParameterException: The AMI type ${amiType} is not supported.`);
    }
    for (const type of instanceTypes) {
        const [family = "", size = ""] = type.split(".");
        const architecture = ARCHITECTURES[family];
        if (architecture === undefined || !SIZES.test(size)) {
            errors.push(`InvalidParameterException: The following supplied instance types do not exist: [${type}]`);
        } else if (image !== undefined && image !== architecture) {
            errors.push(
                `InvalidParameterException: [${type}] is not a valid instance type for requested amiType ${amiType ?? ""}`,
            );
        }
    }
    return errors;
}
