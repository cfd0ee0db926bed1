import * as guardduty from "@pulumi/aws/guardduty";
import * as pulumi from "@pulumi/pulumi";

/** Data sources besides the account's events, VPC flow logs and DNS logs. */
const features = {
    /** Audit logs of the clusters: a successful anonymous request, a pod with a host mount (E15). */
    cluster: "EKS_AUDIT_LOGS",
    /** Reads and deletions of objects: a download of backups, an emptied bucket. */
    objects: "S3_DATA_EVENTS",
} as const;

/**
 * Threat detection for the account in one region (E15). AWS allows one detector per account and region: where the
 * organisation enables GuardDuty, set `aws.guardDuty` to false.
 */
export class GuardDuty extends pulumi.ComponentResource {
    public readonly detectorId: pulumi.Output<string>;

    constructor(name: string, _args: Readonly<Record<string, never>>, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:GuardDuty", name, {}, opts);
        const child = { parent: this };
        const detector = new guardduty.Detector(
            name,
            // By default GuardDuty publishes recurring findings every six hours.
            { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
            child,
        );
        for (const [role, feature] of Object.entries(features)) {
            new guardduty.DetectorFeature(
                `${name}-${role}`,
                // GuardDuty reads the source directly: no trail and no log group is needed.
                { detectorId: detector.id, name: feature, status: "ENABLED" },
                child,
            );
        }
        this.detectorId = detector.id;
        this.registerOutputs({ detectorId: this.detectorId });
    }
}
