import assert from "node:assert/strict";

import {
    cidrsOverlap,
    isChartSource,
    isCidr,
    isCron,
    isDomain,
    isPinnedImage,
    isRegistry,
    longestPause,
    registryOf,
    weeklyStart,
} from "../../config/formats";

/** Values that a check takes and values that it refuses. */
type Verdicts = Readonly<Record<"takes" | "refuses", readonly string[]>>;

const label63 = "a".repeat(63);
/** A domain of 196 characters and those of its last label but one; DNS takes 253. */
const long = (last: number): string => `${`${label63}.`.repeat(3)}${"a".repeat(last)}.com`;
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const table: Readonly<Record<string, Verdicts & { readonly check: (value: string) => boolean }>> = {
    isDomain: {
        check: isDomain,
        takes: [
            "example.com",
            "a.b",
            "demo.yourdomain.com",
            "xn--bcher-kva.example",
            "1.example.com",
            `${label63}.com`,
            long(57),
        ],
        refuses: [
            "",
            "com",
            "example.com.",
            ".example.com",
            "a..com",
            "*.example.com",
            "Example.com",
            "-a.com",
            "a-.com",
            "a_b.com",
            "example.com:443",
            "example.com/",
            "10.0.0.1",
            "example.42",
            `${label63}a.com`,
            `${`${label63}.`.repeat(4)}com`,
            long(58),
        ],
    },
    isCidr: {
        check: isCidr,
        takes: ["10.0.0.0/16", "0.0.0.0/0", "192.168.1.128/25", "203.0.113.7/32"],
        refuses: [
            "",
            "10.0.0.0",
            "10.0.0.1/16",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "10.0.0.0/08",
            "10.0/16",
            "010.0.0.0/8",
            "256.0.0.0/8",
            "fd00::/8",
            "10.0.0.0/16 ",
        ],
    },
    isCron: {
        check: isCron,
        takes: [
            "0 3 * * 6",
            "*/15 * * * *",
            "0 0-6/2,12 1 jan-mar mon",
            "0 3 ? * SUN",
            "59 23 31 12 0",
            "7 7 7 7 */7",
            "10-45 * * * *",
        ],
        refuses: [
            "",
            "0 3 * *",
            "0 0 3 * * 6",
            "60 * * * *",
            "0 24 * * *",
            "0 0 0 * *",
            "0 0 32 * *",
            "0 0 * 13 *",
            "0 0 * * 7",
            "0 0 * * 5-7",
            "0 0 * * 8",
            "0 0 * * 5-1",
            "*/0 * * * *",
            "0 0 L * *",
            "0 0 * * 6#1",
            "H 0 * * *",
            "0 1,L * * *",
            "0 0 * foo *",
            "@daily",
            "0  3 * * 6",
            " 0 3 * * 6",
        ],
    },
    isPinnedImage: {
        check: isPinnedImage,
        takes: [
            "order:1",
            "order:v1.2.3_rc-4",
            "shop/order:latest-but-one",
            "registry.example.com:5000/shop/order:1",
            `order@${digest}`,
            `ghcr.io/shop/order:1.4@${digest}`,
            `order:${"1".repeat(128)}`,
        ],
        refuses: [
            "",
            "order",
            "order:latest",
            `order:latest@${digest}`,
            "registry.example.com:5000/shop/order",
            "Order:1",
            "order::1",
            "order:1:2",
            "shop//order:1",
            "/order:1",
            "order:",
            "order:-1",
            "order@sha256:abc",
            `order@${digest.toUpperCase()}`,
            `order@${digest}@${digest}`,
            "order:1 ",
            `order:${"1".repeat(129)}`,
        ],
    },
    isRegistry: {
        check: isRegistry,
        takes: ["registry.example.com", "r.example.com:5000/a/b-c", "mirror:5000", "localhost", "localhost/shop"],
        refuses: ["", "mirror", "local", "mirror/shop", "r.example.com/", "r.example.com/A", "oci://r.example.com"],
    },
    isChartSource: {
        check: isChartSource,
        takes: ["oci://r.example.com/charts", "oci://localhost:5000", "./charts", "../charts/a", "/srv/charts"],
        refuses: ["", "charts", "oci://charts", ".../charts", "./charts/", "./a b", "https://r.example.com/charts"],
    },
};

for (const [name, { check, takes, refuses }] of Object.entries(table)) {
    describe(name, () => {
        for (const value of takes) {
            it(`takes "${value.slice(0, 60)}"`, () => {
                assert.equal(check(value), true);
            });
        }
        for (const value of refuses) {
            it(`refuses "${value.slice(0, 60)}"`, () => {
                assert.equal(check(value), false);
            });
        }
    });
}

describe("cidrsOverlap", () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
        ["10.0.0.0/16", "10.0.0.0/16", true],
        ["10.0.0.0/8", "10.200.0.0/24", true],
        ["10.0.0.0/17", "10.0.128.0/17", false],
        ["10.0.0.0/16", "10.1.0.0/16", false],
        ["0.0.0.0/0", "203.0.113.7/32", true],
        ["10.0.0.0/16", "not a network", false],
    ];
    for (const [one, other, expected] of cases) {
        it(`${one} and ${other}: ${expected ? "overlap" : "are apart"}, either way round`, () => {
            assert.equal(cidrsOverlap(one, other), expected);
            assert.equal(cidrsOverlap(other, one), expected);
        });
    }
});

describe("weeklyStart", () => {
    it("is one time of day on some weekdays, in order", () => {
        assert.deepEqual(weeklyStart("30 3 * * 6"), { minute: 30, hour: 3, weekdays: [6] });
        assert.deepEqual(weeklyStart("0 0 * * sat,sun,1"), { minute: 0, hour: 0, weekdays: [0, 1, 6] });
        assert.deepEqual(weeklyStart("5 4 * * *"), { minute: 5, hour: 4, weekdays: [0, 1, 2, 3, 4, 5, 6] });
    });

    for (const value of ["0,30 3 * * 6", "0 3,4 * * 6", "0 3 1 * 6", "0 3 * 1 6", "0 3 * * 7", "now"]) {
        it(`is nothing for "${value}"`, () => {
            assert.equal(weeklyStart(value), undefined);
        });
    }
});

describe("registryOf", () => {
    const cases = {
        "ghcr.io/shop/order:1": "ghcr.io",
        "mirror:5000/order": "mirror:5000",
        "localhost/order": "localhost",
        "shop/order": "docker.io",
        "mylocalhost/order": "docker.io",
        "localhosts/order": "docker.io",
        "order:1.4": "docker.io",
    };
    for (const [image, expected] of Object.entries(cases)) {
        it(`of ${image} is ${expected}`, () => {
            assert.equal(registryOf(image), expected);
        });
    }
});

describe("longestPause", () => {
    const pauses: Readonly<Record<string, number>> = {
        "* * * * *": 60,
        "*/10 * * * *": 600,
        // The last pause of an hour is shorter or longer than the others.
        "*/25 * * * *": 1500,
        "0,10,20 * * * *": 2400,
        "30 * * * *": 3600,
        "0 */6 * * *": 21_600,
        // Over night, until the first start of the next day.
        "*/10 8-20 * * *": 40_200,
        "15 0 * * *": 86_400,
        // Not every day: at least one.
        "*/10 * 1 * *": 86_400,
        "*/10 * * 5 *": 86_400,
        "*/10 * * * 0": 86_400,
    };
    for (const [value, seconds] of Object.entries(pauses)) {
        it(`of ${value} is ${seconds} s`, () => {
            assert.equal(longestPause(value), seconds);
        });
    }
});
