import * as pulumi from "@pulumi/pulumi";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import type {
    ReadResourceRequest,
    RegisterResourceOutputsRequest,
    RegisterResourceRequest,
    ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";

import type { JsonObject } from "../json";
import { readable } from "./readable";
import { optionsOf } from "./request";
import type { PlannedResource } from "./types";
import { makeUrn, providerUrn } from "./urn";

type Reply<T> = (error: Error | null, response: T | undefined) => void;

/**
 * Replaces the engine's resource monitor in a preview: it records every registration and answers with the inputs. Ids and
 * all other outputs stay unknown, as before a first update.
 *
 * Mistakes are collected. Returning an error instead would cause an unhandled rejection long after the registration.
 */
export class RecordingMonitor {
    public readonly resources = new Map<string, PlannedResource>();
    public readonly unknowns = new Set<string>();
    public readonly problems: string[] = [];
    public outputs: JsonObject = {};

    private root = "";

    constructor(
        private readonly project: string,
        private readonly stack: string,
    ) {}

    /** Replaces the methods of the mock monitor created by `pulumi.runtime.setMocks`. */
    public install(): void {
        const monitor = pulumi.runtime.getMonitor();
        if (monitor === undefined) {
            throw new Error("The Pulumi runtime has no monitor: setMocks must come first.");
        }
        Object.assign(monitor, {
            registerResource: this.registerResource.bind(this),
            registerResourceOutputs: this.registerResourceOutputs.bind(this),
            readResource: this.readResource.bind(this),
            invoke: this.invoke.bind(this),
            call: this.invoke.bind(this),
        });
    }

    private registerResource(request: RegisterResourceRequest, reply: Reply<proto.RegisterResourceResponse>): void {
        const urn = makeUrn(this.stack, this.project, request.getParent(), request.getType(), request.getName());
        if (request.getParent() === "" && this.root === "") {
            this.root = urn;
        }
        this.record(urn, request, optionsOf(request), request.getAdditionalsecretoutputsList());
        const response = new proto.RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(request.getImportid());
        response.setObject(request.getObject());
        reply(null, response);
    }

    private readResource(request: ReadResourceRequest, reply: Reply<proto.ReadResourceResponse>): void {
        const urn = makeUrn(this.stack, this.project, request.getParent(), request.getType(), request.getName());
        this.record(urn, request, { read: request.getId() }, request.getAdditionalsecretoutputsList());
        const response = new proto.ReadResourceResponse();
        response.setUrn(urn);
        response.setProperties(request.getProperties());
        reply(null, response);
    }

    private registerResourceOutputs(request: RegisterResourceOutputsRequest, reply: Reply<object>): void {
        // Only the stack's outputs are used; reading those of components would take as long as reading their inputs.
        if (request.getUrn() === this.root) {
            this.outputs = readable(wireOf(request.getOutputs())).value;
        }
        reply(null, {});
    }

    private invoke(request: ResourceInvokeRequest, reply: Reply<never>): void {
        const details = `${request.getTok()} queries the cloud during planning, which a plan must not do`;
        // The SDK reads `details`, a field of gRPC errors.
        reply(Object.assign(new Error(details), { details }), undefined);
    }

    private record(
        urn: string,
        request: RegisterResourceRequest | ReadResourceRequest,
        options: PlannedResource["options"],
        secretKeys: readonly string[],
    ): void {
        if (this.resources.has(urn)) {
            this.problems.push(`Duplicate resource URN '${urn}'; try giving it a unique name`);
            return;
        }
        const read = request instanceof proto.ReadResourceRequest;
        const wire = read ? request.getProperties() : request.getObject();
        const inputs = readable(wireOf(wire), secretKeys);
        if (inputs.hasUnknown) {
            this.unknowns.add(urn);
        }
        this.resources.set(urn, {
            urn,
            type: request.getType(),
            name: request.getName(),
            ...(request.getParent() === "" ? {} : { parent: request.getParent() }),
            ...(request.getProvider() === "" ? {} : { provider: providerUrn(request.getProvider()) }),
            custom: read || request.getCustom(),
            inputs: inputs.value,
            options,
        });
    }
}

/**
 * A message's fields; empty if there is no message. The conversion is one of the slowest parts of a plan, and the SDK
 * converts the same message again as the answer, so the result is cached in the message.
 */
function wireOf(struct: Struct | undefined): JsonObject {
    const wire: JsonObject = struct?.toJavaScript() ?? {};
    if (struct !== undefined) {
        Object.assign(struct, { toJavaScript: () => wire });
    }
    return wire;
}

type Struct = NonNullable<ReturnType<RegisterResourceRequest["getObject"]>>;
