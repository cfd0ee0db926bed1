import type { Change } from "../core/diff";
import { Refusal, type Checked, type Failure, type Provider, type State, type Target } from "../core/provider";
import { at, given, isUnknown, stringAt, type Bag } from "../core/value";
import { kindOf, referenceTo, type Backend, type Reference } from "./backend";
import { RELEASE_TYPE, releaseFailures, type Releases } from "./helm";
import { kubeconfigFailures, serverOf } from "./kubeconfig";
import { replacedBy } from "./replaces";

/** The cluster of the provider: its API, in memory or real, and its Helm releases. */
export interface Cluster {
    readonly objects: Backend;
    readonly releases: Releases;
}

/** Kind of a type token: `Deployment` for `kubernetes:apps/v1:Deployment`. */
const kindName = (target: Target): string => target.type.split(":")[2] ?? "";

const idOf = ({ namespace, name }: Reference): string => (namespace === undefined ? name : `${namespace}/${name}`);

/** Translates engine requests to calls of a {@link Cluster}. */
export class KubernetesProvider implements Provider {
    private settings: Bag = {};

    public constructor(
        public readonly version: string,
        private readonly cluster: Cluster,
        /** Resources that exist after a create request but never get ready, as a Deployment whose image is missing. */
        private readonly unready: readonly string[] = [],
    ) {}

    public checkConfig(inputs: Bag): readonly Failure[] {
        return kubeconfigFailures(inputs);
    }

    /**
     * As `DiffConfig` in provider/pkg/provider/provider.go of https://github.com/pulumi/pulumi-kubernetes at 94977969: an
     * unchanged identifier prevents every replacement, an added or removed one causes none, and without one another server
     * in the kubeconfig, or one that is not known yet, counts as another cluster. The real provider compares the
     * certificate authority too.
     */
    public configReplaces(before: Bag, after: Bag): readonly string[] {
        if (given(after, "clusterIdentifier") && given(before, "clusterIdentifier")) {
            return before["clusterIdentifier"] === after["clusterIdentifier"] ? [] : ["clusterIdentifier"];
        }
        if (isUnknown(after["kubeconfig"])) {
            return ["kubeconfig"];
        }
        const server = (inputs: Bag): string | undefined => serverOf(inputs["kubeconfig"], stringAt(inputs, "context"));
        const [was, is] = [server(before), server(after)];
        // A kubeconfig without a known cluster, such as the machine's, is compared with none.
        return was === undefined || is === undefined || was === is ? [] : ["kubeconfig"];
    }

    public configure(inputs: Bag): Promise<void> {
        const [failure] = kubeconfigFailures(inputs);
        if (failure !== undefined) {
            throw new Refusal(failure.reason);
        }
        this.settings = inputs;
        return Promise.resolve();
    }

    public async check(target: Target, _olds: Bag, news: Bag): Promise<Checked> {
        if (target.type === RELEASE_TYPE) {
            return { inputs: news, failures: releaseFailures(news) };
        }
        try {
            if (kindOf(news).kind !== kindName(target)) {
                throw new Refusal(`${target.type} does not match the kind of the object`);
            }
            await this.cluster.objects.check(news);
            return { inputs: news, failures: [] };
        } catch (error) {
            if (error instanceof Refusal) {
                return { inputs: news, failures: [{ property: "", reason: error.message }] };
            }
            throw error;
        }
    }

    public replaces(target: Target, changes: readonly Change[]): readonly string[] {
        return replacedBy(kindName(target), changes, {
            configMaps: this.enabled("enableConfigMapMutable"),
            secrets: this.enabled("enableSecretMutable"),
        });
    }

    private enabled(setting: string): boolean {
        const value = this.settings[setting];
        return value === true || value === "true";
    }

    public deleteBeforeReplace(target: Target, before: Bag, after: Bag): boolean {
        const paths = target.type === RELEASE_TYPE ? ["name", "namespace"] : ["metadata.name", "metadata.namespace"];
        return paths.every((path) => at(before, path) === at(after, path));
    }

    public async create(target: Target, inputs: Bag, preview: boolean): Promise<State> {
        if (target.type === RELEASE_TYPE) {
            if (!preview && inputs["createNamespace"] !== true) {
                await this.cluster.objects.requireNamespace({ namespace: stringAt(inputs, "namespace") });
            }
            return this.whenReady(target, await this.cluster.releases.create(inputs, preview), preview);
        }
        const live = await this.cluster.objects.create(inputs, { dryRun: preview });
        return this.whenReady(target, this.state(live), preview);
    }

    private whenReady({ name }: Target, state: State, preview: boolean): Promise<State> {
        return preview || !this.unready.includes(name) ? Promise.resolve(state) : new Promise(() => undefined);
    }

    public async read(target: Target, _id: string, inputs: Bag): Promise<(State & { inputs: Bag }) | undefined> {
        if (target.type === RELEASE_TYPE) {
            const release = await this.cluster.releases.read(inputs);
            return release === undefined ? undefined : { ...release, inputs };
        }
        const { objects } = this.cluster;
        const live = await objects.read(referenceTo(inputs));
        return live === undefined ? undefined : { ...this.state(live), inputs: await objects.readInputs(live, inputs) };
    }

    public async update(target: Target, _id: string, _before: Bag, after: Bag, preview: boolean): Promise<State> {
        if (target.type === RELEASE_TYPE) {
            return this.cluster.releases.update(after, preview);
        }
        return this.state(await this.cluster.objects.update(after, { dryRun: preview }));
    }

    public async delete(target: Target, _id: string, inputs: Bag): Promise<void> {
        if (target.type === RELEASE_TYPE) {
            await this.cluster.releases.delete(inputs);
        } else {
            await this.cluster.objects.delete(referenceTo(inputs));
        }
    }

    public invoke(token: string): Promise<Bag> {
        return Promise.reject(new Refusal(`${token}: the kubernetes stand-in does not support this function`));
    }

    private state(live: Bag): State {
        const secret = stringAt(live, "kind") === "Secret";
        return { id: idOf(referenceTo(live)), outputs: live, secretOutputs: secret ? ["data", "stringData"] : [] };
    }
}
