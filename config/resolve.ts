// Former places of what the layers own now; components still import from here. To be removed with the last of them.
export type { PlatformConfig } from "../components/platform-config";
export { type ReplicaBounds, replicaBounds } from "../components/services/config";
