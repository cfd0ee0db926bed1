import { type Facts, nothing } from "./fact";
import { kubernetesFactTable } from "./fact-table-kubernetes";
import { isObject, type Json, type JsonObject } from "./json";
import type { PlannedResource } from "./types";

/** One entry a resource type; an empty one says that nobody needs to review more than that the resource is there. */
export const factTable: Readonly<Record<string, Facts>> = {
    "pulumi:pulumi:Stack": nothing,
    "pulumi:providers:aws": ["region", "allowedAccountIds"],
    "pulumi:providers:gcp": ["project", "region"],
    "pulumi:providers:kubernetes": ["enableServerSideApply", "context"],

    "aws:cloudtrail/trail:Trail": [
        "name",
        "s3BucketName",
        "isMultiRegionTrail",
        "enableLogFileValidation",
        "kmsKeyId",
        "managementEvents: eventSelectors[].includeManagementEvents",
        "objects: eventSelectors[].dataResources[].values",
    ],
    "aws:cloudwatch/eventRule:EventRule": ["eventPattern"],
    "aws:cloudwatch/eventTarget:EventTarget": nothing,
    "aws:cloudwatch/logGroup:LogGroup": ["retentionInDays", "kmsKeyId"],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["ingress", "egress"],
    "aws:ec2/eip:Eip": nothing,
    "aws:ec2/flowLog:FlowLog": ["trafficType"],
    "aws:ec2/internetGateway:InternetGateway": nothing,
    "aws:ec2/launchTemplate:LaunchTemplate": [
        "metadataOptions.httpTokens",
        "metadataOptions.httpPutResponseHopLimit",
        "blockDeviceMappings[].ebs.encrypted",
        "blockDeviceMappings[].ebs.kmsKeyId",
        "cpuOptions.amdSevSnp",
    ],
    "aws:ec2/natGateway:NatGateway": nothing,
    "aws:ec2/route:Route": ["destinationCidrBlock"],
    "aws:ec2/routeTable:RouteTable": nothing,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": nothing,
    "aws:ec2/securityGroup:SecurityGroup": ["ingress", "egress"],
    "aws:ec2/subnet:Subnet": ["cidrBlock", "availabilityZone", "mapPublicIpOnLaunch"],
    "aws:ec2/vpc:Vpc": ["cidrBlock"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["serviceName"],
    "aws:eks/accessEntry:AccessEntry": ["type", "principalArn"],
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ["policyArn", "scope: accessScope.type"],
    "aws:eks/addon:Addon": ["addonName", "addonVersion"],
    "aws:eks/cluster:Cluster": [
        "version",
        "accessConfig.authenticationMode",
        "accessConfig.bootstrapClusterCreatorAdminPermissions",
        "vpcConfig.endpointPublicAccess",
        "vpcConfig.publicAccessCidrs",
        "encrypts: encryptionConfig.resources",
        "enabledClusterLogTypes",
        "deletionProtection",
    ],
    "aws:eks/nodeGroup:NodeGroup": [
        "instanceTypes",
        "capacityType",
        "scalingConfig.minSize",
        "scalingConfig.maxSize",
        "labels",
        "taints: taints[].key",
    ],
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": ["namespace", "serviceAccount"],
    "aws:guardduty/detector:Detector": ["enable", "findingPublishingFrequency"],
    "aws:guardduty/detectorFeature:DetectorFeature": ["name", "status"],
    "aws:iam/instanceProfile:InstanceProfile": nothing,
    "aws:iam/role:Role": ["assumeRolePolicy"],
    "aws:iam/rolePolicy:RolePolicy": ["policy"],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn"],
    "aws:kms/key:Key": ["enableKeyRotation", "deletionWindowInDays", "rotationPeriodInDays"],
    "aws:s3/bucket:Bucket": ["bucket", "objectLockEnabled", "forceDestroy"],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
        "transitions: rules[].transitions[].storageClass",
        "transitionDays: rules[].transitions[].days",
        "expirationDays: rules[].expiration.days",
        "noncurrentDays: rules[].noncurrentVersionExpiration.noncurrentDays",
    ],
    "aws:s3/bucketLogging:BucketLogging": ["targetPrefix"],
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
        "rule.defaultRetention.mode",
        "rule.defaultRetention.days",
    ],
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["rule.objectOwnership"],
    "aws:s3/bucketPolicy:BucketPolicy": ["policy"],
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
        "blockPublicAcls",
        "blockPublicPolicy",
        "ignorePublicAcls",
        "restrictPublicBuckets",
    ],
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [
        "statuses: rules[].status",
        "deletions: rules[].deleteMarkerReplication.status",
        "minutes: rules[].destination.replicationTime.time.minutes",
    ],
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
        "algorithms: rules[].applyServerSideEncryptionByDefault.sseAlgorithm",
        "keys: rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId",
    ],
    "aws:s3/bucketVersioning:BucketVersioning": ["versioningConfiguration.status"],
    "aws:sqs/queue:Queue": ["sqsManagedSseEnabled", "kmsMasterKeyId"],
    "aws:sqs/queuePolicy:QueuePolicy": ["policy"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["cidrIpv4", "ipProtocol", "fromPort", "toPort"],

    "gcp:binaryauthorization/policy:Policy": [
        "globalPolicyEvaluationMode",
        "evaluationMode: defaultAdmissionRule.evaluationMode",
        "enforcementMode: defaultAdmissionRule.enforcementMode",
        "admitted: admissionWhitelistPatterns[].namePattern",
    ],
    "gcp:compute/firewall:Firewall": [
        "direction",
        "sourceRanges",
        "protocols: allows[].protocol",
        "ports: allows[].ports",
        "denies",
    ],
    "gcp:compute/globalAddress:GlobalAddress": ["purpose", "address", "prefixLength"],
    "gcp:compute/network:Network": ["autoCreateSubnetworks"],
    "gcp:compute/router:Router": nothing,
    "gcp:compute/routerNat:RouterNat": ["natIpAllocateOption", "log: logConfig.filter"],
    "gcp:compute/subnetwork:Subnetwork": [
        "ipCidrRange",
        "secondaryRanges: secondaryIpRanges[].ipCidrRange",
        "privateIpGoogleAccess",
    ],
    "gcp:container/cluster:Cluster": [
        "minMasterVersion",
        "privateClusterConfig.enablePrivateNodes",
        "privateClusterConfig.enablePrivateEndpoint",
        "authorizedNetworks: masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock",
        "controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic",
        "databaseEncryption: databaseEncryption.state",
        "workloadIdentityConfig.workloadPool",
        "binaryAuthorization: binaryAuthorization.evaluationMode",
        "enableShieldedNodes",
        "enableLegacyAbac",
        "anonymousAuthentication: anonymousAuthenticationConfig.mode",
        "datapathProvider",
        "releaseChannel: releaseChannel.channel",
        "deletionProtection",
    ],
    "gcp:container/nodePool:NodePool": [
        "nodeConfig.machineType",
        "nodeConfig.spot",
        "nodeConfig.labels",
        "taints: nodeConfig.taints[].key",
        "confidential: nodeConfig.confidentialNodes.enabled",
        "nodeConfig.shieldedInstanceConfig.enableSecureBoot",
        "workloadMetadata: nodeConfig.workloadMetadataConfig.mode",
        "nodeConfig.bootDiskKmsKey",
        "networkConfig.enablePrivateNodes",
        "autoscaling.totalMinNodeCount",
        "autoscaling.totalMaxNodeCount",
    ],
    "gcp:kms/cryptoKey:CryptoKey": ["rotationPeriod", "destroyScheduledDuration"],
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": ["role", "member"],
    "gcp:kms/keyRing:KeyRing": ["location"],
    "gcp:logging/projectSink:ProjectSink": ["destination", "filter", "uniqueWriterIdentity"],
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": ["service", "records: auditLogConfigs[].logType"],
    "gcp:projects/iAMMember:IAMMember": ["role", "member"],
    "gcp:projects/iAMCustomRole:IAMCustomRole": ["permissions"],
    "gcp:projects/serviceIdentity:ServiceIdentity": ["service"],
    "gcp:serviceaccount/account:Account": ["accountId"],
    "gcp:storage/bucket:Bucket": [
        "name",
        "location",
        "customPlacementConfig.dataLocations",
        "rpo",
        "uniformBucketLevelAccess",
        "publicAccessPrevention",
        "versioning: versioning.enabled",
        "encryption.defaultKmsKeyName",
        "logs: logging.logObjectPrefix",
        "callBackSeconds: softDeletePolicy.retentionDurationSeconds",
        "actions: lifecycleRules[].action.type",
        "classes: lifecycleRules[].action.storageClass",
        "ages: lifecycleRules[].condition.age",
        "forceDestroy",
    ],
    "gcp:storage/bucketIAMMember:BucketIAMMember": ["bucket", "role", "member"],
    "gcp:serviceaccount/iAMMember:IAMMember": ["role", "member"],
    "gcp:servicenetworking/connection:Connection": ["service"],
    "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember": ["managedZone", "role", "member"],

    ...kubernetesFactTable,

    "random:index/randomPassword:RandomPassword": ["length"],
};

/** The facts of one resource; fields that are not set are left out. */
export function factsOf({ type, inputs, options }: PlannedResource): JsonObject {
    const facts = factTable[type] ?? nothing;
    const found =
        typeof facts === "function"
            ? facts(inputs)
            : Object.fromEntries(facts.flatMap((fact) => pathFact(inputs, fact)));
    return {
        ...found,
        ...(options.protect === true ? { protect: true } : {}),
        ...(options.retainOnDelete === true ? { retainOnDelete: true } : {}),
    };
}

function pathFact(inputs: JsonObject, fact: string): [string, Json][] {
    const [label, path = label] = fact.split(": ") as [string, string?];
    const steps = path.split(/(?<!\\)\./);
    const value = select(inputs, steps);
    return value === undefined ? [] : [[path === label ? (steps.at(-1) ?? path) : label, value]];
}

function select(value: Json, path: readonly string[]): Json | undefined {
    const [step, ...rest] = path;
    if (step === undefined) {
        return value;
    }
    const each = step.endsWith("[]");
    const next = isObject(value) ? value[step.replace("[]", "").replaceAll("\\", "")] : undefined;
    if (next === undefined) {
        return undefined;
    }
    if (!each || !Array.isArray(next)) {
        return select(next, rest);
    }
    const items = next.flatMap((item) => select(item, rest) ?? []);
    return items.length === 0 ? undefined : items;
}
