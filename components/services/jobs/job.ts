import * as pulumi from "@pulumi/pulumi";

import type { TrafficGraph } from "../../../catalog/graph";
import type { Job } from "../../../catalog/jobs";
import { homePool } from "../../../config/profiles";
import type { IssuerRef } from "../../common/certificate";
import { ScheduledJob } from "../../common/scheduled-job";
import { poolPlacement } from "../../common/scheduling";
import { podSecurityContext } from "../../common/security-context";
import { variables } from "../../common/variables";
import type { Stores } from "../../layer";
import { identityAnnotations, secretMounts, secretVolumes, workloadSecrets } from "../credentials";
import { callVariables, certificateFolder, credentialsFolder, storeOf } from "../environment";
import type { LayerConfig } from "../layer-config";
import { jobComponent } from "./declare";
import type { JobDefinition } from "./types";

/** Arguments of {@link CatalogJob}. */
export interface CatalogJobArgs {
    /** Name of the entry in the catalogue. */
    readonly jobName: string;
    readonly job: Job;
    readonly definition: JobDefinition;
    readonly config: LayerConfig;
    readonly graph: TrafficGraph;
    /** Stores of the platform, each with its callers' dependencies. */
    readonly stores: Stores;
    /** Issuer of its certificate. */
    readonly issuer: IssuerRef;
    /** The job's namespace; resolves when its quota and the job's network policy exist. */
    readonly namespace: pulumi.Input<string>;
}

/** A job of the catalogue as a CronJob, which reaches its stores as a service does: by its own certificate and users (SV-13). */
export class CatalogJob extends pulumi.ComponentResource {
    /** Name of the CronJob, from which a Job can be created by hand. */
    public readonly cronJobName: pulumi.Output<string>;

    constructor(name: string, args: CatalogJobArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:CatalogJob", name, {}, opts);
        const { jobName, job, definition, config, graph, stores, issuer, namespace } = args;
        const child = { parent: this };
        const secrets = workloadSecrets(name, { workload: jobName, graph, stores, namespace, issuer }, child);
        const annotations = identityAnnotations(jobName, graph, stores);
        const context = {
            config,
            env: variables(callVariables(jobName, job.refreshes ?? [], {}, graph, stores)),
            mountsOf: (store: string) =>
                secretMounts(
                    secrets.filter(({ folder }) => [certificateFolder, credentialsFolder(store)].includes(folder)),
                ),
        };
        const { cronJobName } = new ScheduledJob(
            `${name}-job`,
            {
                jobName,
                namespace,
                component: jobComponent,
                schedule: definition.schedule(config),
                startWithinSeconds: definition.startWithinSeconds,
                stopAfterSeconds: definition.stopAfterSeconds,
                ...(annotations === undefined ? {} : { accountAnnotations: annotations }),
                pod: {
                    securityContext: podSecurityContext(),
                    ...poolPlacement(jobName, homePool(config.profile, job), config.dedicatedPools),
                    ...definition.containers(context),
                    volumes: [
                        { name: "work", emptyDir: { sizeLimit: definition.workSize } },
                        ...secretVolumes(secrets),
                    ],
                },
                needs: job.calls.stores.flatMap((store) => storeOf(stores, jobName, store).ready),
            },
            child,
        );
        this.cronJobName = cronJobName;
        this.registerOutputs({ cronJobName: this.cronJobName });
    }
}
