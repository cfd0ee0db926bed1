import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

// Type-checked rules everywhere: an Output in a template literal or a promise that is not awaited is a bug that only types see.
export default tseslint.config(
    {
        ignores: [
            "**/node_modules/**",
            "out/**",
            "tools/bench/node_modules/**",
            // Generated, by `npm run crd-types`.
            "custom-resources/types/**",
            "eslint.config.mjs",
            "**/*.js",
            "**/*.cjs",
            "**/*.mjs",
        ],
    },
    js.configs.recommended,
    ...tseslint.configs.strictTypeChecked,
    {
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        plugins: { "@pulumi": pulumi },
        rules: {
            "@pulumi/no-output-in-template-literal": "error",
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/prefer-nullish-coalescing": "error",
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
            // `new Component(...)` for its registration alone is how a Pulumi program is written.
            "no-new": "off",
            "max-lines": ["error", { max: 250, skipBlankLines: false, skipComments: false }],
        },
    },
    {
        files: ["tests/**/*.ts", "**/*.spec.ts"],
        rules: { "@typescript-eslint/no-non-null-assertion": "off" },
    },
);
