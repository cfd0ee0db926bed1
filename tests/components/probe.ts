import * as pulumi from "@pulumi/pulumi";

import { created, createdOne, one, planned } from "./layers";

const type = "test:index:Probe";

/** A resource that uses a value, as the next layer does. */
class Probe extends pulumi.CustomResource {
    constructor(name: string, value: unknown) {
        super(type, name, { value });
    }
}

/** A value of a layer's interface after an update, and what its users wait for, as `<Type> <name>`. */
export interface Probed {
    readonly value: unknown;
    readonly waitsFor: readonly string[];
}

function short(urn: string): string {
    const parts = urn.split("::");
    return `${parts[2]?.split("$").pop()?.split(":").pop() ?? ""} ${parts.slice(3).join("::")}`;
}

/**
 * Values of what `program` returns, by field, in an update and in a preview. Outputs of resources are as in `created`.
 */
export async function probe(
    program: () => object,
    outputs: Parameters<typeof created>[1] = {},
): Promise<Record<string, Probed>> {
    let fields: string[] = [];
    const use = () => {
        const result = Object.entries(program());
        fields = result.map(([field]) => field);
        for (const [field, value] of result) {
            new Probe(field, value);
        }
    };
    const updated = await created(use, outputs);
    const preview = await planned(use);
    return Object.fromEntries(
        fields.map((field) => [
            field,
            {
                value: createdOne(updated, type, field)["value"],
                waitsFor: (one(preview, type, field).options.dependsOn ?? []).map(short).sort(),
            },
        ]),
    );
}
