import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillBin } from "./bin";
import { Session, killAll, type SessionOptions } from "./session";

/** A folder for everything that a suite makes, with the executables in it. Nothing of it outlives the suite. */
export class TestEnvironment {
    private constructor(private readonly folder: string) {}

    public static async open(): Promise<TestEnvironment> {
        const folder = mkdtempSync(join(tmpdir(), "engine-suite-"));
        const environment = new TestEnvironment(folder);
        process.on("exit", environment.abandon);
        process.on("SIGINT", killAll);
        process.on("SIGTERM", environment.terminate);
        try {
            await fillBin(join(folder, "bin"));
            return environment;
        } catch (error) {
            environment.close();
            throw error;
        }
    }

    public start(name: string, options: SessionOptions): Promise<Session> {
        return Session.start(join(this.folder, name), join(this.folder, "bin"), options);
    }

    /** Folder of a session: its state, settings and home. */
    public folderOf(name: string): string {
        return join(this.folder, name);
    }

    /** Stops a session and removes what it left on the disk. */
    public async finish(name: string, session: Session | undefined): Promise<void> {
        await session?.stop();
        rmSync(this.folderOf(name), { recursive: true, force: true });
    }

    private readonly abandon = (): void => {
        killAll();
        rmSync(this.folder, { recursive: true, force: true });
    };

    private readonly terminate = (): void => {
        this.abandon();
        process.exit(143);
    };

    public close(): void {
        this.abandon();
        process.off("exit", this.abandon);
        process.off("SIGINT", killAll);
        process.off("SIGTERM", this.terminate);
    }
}
