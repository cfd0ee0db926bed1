import { describedPods } from "../../../tools/plan/review/custom-pods";
import { at, isObject, listAt, textAt, textsOf, type Json } from "../control-plane/json";
import { podAntiAffinity, pick, simulatedImage } from "./common";
import type { Claim, SimulatedOperator } from "./types";

/**
 * Percona's operator for MongoDB: one pod per member of each replica set, with the security contexts of the resource, which
 * Pod Security judges. Without an affinity of its own, a member is never beside another one. Not simulated: sharding, arbiters.
 */
export const mongodb: SimulatedOperator = {
    apiVersion: "psmdb.percona.com/v1",
    kind: "PerconaServerMongoDB",
    podsOf: (resource) =>
        describedPods(resource).flatMap(({ base: set, count, template }) => {
            const cluster = resource.metadata.name;
            const name = textAt(set, "name") ?? "rs0";
            const labels = {
                "app.kubernetes.io/name": "percona-server-mongodb",
                "app.kubernetes.io/instance": cluster,
                "app.kubernetes.io/managed-by": "percona-server-mongodb-operator",
                "app.kubernetes.io/part-of": "percona-server-mongodb",
                "app.kubernetes.io/replset": name,
                "app.kubernetes.io/component": "mongod",
            };
            const { spec } = template;
            const copied = ["tolerations", "topologySpreadConstraints", "priorityClassName", "nodeSelector"];
            const more = ["securityContext", "serviceAccountName", "volumes"];
            const advanced = at(spec, "affinity");
            const alone = podAntiAffinity("kubernetes.io/hostname", labels, true);
            return count === undefined
                ? []
                : {
                      name: `${cluster}-${name}`,
                      count,
                      labels: { ...labels, ...textsOf(at(template, "metadata", "labels")) },
                      spec: {
                          ...pick(spec, ...copied, ...more),
                          affinity: isObject(advanced) ? advanced : { podAntiAffinity: alone },
                          initContainers: images(listAt(spec, "initContainers")),
                          containers: images(listAt(spec, "containers")),
                      },
                      claims: { "mongod-data": claimOf(set) },
                  };
        }),
};

/** The containers with an image that nothing pulls. */
function images(containers: readonly Json[]): Json[] {
    return containers.map((own) => ({
        ...pick(own, "name", "resources", "securityContext"),
        image: simulatedImage,
    }));
}

function claimOf(set: Json): Claim {
    const claim = at(set, "volumeSpec", "persistentVolumeClaim");
    return {
        size: textAt(claim, "resources", "requests", "storage") ?? "1Gi",
        storageClass: textAt(claim, "storageClassName"),
    };
}
