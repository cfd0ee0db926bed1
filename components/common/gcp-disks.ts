export { type GcpDisks, gcpDisks, series } from "../../config/gcp-disks";
