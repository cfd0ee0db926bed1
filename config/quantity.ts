const factors: Readonly<Record<string, number>> = {
    "": 1,
    m: 1e-3,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
};

/** A Kubernetes quantity as a number: cores for CPU, bytes for memory. Throws if the text is not one. */
export function quantity(text: string): number {
    const match = /^([0-9]+(?:\.[0-9]+)?)([a-zA-Z]*)$/.exec(text);
    const unit = match?.[2] ?? "?";
    const factor = Object.hasOwn(factors, unit) ? factors[unit] : undefined;
    if (match?.[1] === undefined || factor === undefined) {
        throw new Error(
            `${text} is not a Kubernetes quantity; give a number with one of m, k, M, G, T, Ki, Mi, Gi, Ti`,
        );
    }
    return Number(match[1]) * factor;
}

/** Cores as a quantity, in millicores unless they are a whole number. */
export function cpuQuantity(cores: number): string {
    const millis = Math.ceil(cores * 1000 - 1e-6);
    return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

/** Bytes as a quantity, rounded up to whole MiB; in GiB if the result is a multiple of 1 GiB. */
export function memoryQuantity(bytes: number): string {
    const mebibytes = Math.ceil(bytes / 2 ** 20 - 1e-6);
    return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
