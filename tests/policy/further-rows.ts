import { both, sc, type Row } from "./rows";

/** Rows for policies beyond the standard. */
export const furtherRows: readonly Row[] = [
    ...["seccompProfile", "appArmorProfile"].flatMap((field) =>
        ["", null].flatMap((bad) =>
            both({
                policy: "require-localhost-profile-name",
                path: sc(field, "localhostProfile"),
                bad,
                good: ["profiles/shop.json"],
                required: true,
                with: [[sc(field, "type"), "Localhost"]],
            }),
        ),
    ),
    ...both({
        policy: "require-localhost-profile-name",
        path: sc("seccompProfile", "localhostProfile"),
        bad: "profiles/shop.json",
        good: [null],
        with: [[sc("seccompProfile", "type"), "RuntimeDefault"]],
    }),
    ...[false, undefined].map((bad): Row => ({
        policy: "require-read-only-root-filesystem",
        at: "container",
        path: sc("readOnlyRootFilesystem"),
        bad,
        good: [true],
        required: true,
    })),
    ...["default", "", undefined].map((bad): Row => ({
        policy: "forbid-default-service-account",
        at: "pod",
        path: ["serviceAccountName"],
        bad,
        good: ["web"],
        required: true,
        unknownPasses: true,
    })),
    ...[true, undefined].map((bad): Row => ({
        policy: "forbid-service-account-tokens",
        at: "pod",
        path: ["automountServiceAccountToken"],
        bad,
        good: [false],
        required: true,
    })),
    ...["nginx", "nginx:latest", "registry.example.com:5000/nginx", "", undefined].map((bad): Row => ({
        policy: "forbid-floating-image-tags",
        at: "container",
        path: ["image"],
        bad,
        good: [
            "nginx:1.29.3",
            `nginx@sha256:${"a".repeat(64)}`,
            `r.example.com:5000/n:latest@sha256:${"0".repeat(64)}`,
        ],
        required: true,
        unknownPasses: true,
    })),
    ...[
        ["requests", "cpu"],
        ["requests", "memory"],
        ["limits", "memory"],
    ].flatMap((bound) =>
        ["0", "", undefined].map((bad): Row => ({
            policy: "require-resource-bounds",
            at: "container",
            path: ["resources", ...bound],
            bad,
            good: ["1", 1],
            required: true,
            unknownPasses: true,
            notEphemeral: true,
        })),
    ),
];
