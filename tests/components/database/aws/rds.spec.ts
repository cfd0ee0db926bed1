import assert from "node:assert/strict";

import authorities from "../../../../components/database/config-authorities.json";
import { optionsOf } from "../../deployed";
import { kindObject, kindObjects } from "../kinds";

const name = "database-instances";
const subnets = `${name}-subnets`;

/** What every instance has in prod. */
const common = {
    instanceClass: "db.m7g.2xlarge",
    port: 5432,
    parameterGroupName: `${name}-name`,
    vpcSecurityGroupIds: [`${subnets}-id`],
    publiclyAccessible: false,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    iamDatabaseAuthenticationEnabled: true,
    storageType: "gp3",
    storageEncrypted: true,
    kmsKeyId: `arn:${name}-key`,
    maxAllocatedStorage: 800,
    autoMinorVersionUpgrade: true,
    maintenanceWindow: "sat:03:00-sat:04:00",
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: 7,
    performanceInsightsKmsKeyId: `arn:${name}-key`,
    databaseInsightsMode: "standard",
    monitoringInterval: 60,
    monitoringRoleArn: `arn:${name}-monitoring`,
    copyTagsToSnapshot: true,
    deletionProtection: true,
};

const parameter = (key: string, value: string, applyMethod = "immediate") => ({ name: key, value, applyMethod });

describe("RDS (DB-01, DB-04, DB-18, BK-01, BK-03, SC-06)", () => {
    it("is a primary with a standby, backups at 02:00, seven days of recovery and a final snapshot", async () => {
        const objects = await kindObjects("aws", "rds");
        assert.deepEqual(objects[`Instance ${name}`]?.inputs, {
            ...common,
            engine: "postgres",
            engineVersion: "18",
            username: "postgres",
            password: { secret: "password of database-postgres" },
            allocatedStorage: 200,
            dbSubnetGroupName: `${subnets}-name`,
            multiAz: true,
            backupRetentionPeriod: 7,
            backupWindow: "02:00-02:30",
            deleteAutomatedBackups: false,
            skipFinalSnapshot: false,
            finalSnapshotIdentifier: `${subnets}-name-final`,
        });
    });

    it("has a read replica in each zone, by its name", async () => {
        const objects = await kindObjects("aws", "rds");
        for (const [index, zone] of ["use1-az1", "use1-az2", "use1-az4"].entries()) {
            assert.deepEqual(objects[`Instance ${name}-replica-${index + 1}`]?.inputs, {
                ...common,
                replicateSourceDb: name,
                availabilityZone: `zone of ${subnets}-${zone}`,
                skipFinalSnapshot: true,
            });
        }
        const instances = Object.keys(objects).filter((title) => title.startsWith("Instance "));
        assert.equal(instances.length, 4);
    });

    it("requires TLS and SCRAM, and has parameters by size", async () => {
        const objects = await kindObjects("aws", "rds");
        assert.deepEqual(objects[`ParameterGroup ${name}`]?.inputs, {
            family: "postgres18",
            description: "PostgreSQL",
            parameters: [
                parameter("max_connections", "700", "pending-reboot"),
                parameter("work_mem", "11983"),
                parameter("maintenance_work_mem", "2097152"),
                parameter("max_parallel_workers", "8"),
                parameter("random_page_cost", "1.1"),
                parameter("hot_standby_feedback", "1"),
                parameter("password_encryption", "scram-sha-256"),
                parameter("idle_in_transaction_session_timeout", "60000"),
                parameter("log_min_duration_statement", "100"),
                parameter("log_parameter_max_length", "0"),
                parameter("log_parameter_max_length_on_error", "0"),
                parameter("log_lock_waits", "1"),
                parameter("track_io_timing", "1"),
                parameter("rds.force_ssl", "1"),
                parameter("rds.accepted_password_auth_method", "scram"),
            ],
        });
    });

    it("is in subnets of its own without a way out, and admits the cluster's nodes only", async () => {
        const objects = await kindObjects("aws", "rds");
        const vpcId = "network-id";
        assert.deepEqual(objects[`RouteTable ${subnets}`]?.inputs, { vpcId, tags: { Name: subnets } });
        const ranges = { "use1-az1": "10.40.240.0/22", "use1-az2": "10.40.244.0/22", "use1-az4": "10.40.248.0/22" };
        for (const [zone, cidrBlock] of Object.entries(ranges)) {
            assert.deepEqual(objects[`Subnet ${subnets}-${zone}`]?.inputs, {
                vpcId,
                availabilityZoneId: zone,
                cidrBlock,
                mapPublicIpOnLaunch: false,
                tags: { Name: `${subnets}-${zone}` },
            });
            assert.deepEqual(objects[`RouteTableAssociation ${subnets}-${zone}`]?.inputs, {
                subnetId: `${subnets}-${zone}-id`,
                routeTableId: `${subnets}-id`,
            });
        }
        assert.deepEqual(objects[`SubnetGroup ${subnets}`]?.inputs, {
            description: "Subnets of the database",
            subnetIds: Object.keys(ranges).map((zone) => `${subnets}-${zone}-id`),
        });
        assert.deepEqual(objects[`SecurityGroup ${subnets}`]?.inputs, {
            description: "Clients of the database",
            vpcId,
            tags: { Name: subnets },
        });
        const rules = Object.entries(objects).filter(([title]) => title.startsWith("SecurityGroupIngressRule "));
        assert.deepEqual(
            rules.map(([, { inputs }]) => inputs),
            [
                {
                    securityGroupId: `${subnets}-id`,
                    description: "Nodes and pods of the cluster",
                    ipProtocol: "tcp",
                    fromPort: 5432,
                    toPort: 5432,
                    referencedSecurityGroupId: "sg-pods",
                },
            ],
        );
        assert.ok(!Object.keys(objects).some((title) => title.startsWith("Route ")));
    });

    it("has a key of its own through RDS, and a role for monitoring that only this account's RDS assumes", async () => {
        const objects = await kindObjects("aws", "rds");
        const { inputs: key } = await kindObject(`Key ${name}-key`, "aws", "rds");
        const policy = JSON.parse(key["policy"] as string) as {
            readonly Statement: readonly { readonly Sid: string; readonly Condition?: object }[];
        };
        assert.deepEqual(
            policy.Statement.map(({ Sid, Condition }) => [Sid, Condition]),
            [
                ["AccountDecides", undefined],
                [
                    "ThroughTheService",
                    {
                        StringEquals: {
                            "kms:CallerAccount": "123456789012",
                            "kms:ViaService": "rds.us-east-1.amazonaws.com",
                        },
                    },
                ],
            ],
        );
        const { inputs: role } = await kindObject(`Role ${name}-monitoring`, "aws", "rds");
        assert.equal(role["path"], "/ecommerce/prod/");
        assert.deepEqual(JSON.parse(role["assumeRolePolicy"] as string), {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Service: "monitoring.rds.amazonaws.com" },
                    Action: "sts:AssumeRole",
                    Condition: {
                        StringEquals: { "aws:SourceAccount": "123456789012" },
                        StringLike: { "aws:SourceArn": "arn:aws:rds:us-east-1:123456789012:db:*" },
                    },
                },
            ],
        });
        assert.deepEqual(objects[`RolePolicyAttachment ${name}-monitoring`]?.inputs, {
            role: `${name}-monitoring-name`,
            policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        });
    });

    it("is protected by Pulumi too, and its key outlives the stack as the snapshot does", async () => {
        const objects = await kindObjects("aws", "rds");
        const options = optionsOf(Object.values(objects).filter(({ type }) => type.startsWith("aws:")));
        const instance = { protect: true, customTimeouts: { create: "90m", update: "90m", delete: "90m" } };
        assert.deepEqual(options, {
            [`Instance ${name}`]: instance,
            ...Object.fromEntries([1, 2, 3].map((index) => [`Instance ${name}-replica-${index}`, instance])),
            [`Key ${name}-key`]: { protect: true, retainOnDelete: true },
            [`Key ${name}-copies-key`]: { protect: true, retainOnDelete: true },
            [`InstanceAutomatedBackupsReplication ${name}-copies`]: { deleteBeforeReplace: true },
        });
    });

    it("is copied to the second region, with a key of that region and for as long (BK-04)", async () => {
        const objects = await kindObjects("aws", "rds");
        const copies = objects[`InstanceAutomatedBackupsReplication ${name}-copies`];
        assert.deepEqual(copies?.inputs, {
            sourceDbInstanceArn: `arn:${name}`,
            kmsKeyId: `arn:${name}-copies-key`,
            retentionPeriod: 7,
        });
        assert.equal(copies.provider, "aws aws-dr");
        const { inputs: key, provider } = await kindObject(`Key ${name}-copies-key`, "aws", "rds");
        assert.equal(provider, "aws aws-dr");
        assert.match(key["policy"] as string, /"kms:ViaService":"rds\.us-west-2\.amazonaws\.com"/);
        const dev = await kindObjects("aws", "rds", "dev");
        assert.deepEqual(
            Object.keys(dev).filter((title) => title.includes("-copies")),
            [],
        );
    });

    it("is one small instance in dev, which goes with the stack", async () => {
        const objects = await kindObjects("aws", "rds", "dev");
        const { inputs, options } = await kindObject(`Instance ${name}`, "aws", "rds", "dev");
        const { instanceClass, multiAz, allocatedStorage, deletionProtection, skipFinalSnapshot } = inputs;
        assert.deepEqual(
            { instanceClass, multiAz, allocatedStorage, deletionProtection, skipFinalSnapshot },
            {
                instanceClass: "db.t4g.medium",
                multiAz: false,
                allocatedStorage: 20,
                deletionProtection: false,
                skipFinalSnapshot: true,
            },
        );
        assert.deepEqual([inputs["finalSnapshotIdentifier"], inputs["deleteAutomatedBackups"]], [undefined, true]);
        assert.notEqual(options.protect, true);
        assert.equal(objects[`Instance ${name}-replica-1`], undefined);
    });

    it("is checked by the authority of its region, and by name", async () => {
        const objects = await kindObjects("aws", "rds");
        assert.deepEqual(objects["Secret database-authority"]?.inputs["data"], {
            secret: { "ca.crt": Buffer.from(authorities["us-east-1"]).toString("base64") },
        });
        const { data } = objects["ConfigMap database-pooler-rw"]?.inputs as { readonly data: Record<string, string> };
        assert.match(data["pgbouncer.ini"] ?? "", /^server_tls_sslmode = verify-full$/m);
        assert.match(
            data["pgbouncer.ini"] ?? "",
            /^shop = host=database-instances\.rds\.example port=5432 dbname=shop$/m,
        );
    });
});
