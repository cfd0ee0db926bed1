import { basename } from "node:path";

import type { Change, Json, Operation, Outcome } from "../../engine/harness/protocol";
import type { Session } from "../../engine/harness/session";
import type { TestEnvironment } from "../../engine/harness/test-environment";
import { POLICY_PACK, typeAndName } from "../../engine/lifecycle";
import { KUBECONFIG_VARIABLE } from "../../engine/providers/kubernetes/connection";
import { FALLBACKS, WARNINGS } from "../../engine/providers/kubernetes/journal";
import type { ControlPlane } from "../control-plane/start";
import type { Case } from "../plan/cases";

type Config = Readonly<Record<string, Json>>;

const namespaced = (config: Config): Config =>
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`ecommerce-platform:${key}`, value]));

/** `<op> <type>::<name>` of each change, in order. */
export const changesOf = (changes: readonly Change[]): string[] =>
    changes.map(({ op, urn }) => `${op} ${typeAndName(urn)}`).sort();

/** A stack run by the engine, with its objects on a real API server and its cloud resources in the stand-ins. */
export class StackRun {
    private constructor(
        private readonly name: string,
        public readonly session: Session,
    ) {}

    /** @param program module to run instead of the project's program. */
    public static async start(
        environment: TestEnvironment,
        plane: ControlPlane,
        { stack, cloud }: Case,
        program?: string,
    ): Promise<StackRun> {
        const name = program === undefined ? `${stack}-${cloud}` : basename(program, ".ts");
        const session = await environment.start(name, {
            stack,
            config: namespaced({ cloud }),
            policyPack: POLICY_PACK,
            ...(program === undefined ? {} : { program }),
            env: { [KUBECONFIG_VARIABLE]: plane.kubeconfig },
        });
        return new StackRun(name, session);
    }

    /** Folder of the run, with its state. */
    public folder(environment: TestEnvironment): string {
        return environment.folderOf(this.name);
    }

    public finish(environment: TestEnvironment): Promise<void> {
        return environment.finish(this.name, this.session);
    }

    /**
     * Runs an operation that must succeed; previews and updates run with the policy pack.
     *
     * @throws Error when the operation fails, the API server sent a `Warning` header or a mandatory policy is violated.
     */
    public async succeed(operation: Operation, config?: Config): Promise<Outcome> {
        const policyPack = operation.kind === "preview" || operation.kind === "up";
        const settings = config === undefined ? {} : { config: namespaced(config) };
        const outcome = await this.session.succeed({ ...operation, ...settings, policyPack });
        const warnings = await this.take(WARNINGS);
        const mandatory = outcome.violations.filter(({ level }) => level === "mandatory");
        if (warnings.length + mandatory.length > 0) {
            throw new Error([...warnings, ...mandatory.map(({ policy, urn }) => `${policy}: ${urn}`)].join("\n"));
        }
        return outcome;
    }

    /** `<object>: <reason>` of the objects that were validated in memory since the last call. */
    public fallbacks(): Promise<string[]> {
        return this.take(FALLBACKS);
    }

    public async state(): Promise<string[]> {
        return ((await this.session.export()).resources ?? []).map(({ urn }) => urn).sort();
    }

    private async take(bucket: string): Promise<string[]> {
        const keys = (await this.session.store.list(bucket)).map(({ key }) => key);
        for (const key of keys) {
            await this.session.store.delete(bucket, key);
        }
        return keys.sort();
    }
}
