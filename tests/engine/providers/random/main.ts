import { CloudProvider } from "../core/cloud";
import { serve } from "../core/serve";
import { RemoteStore } from "../core/store-server";
import { random } from "./cloud";

serve(() => new CloudProvider(random, RemoteStore.fromEnvironment()));
