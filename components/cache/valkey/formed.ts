import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import { labels } from "../../common/labels";
import { poolPlacement } from "../../common/scheduling";
import { namespace } from "../instances";
import { scriptContainer } from "./containers";
import { podBasics, type PodArgs, podVolumes } from "./member";

/** Waits until a cluster is formed: services that start before would be refused. It changes nothing (CA-01). */
export class FormedJob extends pulumi.ComponentResource {
    public readonly jobName: pulumi.Output<string>;

    constructor(
        name: string,
        args: {
            readonly name: string;
            readonly pods: PodArgs;
            /** The members. */
            readonly needs: readonly pulumi.Resource[];
        },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("shop:cache:FormedJob", name, {}, opts);
        const { pods } = args;
        const { config, instance } = pods;
        const own = labels(args.name, "cache");
        const env = [{ name: "SHARDS", value: String(instance.shards) }];
        const job = new k8s.batch.v1.Job(
            name,
            {
                metadata: { name: args.name, namespace: pods.namespace, labels: own },
                spec: {
                    backoffLimit: 2,
                    activeDeadlineSeconds: 600,
                    template: {
                        metadata: { labels: own },
                        spec: {
                            ...podBasics(pods),
                            ...poolPlacement(
                                args.name,
                                homePool(config.profile, { namespace, pool: "cache" }),
                                config.dedicatedPools,
                            ),
                            restartPolicy: "Never",
                            containers: [scriptContainer("formed", "formed.sh", env, config.images)],
                            volumes: podVolumes(pods),
                        },
                    },
                },
            },
            { parent: this, dependsOn: [...args.needs] },
        );
        this.jobName = job.metadata.name;
        this.registerOutputs({ jobName: this.jobName });
    }
}
