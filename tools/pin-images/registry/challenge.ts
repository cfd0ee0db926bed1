/** One way to authenticate that a server offers: RFC 9110, section 11.6.1. */
export interface Challenge {
    /** Lower case. */
    readonly scheme: string;
    /** Names in lower case. */
    readonly parameters: Readonly<Record<string, string>>;
}

/** A parameter, after its scheme if it is the first one; or a scheme without parameters. */
const part =
    /(?:^|[\s,])\s*(?:(?<scheme>[\w-]+)\s+)?(?<name>[\w-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<token>[^\s,"]+))|(?:^|,)\s*(?<bare>[\w-]+)\s*(?=,|$)/g;

/** The challenges of a `WWW-Authenticate` header, which may have several. */
export function challengesOf(header: string): readonly Challenge[] {
    const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
    for (const { groups = {} } of header.matchAll(part)) {
        const { scheme = groups["bare"], name, quoted, token } = groups;
        if (scheme !== undefined) {
            challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
        }
        const value = quoted?.replace(/\\(.)/g, "$1") ?? token;
        const current = challenges.at(-1);
        if (current !== undefined && name !== undefined && value !== undefined) {
            current.parameters[name.toLowerCase()] = value;
        }
    }
    return challenges;
}
