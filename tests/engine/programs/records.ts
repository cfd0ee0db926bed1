import { AwsTrail } from "../../../components/audit/aws/trail";
import { GcpAudit } from "../../../components/audit/gcp/audit-logs";
import { cloudProviders, drProvider } from "../../../components/cloud";
import { GcpAgents } from "../../../components/common/gcp/service-agents";
import { layers } from "../../../components/platform";
import { AwsBuckets } from "../../../components/storage/aws/buckets";
import { GcpBuckets } from "../../../components/storage/gcp/buckets";
import { workloads } from "../../../catalog/workloads";

/** The buckets of a stack with the audit records, without cluster. */
const program: () => Promise<Record<string, unknown>> = () => {
    const config = layers.configuration.load(workloads);
    const opts = { providers: cloudProviders(config) };
    if (config.cloud === "aws") {
        const storage = new AwsBuckets("storage-buckets", { config, drProvider: drProvider(config) }, opts);
        new AwsTrail("audit", { config, storage }, opts);
    } else {
        const { storage: agent } = new GcpAgents("storage-agents", { config }, opts);
        const storage = new GcpBuckets("storage-buckets", { config, agent }, opts);
        new GcpAudit("audit", { config, storage }, opts);
    }
    return Promise.resolve({});
};

export = program;
