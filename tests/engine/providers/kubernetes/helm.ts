import { Refusal, type Failure, type State } from "../core/provider";
import type { Store } from "../core/store";
import { at, given, isUnknown, stringAt, type Bag, type Value } from "../core/value";
import { RELEASES } from "./memory";

export const RELEASE_TYPE = "kubernetes:helm.sh/v3:Release";

const VERSION = /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.-]+)?$/;

/** A release requires a chart, an exact version, a repository and a name. */
export function releaseFailures(inputs: Bag): readonly Failure[] {
    const failures: Failure[] = [];
    const chart = stringAt(inputs, "chart") ?? "";
    if (!given(inputs, "chart")) {
        failures.push({ property: "chart", reason: "chart is required" });
    }
    if (!given(inputs, "name")) {
        failures.push({
            property: "name",
            reason: "name is required: a generated release name changes the names of its objects",
        });
    }
    const version = inputs["version"];
    if (!isUnknown(version) && (typeof version !== "string" || !VERSION.test(version))) {
        const reason = `version must be an exact version, not ${JSON.stringify(version ?? "")}`;
        failures.push({ property: "version", reason });
    }
    if (!/^(oci:\/\/|\.{0,2}\/)/.test(chart) && !given(inputs, "repositoryOpts.repo")) {
        failures.push({
            property: "repositoryOpts.repo",
            reason: "repo is required unless the chart is an oci:// address or a path",
        });
    }
    return failures;
}

/** Keys of charts' values that make a chart create Certificates of cert-manager. */
const CERTIFICATES: readonly (readonly [path: string, value: Value])[] = [
    ["values.enableCertManager", true],
    ["values.admissionController.certManager.enabled", true],
    ["values.tls.type", "cert-manager"],
    ["values.certificates.certManager.enabled", true],
];

const keyOf = (inputs: Bag): string =>
    `${stringAt(inputs, "namespace") ?? "default"}/${stringAt(inputs, "name") ?? ""}`;

/** Stores releases without rendering their charts. */
export class Releases {
    public constructor(private readonly store: Store) {}

    private static state(inputs: Bag, revision: number): State {
        const name = stringAt(inputs, "name") ?? "";
        const namespace = stringAt(inputs, "namespace") ?? "default";
        const version = inputs["version"] ?? null;
        const status: Bag = { name, namespace, revision, status: "deployed", chart: inputs["chart"] ?? "", version };
        return { id: `${namespace}/${name}`, outputs: { ...inputs, name, namespace, status, resourceNames: {} } };
    }

    public async create(inputs: Bag, preview: boolean): Promise<State> {
        const state = Releases.state(inputs, 1);
        if (!preview && CERTIFICATES.some(([path, value]) => at(inputs, path) === value)) {
            await this.requireCertManager();
        }
        if (!preview && !(await this.store.create(RELEASES, keyOf(inputs), inputs))) {
            throw new Refusal("cannot re-use a name that is still in use");
        }
        return state;
    }

    /** Until its pods are ready, the API server refuses Certificates: https://cert-manager.io/docs/troubleshooting/webhook. */
    private async requireCertManager(): Promise<void> {
        const releases = await this.store.list(RELEASES);
        if (!releases.some(({ value }) => stringAt(value, "chart")?.split("/").pop()?.startsWith("cert-manager"))) {
            throw new Refusal(
                'no matches for kind "Certificate" in version "cert-manager.io/v1"; ensure CRDs are installed first',
            );
        }
    }

    public async update(inputs: Bag, preview: boolean): Promise<State> {
        if (!preview) {
            await this.store.put(RELEASES, keyOf(inputs), inputs);
        }
        return Releases.state(inputs, 2);
    }

    public async read(inputs: Bag): Promise<State | undefined> {
        const found = await this.store.get(RELEASES, keyOf(inputs));
        return found === undefined ? undefined : Releases.state(found, 1);
    }

    public async delete(inputs: Bag): Promise<void> {
        await this.store.delete(RELEASES, keyOf(inputs));
    }
}
