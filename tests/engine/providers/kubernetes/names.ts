import type { NameRule } from "./kinds";

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const BAD_LABEL =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with " +
    "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const BAD_SUBDOMAIN =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
    "end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const BAD_LABEL_VALUE =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
    "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
    "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const BAD_QUALIFIED =
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
    "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
    "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const tooLong = (limit: number): string => `must be no more than ${limit} characters`;

/** The API server's error for an invalid RFC 1123 label. */
export function badLabel(name: string): string | undefined {
    return name.length > 63 ? tooLong(63) : LABEL.test(name) ? undefined : BAD_LABEL;
}

/** The API server's error for an invalid object name. */
export function badName(rule: NameRule, name: string): string | undefined {
    switch (rule) {
        case "label":
            return badLabel(name);
        case "subdomain":
            return name.length > 253 ? tooLong(253) : SUBDOMAIN.test(name) ? undefined : BAD_SUBDOMAIN;
        case "path-segment":
            return name === "." || name === ".." || /[/%]/.test(name)
                ? "may not be '.' or '..' or contain '/' or '%'"
                : undefined;
    }
}

export function badLabelKey(key: string): string | undefined {
    const [first = "", second, ...rest] = key.split("/");
    const name = second ?? first;
    if (rest.length > 0 || (second !== undefined && !SUBDOMAIN.test(first))) {
        return "a qualified name must consist of an optional DNS subdomain prefix and a name (e.g. 'example.com/MyName')";
    }
    return name.length > 63 ? `name part ${tooLong(63)}` : QUALIFIED.test(name) ? undefined : BAD_QUALIFIED;
}

export function badLabelValue(value: string): string | undefined {
    return value.length > 63 ? tooLong(63) : LABEL_VALUE.test(value) ? undefined : BAD_LABEL_VALUE;
}
