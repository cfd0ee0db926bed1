import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Handles `go env`, and simulates a build: logs its arguments, writes a partial binary, and the rest after the pause.
const SCRIPT = `#!/bin/sh
if [ "$1" = env ]; then printf '%s\\nlinux\\namd64\\n' "$FAKE_GO_VERSION"; exit 0; fi
echo "$*" >> "$FAKE_GO_LOG"
while [ "$1" != -o ]; do shift; done
printf half > "$2"
echo example.org/one >&2
sleep "$FAKE_GO_PAUSE" 2> /dev/null &
trap 'kill $!; exit 130' INT
wait $!
if [ -n "$FAKE_GO_FAILURE" ]; then echo "$FAKE_GO_FAILURE" >&2; exit 1; fi
printf whole > "$2"
`;

/** A temporary folder with a fake `go` and an empty cache, so that the tests need neither Go nor a network. */
export class FakeGo {
    private readonly root = mkdtempSync(join(tmpdir(), "toolchain-"));

    public constructor() {
        for (const folder of ["bin", "empty"]) {
            mkdirSync(join(this.root, folder));
        }
        writeFileSync(join(this.root, "bin", "go"), SCRIPT);
        chmodSync(join(this.root, "bin", "go"), 0o755);
    }

    /** Environment with the fake `go` on the PATH. */
    public env(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
        return {
            PATH: `${join(this.root, "bin")}:/usr/bin:/bin`,
            ECOMMERCE_PLATFORM_CACHE: join(this.root, "cache"),
            FAKE_GO_VERSION: "go1.26.8",
            FAKE_GO_LOG: join(this.root, "log"),
            FAKE_GO_PAUSE: "0",
            FAKE_GO_FAILURE: "",
            ...extra,
        };
    }

    /** Environment without a `go` on the PATH. */
    public envWithoutGo(): Record<string, string> {
        return this.env({ PATH: join(this.root, "empty") });
    }

    /** Arguments of each build. */
    public builds(): string[] {
        const log = join(this.root, "log");
        return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
    }

    public remove(): void {
        rmSync(this.root, { recursive: true, force: true });
    }
}
