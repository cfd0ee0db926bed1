import { pgpoolFolders as folders } from "./pgpool-config";

/** User of the control port. */
const controlUser = "attach";

/** Folders of the two scripts, as environment variables. */
export const controlEnvironment = {
    PGPOOL_BIN: folders.programs,
    PGPOOL_RUN: folders.run,
    // Read by the clients of the control port; they refuse a file that others can read.
    PCPPASSFILE: `${folders.run}/pcppass`,
} as const;

/** Users of the control port; {@link controlScript} writes it. */
export const controlFile = `${folders.run}/pcp.conf`;

/**
 * The file `control.sh`: a password of the control port for each pod. It never leaves the pod, so no Secret has it and no
 * rotation is needed.
 */
export const controlScript = `#!/bin/sh
set -eu
umask 077
password=$(head -c 32 /dev/urandom | sha256sum | cut -d ' ' -f 1)
hash=$(printf %s "$password" | md5sum | cut -d ' ' -f 1)
echo "${controlUser}:$hash" > "$PGPOOL_RUN/pcp.conf"
echo "*:*:${controlUser}:$password" > "$PCPPASSFILE"
`;

/** Seconds between two looks at the state of the nodes. */
export const attachPeriod = 2;

/**
 * The file `attach.sh`: attaches the primary again once a primary answers behind `postgres-rw`. Pgpool-II itself attaches
 * standbys only (`auto_failback`). The first line of its state file is the primary's; the control port is asked only while
 * that is down: field 3 is the state (3 is down), 6 whether PostgreSQL answers, 8 its role. Read:
 * https://www.pgpool.net/docs/44/en/html/pcp-node-info.html, pcp-attach-node.html.
 */
export const attachScript = `#!/bin/sh
set -u
state=
trap 'exit 0' TERM
control() {
    program=$1
    shift
    "$PGPOOL_BIN/$program" -h "$PGPOOL_RUN" -U ${controlUser} -w -n 0 "$@"
}
while sleep ${attachPeriod}; do
    [ -r "$PGPOOL_RUN/pgpool_status" ] || continue
    read -r state < "$PGPOOL_RUN/pgpool_status"
    [ "$state" = down ] || continue
    node=$(control pcp_node_info) || continue
    set -- $node
    [ "\${3-} \${6-} \${8-}" = "3 up primary" ] || continue
    echo "attaching the primary"
    control pcp_attach_node
done
`;

/** The file `alive.sh`: the control port answers. Without it, no primary would be attached again. */
export const aliveScript = `#!/bin/sh
exec timeout 4 "$PGPOOL_BIN/pcp_node_count" -h "$PGPOOL_RUN" -U ${controlUser} -w >/dev/null
`;
