import assert from "node:assert/strict";

import { parse } from "yaml";

import { renderHelm } from "../../../../tools/plan";
import { resource } from "../resource";

describe("Helm renderer", () => {
    it("writes chart, repo, version, namespace and values of each release", () => {
        const [file, ...others] = renderHelm({
            resources: [
                resource("kubernetes:helm.sh/v3:Release", "cert-manager-release", {
                    name: "cert-manager",
                    chart: "cert-manager",
                    namespace: "security",
                    repositoryOpts: { repo: "https://charts.example.com" },
                    version: "1.2.3",
                    values: { crds: { enabled: true }, token: "[secret]" },
                }),
            ],
        });
        assert.deepEqual(others, []);
        assert.equal(file?.path, "helm/cert-manager.yaml");
        assert.deepEqual(parse(file.text), {
            chart: "cert-manager",
            repo: "https://charts.example.com",
            version: "1.2.3",
            namespace: "security",
            values: { crds: { enabled: true }, token: "[secret]" },
        });
    });

    it("tells releases of one name in two namespaces apart", () => {
        const release = (name: string, namespace: string) =>
            resource("kubernetes:helm.sh/v3:Release", name, { name: "agent", chart: "agent", namespace });
        const files = renderHelm({ resources: [release("a", "one"), release("b", "two")] });
        assert.deepEqual(
            files.map(({ path }) => path),
            ["helm/agent.two.yaml", "helm/agent.yaml"],
        );
    });
});
