import { basename } from "node:path";

import type { Change, Json, Operation, Outcome } from "../../engine/harness/protocol";
import type { Session } from "../../engine/harness/session";
import type { Workbench } from "../../engine/harness/workbench";
import { POLICY_PACK, shortOf } from "../../engine/journeys";
import { KUBECONFIG_VARIABLE } from "../../engine/providers/kubernetes/connection";
import { FALLBACKS, WARNINGS } from "../../engine/providers/kubernetes/journal";
import type { ControlPlane } from "../control-plane/start";
import type { Case } from "../plan/cases";

type Config = Readonly<Record<string, Json>>;

const namespaced = (config: Config): Config =>
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`ecommerce-platform:${key}`, value]));

/** `<op> <type>::<name>` of each change, in order. */
export const changesOf = (changes: readonly Change[]): string[] =>
    changes.map(({ op, urn }) => `${op} ${shortOf(urn)}`).sort();

/** A stack under the engine, with its objects on a real API server and its cloud resources in the stand-ins. */
export class Life {
    private constructor(
        private readonly name: string,
        public readonly session: Session,
    ) {}

    /** @param program another one than the project's own. */
    public static async begin(
        workbench: Workbench,
        plane: ControlPlane,
        { stack, cloud }: Case,
        program?: string,
    ): Promise<Life> {
        const name = program === undefined ? `${stack}-${cloud}` : basename(program, ".ts");
        const session = await workbench.start(name, {
            stack,
            config: namespaced({ cloud }),
            policyPack: POLICY_PACK,
            ...(program === undefined ? {} : { program }),
            env: { [KUBECONFIG_VARIABLE]: plane.kubeconfig },
        });
        return new Life(name, session);
    }

    /** Folder of the run, with its state. */
    public folder(workbench: Workbench): string {
        return workbench.folderOf(this.name);
    }

    public end(workbench: Workbench): Promise<void> {
        return workbench.finish(this.name, this.session);
    }

    /**
     * One operation that has to succeed, with the policy pack where the engine takes one.
     *
     * @throws Error with the API server's words when it warned of anything.
     */
    public async succeed(operation: Operation, config?: Config): Promise<Outcome> {
        const policyPack = operation.kind === "preview" || operation.kind === "up";
        const settings = config === undefined ? {} : { config: namespaced(config) };
        const outcome = await this.session.succeed({ ...operation, ...settings, policyPack });
        const warnings = await this.take(WARNINGS);
        const held = outcome.violations.filter(({ level }) => level === "mandatory");
        if (warnings.length + held.length > 0) {
            throw new Error([...warnings, ...held.map(({ policy, urn }) => `${policy}: ${urn}`)].join("\n"));
        }
        return outcome;
    }

    /** `<object>: <reason>` of what the API server could not be asked about since the last look. */
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
