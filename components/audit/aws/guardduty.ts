import * as guardduty from "@pulumi/aws/guardduty";
import * as pulumi from "@pulumi/pulumi";

/** Sources that GuardDuty reads besides the account's own events, the VPC's flow and its DNS. */
const sources = {
    /** What the clusters' audit logs say: an anonymous request that succeeded, a pod with a host mount (E15). */
    cluster: "EKS_AUDIT_LOGS",
    /** Who reads and deletes objects: backups taken abroad, a bucket emptied. */
    objects: "S3_DATA_EVENTS",
} as const;

/**
 * Watches the account in one region for signs of an intruder (E15). AWS allows one detector in an account and region:
 * where the organisation switches GuardDuty on, `aws.guardDuty` is false.
 */
export class GuardDuty extends pulumi.ComponentResource {
    public readonly detectorId: pulumi.Output<string>;

    constructor(name: string, _args: Readonly<Record<string, never>>, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:GuardDuty", name, {}, opts);
        const child = { parent: this };
        const detector = new guardduty.Detector(
            name,
            // Left to itself GuardDuty tells of a finding's return after six hours.
            { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
            child,
        );
        for (const [role, feature] of Object.entries(sources)) {
            new guardduty.DetectorFeature(
                `${name}-${role}`,
                // GuardDuty reads them at their source: neither a trail nor a log group has to hand them over.
                { detectorId: detector.id, name: feature, status: "ENABLED" },
                child,
            );
        }
        this.detectorId = detector.id;
        this.registerOutputs({ detectorId: this.detectorId });
    }
}
