import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { isMap, isScalar, type Node, type Scalar, type YAMLMap } from "yaml";

import { Fault } from "../fault";
import type { Json } from "../json";
import { isObject } from "../json";
import { secretMarker } from "./markers";
import type { StackConfig } from "./record";
import { readYaml } from "./yaml-file";

/** The project's name, main file and configuration defaults from `Pulumi.yaml`. */
interface Project {
    readonly name: string;
    readonly main: string;
    readonly defaults: YAMLMap | undefined;
}

/** A stack's configuration and its project. */
export interface StackSettings {
    readonly project: string;
    /** The program's file, relative to the project's folder. */
    readonly main: string;
    readonly config: StackConfig;
}

/** Stacks with a file, sorted. */
export function stackNames(root: string): string[] {
    return readdirSync(root)
        .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
        .sort();
}

/** @throws Fault for a stack without a file; the message lists the existing stacks. */
function requireStack(root: string, stack: string): void {
    if (!existsSync(join(root, "Pulumi.yaml"))) {
        throw new Fault(`${root} is not a Pulumi project: it has no Pulumi.yaml.`);
    }
    if (!stackNames(root).includes(stack)) {
        throw new Fault(`There is no stack "${stack}"; there are ${stackNames(root).join(", ")}.`);
    }
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` like the Pulumi CLI: scalars keep their text, objects become JSON, a key
 * without namespace belongs to the project, and the project's values are defaults for the stack's. Nothing is decrypted:
 * a `secure:` value becomes a secret with the value `[secret]`.
 *
 * @throws Fault for a stack without a file, and for invalid YAML, with file and line.
 */
export function readStack(root: string, stack: string): StackSettings {
    requireStack(root, stack);
    const project = readProject(join(root, "Pulumi.yaml"));
    const file = `Pulumi.${stack}.yaml`;
    const values: Record<string, string> = {};
    const secretKeys: string[] = [];
    const document = readYaml(join(root, file));
    for (const [key] of entries(document.contents, file)) {
        requireKnown(file, key, [...stackKeys]);
    }
    const namespaces = [project.name, "pulumi", ...packageNames(root)];
    for (const [key, node] of entries(document.get("config"), file)) {
        const name = fullKey(project.name, key);
        requireKnown(file, key, namespaces, name.split(":", 1)[0]);
        if (values[name] !== undefined) {
            throw new Fault(`${file}: ${key} is given twice, as ${name}.`);
        }
        set(name, node);
    }
    for (const [key, node] of entries(project.defaults, "Pulumi.yaml")) {
        const name = fullKey(project.name, key);
        const value = defaultOf(node);
        if (values[name] === undefined && value !== undefined) {
            set(name, value);
        }
    }
    return { project: project.name, main: project.main, config: { values, secretKeys } };

    function set(name: string, node: Node): void {
        const { value, secret } = valueOf(node);
        values[name] = value;
        if (secret) {
            secretKeys.push(name);
        }
    }
}

/** Top-level keys of a stack file. */
const stackKeys = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"] as const;

/** Rejects unknown keys and namespaces, which the CLI silently ignores. */
function requireKnown(file: string, key: string, known: readonly string[], word = key): void {
    if (!known.includes(word)) {
        const what = word === key ? "key" : "namespace";
        throw new Fault(`${file}: ${key}: "${word}" is not a known ${what}; known are ${known.join(", ")}.`);
    }
}

/** Providers that the project depends on; each may have configuration such as `gcp:project`. */
function packageNames(root: string): string[] {
    const path = join(root, "package.json");
    const text = existsSync(path) ? readFileSync(path, "utf8") : "{}";
    const { dependencies = {} } = JSON.parse(text) as { readonly dependencies?: Readonly<Record<string, string>> };
    return Object.keys(dependencies).flatMap((name) => /^@pulumi\/(?!pulumi$|policy$)(.+)$/.exec(name)?.[1] ?? []);
}

function readProject(path: string): Project {
    const document = readYaml(path);
    const name = document.get("name");
    if (typeof name !== "string") {
        throw new Fault("Pulumi.yaml has no name.");
    }
    const main = document.get("main");
    const config = document.get("config");
    return { name, main: typeof main === "string" ? main : "index.ts", defaults: isMap(config) ? config : undefined };
}

function entries(config: unknown, file: string): [string, Node][] {
    if (config === undefined || config === null) {
        return [];
    }
    if (!isMap(config)) {
        throw new Fault(`${file}: config must be a map of keys to values.`);
    }
    return config.items.map((item) => [
        isScalar(item.key) ? scalarText(item.key) : String(item.key),
        item.value as Node,
    ]);
}

/** `cloud`, `shop:cloud` and `shop:config:cloud` are the same key of the project `shop`. */
function fullKey(project: string, key: string): string {
    const parts = key.split(":");
    if (parts.length === 1) {
        return `${project}:${key}`;
    }
    return parts[1] === "config" && parts.length > 2 ? [parts[0], ...parts.slice(2)].join(":") : key;
}

const declaration = new Set(["type", "description", "items", "default", "value", "secret"]);

/** The default of a key in the project's `config`: the value itself, or the one in a declaration. */
function defaultOf(node: Node): Node | undefined {
    if (!isMap(node)) {
        return node;
    }
    const declares = node.items.every((item) => isScalar(item.key) && declaration.has(String(item.key.value)));
    if (!declares) {
        return node;
    }
    return node.get("value", true) ?? node.get("default", true);
}

/** The text of a value as passed to a program, and whether it is secret. */
function valueOf(node: Node | null): { readonly value: string; readonly secret: boolean } {
    if (node === null) {
        return { value: "", secret: false };
    }
    if (isScalar(node)) {
        return { value: scalarText(node), secret: false };
    }
    const plain = node.toJSON() as Json;
    if (isSecure(plain)) {
        return { value: secretMarker, secret: true };
    }
    let secret = false;
    const hidden = JSON.stringify(plain, (_key, value: Json) => {
        if (!isSecure(value)) {
            return value;
        }
        secret = true;
        return secretMarker;
    });
    return { value: hidden, secret };
}

function isSecure(value: Json): boolean {
    return isObject(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

/** Numbers and dates keep the spelling of the file, as in the CLI: `1.10` stays `1.10`. */
function scalarText({ value, source }: Scalar): string {
    return value === null ? "" : (source ?? JSON.stringify(value));
}
