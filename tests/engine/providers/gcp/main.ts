import { CloudProvider } from "../core/cloud";
import { serve } from "../core/serve";
import { RemoteStore } from "../core/store-server";
import { gcp } from "./cloud";

serve(() => new CloudProvider(gcp, RemoteStore.fromEnvironment()));
