import { overlayOf } from "./overlay";
import type { Resources } from "./resources";
import { flow } from "./text";

/** The differences of a plan from a reviewed list: one line per removed or added resource and per changed field. */
export function differences(reviewed: Resources, planned: Resources): string[] {
    const { removed, added, changed } = overlayOf(reviewed, planned);
    return [
        ...removed.map((key) => `- ${key}`),
        ...[...added].map(([key, fields]) => `+ ${key}: ${flow({ ...fields })}`).sort(),
        ...[...changed]
            .flatMap(([key, fields]) =>
                Object.entries(fields).map(([name, value]) => {
                    const before = reviewed.get(key)?.[name];
                    return `~ ${key}: ${name} was ${before === undefined ? "not set" : flow(before)}, is ${value === null ? "not set" : flow(value)}`;
                }),
            )
            .sort(),
    ];
}
