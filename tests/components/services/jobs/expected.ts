import type { Members, MemberStack } from "../../security/members";
import { expectedSelector } from "../shop";

/** The pods of the catalogue's jobs and what they may reach (NW-05); a replica of the stack has none. */
export function jobMembers({ replica = false }: MemberStack): Members {
    return replica
        ? {}
        : {
              "cache-warm": {
                  namespace: "services",
                  labels: expectedSelector("cache-warm"),
                  metrics: [],
                  calls: [],
                  peers: { "postgres-pooler-ro": ["TCP/5432"], "valkey-cache": ["TCP/6379"] },
              },
          };
}
