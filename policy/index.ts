import { PolicyPack } from "@pulumi/policy";
import { initialConfig, packArgs } from "./crossguard";
import { packName } from "./pack";

new PolicyPack(packName, packArgs(), initialConfig);
