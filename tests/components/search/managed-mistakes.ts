import type { GoodExample, Mistake } from "../../config/stack-file";

const key = "ecommerce-platform:search";
const managed = { "search.kind": "opensearch-service" };
const machines =
    "t3.small.search, t3.medium.search, m6g.large.search, m6g.xlarge.search, m6g.2xlarge.search, m6g.4xlarge.search, " +
    "m6g.8xlarge.search, r6g.large.search, r6g.xlarge.search, r6g.2xlarge.search, r6g.4xlarge.search, r6g.8xlarge.search";

/** Who runs the engine, and machines that it does not have. */
export const managedMistakes: readonly Mistake[] = [
    {
        what: "OpenSearch Service on Google Cloud",
        base: "prod/gcp",
        set: managed,
        line: `${key}.kind: "opensearch-service" is a service of AWS, and the stack's cloud is gcp; give eck`,
    },
    {
        what: "OpenSearch Service on an existing cluster",
        base: "dev/existing",
        set: managed,
        line: `${key}.kind: "opensearch-service" is a service of AWS, and the stack's cloud is existing; give eck`,
    },
    {
        what: "OpenSearch in the cluster on Google Cloud",
        base: "dev/gcp",
        set: { "search.engine": "opensearch" },
        line: `${key}.engine: "opensearch" is not what search.kind eck runs; give elasticsearch (OpenSearch runs on aws, as search.kind opensearch-service)`,
    },
    {
        what: "OpenSearch in the cluster on AWS",
        base: "prod/aws",
        set: { "search.engine": "opensearch" },
        line: `${key}.engine: "opensearch" is not what search.kind eck runs; give elasticsearch, or search.kind opensearch-service`,
    },
    {
        what: "Elasticsearch of AWS",
        base: "staging/aws",
        set: { ...managed, "search.engine": "elasticsearch" },
        line: `${key}.engine: "elasticsearch" is not what search.kind opensearch-service runs; give opensearch, or search.kind eck`,
    },
    {
        what: "another kind",
        base: "prod/aws",
        set: { "search.kind": "aws" },
        line: `${key}.kind: "aws" is not valid; give one of eck, opensearch-service`,
    },
    {
        what: "a machine for pods",
        base: "prod/aws",
        set: { "search.instanceType": "m6g.large.search" },
        line: `${key}.instanceType: "m6g.large.search" has no effect with search.kind eck; give search.memory instead`,
    },
    {
        what: "memory of managed nodes",
        base: "prod/aws",
        set: { ...managed, "search.memory": "8Gi" },
        line: `${key}.memory: "8Gi" has no effect with search.kind opensearch-service; give search.instanceType instead, or remove it`,
    },
    {
        what: "the heap of managed nodes",
        base: "prod/aws",
        set: { ...managed, "search.heap": "1Gi" },
        line: `${key}.heap: "1Gi" has no effect with search.kind opensearch-service; give search.instanceType instead, or remove it`,
    },
    {
        what: "a machine without volumes",
        base: "prod/aws",
        set: { ...managed, "search.instanceType": "i3.large.search" },
        line: `${key}.instanceType: "i3.large.search" is no machine of OpenSearch Service with gp3 volumes; give one of ${machines}`,
    },
    {
        what: "a machine of EC2",
        base: "prod/aws",
        set: { ...managed, "search.instanceType": "m6g.large" },
        line: `${key}.instanceType: "m6g.large" is not valid; give a machine of OpenSearch Service such as m6g.large.search`,
    },
    {
        what: "shared processors in prod",
        base: "prod/aws",
        set: { ...managed, "search.instanceType": "t3.medium.search" },
        line: `${key}.instanceType: "t3.medium.search" shares its processor with others, and has no Auto-Tune; give m6g.large.search or more in prod`,
    },
    {
        what: "a volume that is larger than the machine's",
        base: "dev/aws",
        set: { ...managed, "search.volumeGiB": 101 },
        line: `${key}.volumeGiB: 101 is not within the 10 to 100 GiB of a volume of t3.small.search; give such a size, or another search.instanceType`,
    },
    {
        what: "a volume that is smaller than any",
        base: "dev/aws",
        set: { ...managed, "search.volumeGiB": 9 },
        line: `${key}.volumeGiB: 9 is not within the 10 to 100 GiB of a volume of t3.small.search; give such a size, or another search.instanceType`,
    },
    {
        what: "two managed nodes",
        base: "staging/aws",
        set: { ...managed, "search.nodes": 2 },
        line: `${key}.nodes: 2 stops when either node does: a majority of 2 is 2; give 1, or 3 or more`,
    },
];

/** Valid boundary values of each rule. */
export const managedGood: readonly GoodExample[] = [
    { what: "OpenSearch Service on AWS", base: "prod/aws", set: managed },
    {
        what: "OpenSearch Service with its engine",
        base: "prod/aws",
        set: { ...managed, "search.engine": "opensearch" },
    },
    { what: "ECK by its name", base: "prod/existing", set: { "search.kind": "eck" } },
    {
        what: "shared processors in staging",
        base: "staging/aws",
        set: { ...managed, "search.instanceType": "t3.medium.search" },
    },
    { what: "the largest volume of a machine", base: "dev/aws", set: { ...managed, "search.volumeGiB": 100 } },
    { what: "the smallest volume", base: "staging/aws", set: { ...managed, "search.volumeGiB": 10 } },
    { what: "other passwords", base: "prod/gcp", set: { "search.passwordGeneration": 2 } },
];
