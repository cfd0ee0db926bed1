import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillBin } from "./bin";
import { Session, killAll, type SessionOptions } from "./session";

/** Retries, because a killed process may write to the folder until it has exited. */
function removeFolder(path: string): void {
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Temporary folder of a suite with its executables and sessions; removed with them at the end. */
export class TestEnvironment {
    private constructor(private readonly folder: string) {}

    public static async open(): Promise<TestEnvironment> {
        const folder = mkdtempSync(join(tmpdir(), "engine-suite-"));
        const environment = new TestEnvironment(folder);
        process.on("exit", environment.cleanUp);
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

    /** Stops a session and removes its folder. */
    public async finish(name: string, session: Session | undefined): Promise<void> {
        await session?.stop();
        removeFolder(this.folderOf(name));
    }

    private readonly cleanUp = (): void => {
        killAll();
        removeFolder(this.folder);
    };

    private readonly terminate = (): void => {
        this.cleanUp();
        process.exit(143);
    };

    public close(): void {
        this.cleanUp();
        process.off("exit", this.cleanUp);
        process.off("SIGINT", killAll);
        process.off("SIGTERM", this.terminate);
    }
}
