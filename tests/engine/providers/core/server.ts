import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { below, diff, type Change } from "./diff";
import type { Failure, Provider, State, Target } from "./provider";
import { decode, encode, withSecretProperties, type SecretPaths } from "./wire";

function unary<Request, Response>(
    work: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        const answer = async (): Promise<Response> => work(call.request);
        answer().then(
            (response) => {
                callback(null, response);
            },
            (error: unknown) => {
                const details = error instanceof Error ? error.message : String(error);
                callback({ code: grpc.status.UNKNOWN, details });
            },
        );
    };
}

function target(request: { getUrn(): string }): Target {
    const [, , qualified = "", ...name] = request.getUrn().split("::");
    return { urn: request.getUrn(), type: qualified.split("$").pop() ?? "", name: name.join("::") };
}

function checkResponse(inputs: ReturnType<typeof encode>, failures: readonly Failure[]): proto.CheckResponse {
    const response = new proto.CheckResponse();
    response.setInputs(inputs);
    response.setFailuresList(
        failures.map(({ property, reason }) => {
            const failure = new proto.CheckFailure();
            failure.setProperty(property);
            failure.setReason(reason);
            return failure;
        }),
    );
    return response;
}

const KINDS = {
    add: [proto.PropertyDiff.Kind.ADD, proto.PropertyDiff.Kind.ADD_REPLACE],
    delete: [proto.PropertyDiff.Kind.DELETE, proto.PropertyDiff.Kind.DELETE_REPLACE],
    update: [proto.PropertyDiff.Kind.UPDATE, proto.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

function diffResponse(
    changes: readonly Change[],
    replaces: readonly string[],
    deleteFirst: boolean,
): proto.DiffResponse {
    const response = new proto.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
    response.setHasdetaileddiff(true);
    for (const { path, kind } of changes) {
        const property = new proto.PropertyDiff();
        property.setKind(KINDS[kind][replaces.some((prefix) => below(path, prefix)) ? 1 : 0]);
        property.setInputdiff(true);
        response.getDetaileddiffMap().set(path, property);
    }
    response.setDiffsList([...new Set(changes.map(({ path }) => path.split(/[.[]/)[0] ?? path))]);
    response.setReplacesList([...replaces]);
    response.setDeletebeforereplace(deleteFirst && replaces.length > 0);
    return response;
}

function outputs(state: State, inputSecrets: SecretPaths): ReturnType<typeof encode> {
    return encode(state.outputs, withSecretProperties(inputSecrets, state.secretOutputs ?? []));
}

/** gRPC handlers of the provider service. */
export function handlers(provider: Provider): grpc.UntypedServiceImplementation {
    return {
        getPluginInfo: unary<Empty, PluginInfo>(() => {
            const info = new PluginInfo();
            info.setVersion(provider.version);
            return Promise.resolve(info);
        }),
        checkConfig: unary<proto.CheckRequest, proto.CheckResponse>((request) => {
            const news = decode(request.getNews());
            const failures = provider.checkConfig(news.value);
            return Promise.resolve(checkResponse(encode(news.value, news.secrets), failures));
        }),
        diffConfig: unary<proto.DiffRequest, proto.DiffResponse>((request) => {
            const before = decode(request.getOldInputs() ?? request.getOlds()).value;
            const after = decode(request.getNews()).value;
            const changes = diff(before, after);
            const replaces = changes.length > 0 ? provider.configReplaces(before, after) : [];
            return Promise.resolve(diffResponse(changes, replaces, false));
        }),
        configure: unary<proto.ConfigureRequest, proto.ConfigureResponse>(async (request) => {
            await provider.configure(decode(request.getArgs()).value);
            const response = new proto.ConfigureResponse();
            response.setAcceptsecrets(true);
            response.setSupportspreview(true);
            return response;
        }),
        check: unary<proto.CheckRequest, proto.CheckResponse>(async (request) => {
            const news = decode(request.getNews());
            const { inputs, failures } = await provider.check(
                target(request),
                decode(request.getOlds()).value,
                news.value,
            );
            return checkResponse(encode(inputs, news.secrets), failures);
        }),
        diff: unary<proto.DiffRequest, proto.DiffResponse>((request) => {
            const before = decode(request.getOldInputs()).value;
            const after = decode(request.getNews()).value;
            const changes = diff(before, after);
            const replaces = provider.replaces(target(request), changes);
            const deleteFirst = provider.deleteBeforeReplace(target(request), before, after);
            return Promise.resolve(diffResponse(changes, replaces, deleteFirst));
        }),
        create: unary<proto.CreateRequest, proto.CreateResponse>(async (request) => {
            const { value, secrets } = decode(request.getProperties());
            const state = await provider.create(target(request), value, request.getPreview());
            const response = new proto.CreateResponse();
            response.setId(request.getPreview() ? "" : state.id);
            response.setProperties(outputs(state, secrets));
            return response;
        }),
        read: unary<proto.ReadRequest, proto.ReadResponse>(async (request) => {
            const inputs = decode(request.getInputs());
            const state = await provider.read(target(request), request.getId(), inputs.value);
            const response = new proto.ReadResponse();
            if (state !== undefined) {
                response.setId(state.id);
                response.setProperties(outputs(state, inputs.secrets));
                response.setInputs(encode(state.inputs, inputs.secrets));
            }
            return response;
        }),
        update: unary<proto.UpdateRequest, proto.UpdateResponse>(async (request) => {
            const before = decode(request.getOldInputs()).value;
            const { value, secrets } = decode(request.getNews());
            const state = await provider.update(target(request), request.getId(), before, value, request.getPreview());
            const response = new proto.UpdateResponse();
            response.setProperties(outputs(state, secrets));
            return response;
        }),
        delete: unary<proto.DeleteRequest, Empty>(async (request) => {
            await provider.delete(target(request), request.getId(), decode(request.getOldInputs()).value);
            return new Empty();
        }),
        invoke: unary<proto.InvokeRequest, proto.InvokeResponse>(async (request) => {
            const args = decode(request.getArgs());
            const response = new proto.InvokeResponse();
            response.setReturn(encode(await provider.invoke(request.getTok(), args.value)));
            return response;
        }),
        cancel: unary<Empty, Empty>(() => Promise.resolve(new Empty())),
        attach: unary<Empty, Empty>(() => Promise.resolve(new Empty())),
    };
}
