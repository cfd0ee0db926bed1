import { CloudProvider } from "../core/cloud";
import { serve } from "../core/serve";
import { RemoteStore } from "../core/store-server";
import { aws } from "./cloud";

serve(() => new CloudProvider(aws, RemoteStore.fromEnvironment()));
