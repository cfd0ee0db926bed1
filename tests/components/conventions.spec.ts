import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const root = path.join(__dirname, "..", "..", "components");

interface Component {
    readonly file: string;
    readonly layer: string;
    readonly name: string;
    readonly declaration: ts.ClassDeclaration;
    readonly constructorBody: readonly ts.Statement[];
    readonly source: ts.SourceFile;
}

function sources(): ts.SourceFile[] {
    return readdirSync(root, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .sort()
        .map((file) =>
            ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.ES2022, true),
        );
}

function components(): Component[] {
    return sources().flatMap((source) =>
        source.statements.filter(ts.isClassDeclaration).flatMap((declaration): Component[] => {
            const extended = declaration.heritageClauses?.map((clause) => clause.getText(source)).join(" ") ?? "";
            if (!extended.includes("ComponentResource")) {
                return [];
            }
            const body = declaration.members.find(ts.isConstructorDeclaration)?.body?.statements ?? [];
            const layer = source.fileName.includes("/") ? (source.fileName.split("/")[0] ?? "") : "platform";
            return [
                {
                    file: source.fileName,
                    layer,
                    name: declaration.name?.text ?? "",
                    declaration,
                    constructorBody: [...body],
                    source,
                },
            ];
        }),
    );
}

function callIn(statement: ts.Statement | undefined): ts.CallExpression | undefined {
    return statement !== undefined && ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression)
        ? statement.expression
        : undefined;
}

/** Nodes of one kind below a node. */
function nodesOf<T extends ts.Node>(node: ts.Node, is: (each: ts.Node) => each is T): T[] {
    const own = is(node) ? [node] : [];
    const below: T[] = [];
    node.forEachChild((child) => {
        below.push(...nodesOf(child, is));
    });
    return [...own, ...below];
}

/** Whether options contain `parent: this`, directly or through constants of the component. */
function hasParent(options: string, constants: ReadonlyMap<string, string>): boolean {
    return (
        options.includes("parent: this") ||
        [...constants].some(
            ([name, value]) =>
                new RegExp(`(?<!\\w)(?<!\\w\\.)${name}\\b(?!:)`).test(options) && hasParent(value, constants),
        )
    );
}

/** The resources and components that a component creates: name and options as they are written. */
function children(
    { declaration, source }: Component,
    classes: ReadonlySet<string>,
): { name: string; parent: boolean }[] {
    const constants = new Map(
        nodesOf(declaration, ts.isVariableDeclaration).map((each): [string, string] => [
            each.name.getText(source),
            // Options are short; a constant that is a resource may itself contain options of others.
            each.initializer !== undefined && ts.isObjectLiteralExpression(each.initializer)
                ? each.initializer.getText(source)
                : "",
        ]),
    );
    return nodesOf(declaration, ts.isNewExpression)
        .filter(
            ({ expression }) => ts.isPropertyAccessExpression(expression) || classes.has(expression.getText(source)),
        )
        .map(({ arguments: args = [] as readonly ts.Expression[] }) => ({
            name: args[0]?.getText(source) ?? "",
            parent: hasParent(args[2]?.getText(source) ?? "", constants),
        }));
}

/** `name`, or a text that begins with it. */
const ownName = /^(name|`\$\{name\}-[^`]*`|[^?]+\? name : `\$\{name\}-[^`]*`)$/;

/** Names network policies after groups of pods, which are unique in the cluster. */
const namesChildren: ReadonlySet<string> = new Set(["PodPolicies"]);

describe("every component", () => {
    const all = components();
    const classes: ReadonlySet<string> = new Set(all.map(({ name }) => name));

    it("creates children of its own somewhere", () => {
        const created = all.flatMap((component) => children(component, classes));
        assert.ok(created.length >= 100, `${created.length} found`);
    });

    for (const component of all) {
        it(`${component.name} (${component.file}) is the parent of its children, whose names begin with its own`, () => {
            const own = children(component, classes);
            assert.deepEqual(
                own.filter(({ parent }) => !parent),
                [],
            );
            const foreign = own.filter(({ name }) => !ownName.test(name.replaceAll(/\s+/g, " ")));
            assert.equal(foreign.length, namesChildren.has(component.name) ? 1 : 0, JSON.stringify(foreign));
        });
    }

    it("is found", () => {
        assert.ok(all.length >= 8, `${all.length} components`);
        assert.ok(all.some(({ name }) => name === "Microservice"));
    });

    for (const { file, layer, name, constructorBody, source } of all) {
        it(`${name} (${file}) gives super its type, name, no inputs and its options`, () => {
            const call = callIn(constructorBody[0]);
            assert.ok(call, "the first statement is no call");
            assert.equal(call.expression.kind, ts.SyntaxKind.SuperKeyword);
            const args = call.arguments.map((argument) => argument.getText(source));
            // With three arguments the options become inputs: parent, provider and protect are ignored without an error.
            // LayerComponent's type contains the layer's name.
            const type = name === "LayerComponent" ? "`shop:${name}:Layer`" : `"shop:${layer}:${name}"`;
            assert.deepEqual(args, [type, "name", "{}", "opts"]);
        });

        it(`${name} (${file}) registers its outputs last`, () => {
            const call = callIn(constructorBody.at(-1));
            assert.ok(call, "the last statement is no call");
            assert.equal(call.expression.getText(source), "this.registerOutputs");
            assert.equal(call.arguments.length, 1);
        });
    }
});

describe("the layers", () => {
    it("select a cloud in their index.ts only", () => {
        const offenders = sources()
            .filter(({ fileName }) => !/^[a-z]+\/index\.ts$/.test(fileName))
            .filter((source) =>
                /\bcloud\b\s*(===|!==|==|!=)|(===|!==)\s*"(gcp|aws|existing)"|switch\s*\([^)]*cloud/.test(source.text),
            )
            .map(({ fileName }) => fileName);
        assert.deepEqual(offenders, []);
    });

    it("read configuration and environment from their arguments only", () => {
        const offenders = sources()
            .filter((source) => /process\.env|new pulumi\.Config|allConfig\(/.test(source.text))
            .map(({ fileName }) => fileName);
        assert.deepEqual(offenders, []);
    });

    it("keep each file under 250 lines and the composition root under 60", () => {
        const long = sources().filter(({ text }) => text.split("\n").length > 251);
        assert.deepEqual(
            long.map(({ fileName }) => fileName),
            [],
        );
        const index = readFileSync(path.join(root, "..", "index.ts"), "utf8");
        assert.ok(index.split("\n").length < 60);
    });
});
