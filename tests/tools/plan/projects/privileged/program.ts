import * as k8s from "@pulumi/kubernetes";

/** One pod that no cluster of the shop would admit. */
export = () => {
    new k8s.core.v1.Pod("root", {
        metadata: { name: "root", namespace: "shop" },
        spec: {
            containers: [
                { name: "shell", image: "registry.example.com/shell:1", securityContext: { privileged: true } },
            ],
        },
    });
    return Promise.resolve({});
};
