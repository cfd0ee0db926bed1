import { ports } from "../instances";
import { folders } from "./settings";

const { config, users, tls } = folders;

/**
 * Functions of the other scripts. They run in the image's BusyBox shell; each reads what the cluster says of itself, and
 * keeps nothing between runs.
 */
const library = `
members=${config}/members
export VALKEYCLI_AUTH REDISCLI_AUTH
login() {
    VALKEYCLI_AUTH=$(cat ${users}/operator-password)
    REDISCLI_AUTH=$VALKEYCLI_AUTH
}
login
# cli HOST [COMMAND...]: without a command it reads commands from its input.
cli() {
    host=$1
    shift
    timeout 5 valkey-cli -h "$host" -p ${ports.valkey} --user operator --no-auth-warning --tls \\
        --cert ${tls}/tls.crt --key ${tls}/tls.key --cacert ${tls}/ca.crt "$@" 2>/dev/null
}
# The address of a name; an address is its own.
resolve() {
    case $1 in
        *[!0-9.]*) getent hosts "$1" | awk 'NR == 1 { print $1 }' ;;
        *) echo "$1" ;;
    esac
}
# field NAME: of "NAME:value" lines.
field() {
    sed -n "s/^$1:\\([^[:cntrl:]]*\\).*/\\1/p"
}
# of_self NODES COLUMN: a column of the own line of CLUSTER NODES.
of_self() {
    echo "$1" | awk -v column="$2" '$3 ~ /myself/ { print $column }'
}
# owner NODES SLOT: id of the master with the slot.
owner() {
    echo "$1" | awk -v slot="$2" '$3 ~ /master/ {
        for (i = 9; i <= NF; i++) {
            if ($i ~ /^\\[/) continue
            n = split($i, range, "-")
            if (slot + 0 >= range[1] + 0 && slot + 0 <= range[n] + 0) print $1
        }
    }'
}
`;

/**
 * Runs beside each member, forever. It introduces members to each other whenever their addresses have changed, assigns a
 * shard's slots once, makes a new member the replica of its shard's master, and moves the master back to its own zone.
 */
const heal = `#!/bin/sh
. ${config}/library.sh
trap 'exit 0' TERM INT
count=$(awk 'END { print NR }' "$members")
files="${tls}/tls.crt ${tls}/tls.key ${tls}/ca.crt ${users}/users.acl ${users}/replication.conf"
loaded=
in_sync=0
# A renewed certificate or a new password is used without a restart.
reload() {
    found=$(cat $files | cksum)
    if [ "$loaded" = "" ]; then
        loaded=$found
    elif [ "$loaded" != "$found" ]; then
        # By the input: arguments are visible in the list of processes.
        done=$({
            echo "CONFIG SET tls-cert-file ${tls}/tls.crt tls-key-file ${tls}/tls.key tls-ca-cert-file ${tls}/ca.crt"
            sed -n 's/^masterauth /CONFIG SET masterauth /p' ${users}/replication.conf
            echo "ACL LOAD"
        } | cli "$POD_IP" | grep -c '^OK')
        if [ "$done" = 3 ]; then
            loaded=$found
            login
        fi
    fi
    # The server was restarted meanwhile, and has read the new password.
    [ "$(cli "$POD_IP" PING)" = PONG ] || login
}
# The members that are not connected, by the addresses that their names have now. A member of another cluster that got the
# address of one of ours does not know the password, so that the two never merge.
meet() {
    while read -r _ _ name; do
        address=$(resolve "$name")
        known=$(echo "$nodes" | awk -v address="$address" '{ split($2, at, ":") }
            at[1] == address && $8 == "connected" && $3 !~ /handshake|noaddr/ { print "yes" }')
        if [ "$address" != "" ] && [ "$known" = "" ] && [ "$(cli "$address" PING </dev/null)" = PONG ]; then
            cli "$POD_IP" CLUSTER MEET "$address" ${ports.valkey} </dev/null >/dev/null
        fi
    done <"$members"
}
# A member that lost its volume came back with another id under the same name. Its old id is removed when it has no slots,
# or when the shard has no replica that could take them over.
forget() {
    echo "$nodes" | awk -v replicas="$REPLICAS" '{ split($2, at, ","); name[$1] = at[2] }
        $3 ~ /fail/ && $3 !~ /fail\\?/ { gone[$1] = (NF < 9 || replicas == 0) }
        $3 !~ /fail|noaddr|handshake/ { alive[at[2]] = 1 }
        END { for (id in gone) if (gone[id] && name[id] != "" && (name[id] in alive)) print id }' |
        while read -r id; do
            cli "$POD_IP" CLUSTER FORGET "$id" </dev/null >/dev/null
        done
}
heal() {
    nodes=$(cli "$POD_IP" CLUSTER NODES) || return
    meet
    forget
    id=$(of_self "$nodes" 1)
    flags=$(of_self "$nodes" 3)
    has=$(owner "$nodes" "$FIRST_SLOT")
    case $flags in
        *master*)
            in_sync=0
            if [ "$(of_self "$nodes" 9)" != "" ]; then
                return
            elif [ "$has" != "" ] && [ "$has" != "$id" ]; then
                cli "$POD_IP" CLUSTER REPLICATE "$has" >/dev/null
            elif [ "$has" = "" ] && [ "$MEMBER" = 0 ]; then
                # Only with every member in view: one that was cut off might own the slots.
                seen=$(echo "$nodes" | awk '$8 == "connected" && $3 !~ /fail|noaddr|handshake/ { n++ } END { print n + 0 }')
                if [ "$seen" = "$count" ]; then
                    cli "$POD_IP" CLUSTER ADDSLOTSRANGE "$FIRST_SLOT" "$LAST_SLOT" >/dev/null
                fi
            fi
            ;;
        *slave*)
            # Masters are at home in different zones: two in one would be lost together.
            replication=$(cli "$POD_IP" INFO replication)
            if [ "$(echo "$replication" | field master_link_status)" = up ]; then
                in_sync=$((in_sync + 1))
            else
                in_sync=0
            fi
            if [ "$MEMBER" = 0 ] && [ "$in_sync" -ge 6 ]; then
                in_sync=0
                cli "$POD_IP" CLUSTER FAILOVER >/dev/null
            fi
            ;;
    esac
}
while :; do
    reload
    heal
    sleep 2 &
    wait $!
done
`;

/**
 * Ready: answers, and has an intact cluster and an intact copy; or the cluster is not formed yet, which takes all members.
 */
const ready = `#!/bin/sh
. ${config}/library.sh
info=$(cli "$POD_IP" CLUSTER INFO) || exit 1
if [ "$(echo "$info" | field cluster_slots_assigned)" = 0 ]; then
    exit 0
fi
[ "$(echo "$info" | field cluster_state)" = ok ] || exit 1
replication=$(cli "$POD_IP" INFO replication) || exit 1
[ "$(echo "$replication" | field role)" = master ] || [ "$(echo "$replication" | field master_link_status)" = up ]
`;

/** Alive: answers anything, also that it still loads its file, which a restart would only begin again. */
const alive = `#!/bin/sh
. ${config}/library.sh
[ "$(cli "$POD_IP" PING)" != "" ]
`;

/** Before a stop: a replica takes over without the pause that detecting a lost master takes. */
const stop = `#!/bin/sh
. ${config}/library.sh
tries=0
while [ $tries -lt 10 ]; do
    nodes=$(cli "$POD_IP" CLUSTER NODES) || exit 0
    case $(of_self "$nodes" 3) in
        *slave*) exit 0 ;;
    esac
    id=$(of_self "$nodes" 1)
    replica=$(echo "$nodes" | awk -v id="$id" '$4 == id && $8 == "connected" && $3 !~ /fail/ { split($2, at, ":"); print at[1]; exit }')
    if [ "$replica" = "" ]; then
        exit 0
    fi
    cli "$replica" CLUSTER FAILOVER >/dev/null
    tries=$((tries + 1))
    sleep 2
done
`;

/** Returns when all slots have a master and each master has its replicas. */
const formed = `#!/bin/sh
. ${config}/library.sh
count=$(awk 'END { print NR }' "$members")
read -r _ _ first <"$members"
while :; do
    info=$(cli "$first" CLUSTER INFO)
    nodes=$(cli "$first" CLUSTER NODES)
    masters=$(echo "$nodes" | awk '$3 ~ /master/ && $3 !~ /fail/ && $8 == "connected" && NF >= 9 { n++ } END { print n + 0 }')
    replicas=$(echo "$nodes" | awk '$3 ~ /slave/ && $3 !~ /fail/ && $8 == "connected" { n++ } END { print n + 0 }')
    if [ "$(echo "$info" | field cluster_state)" = ok ] && [ "$(echo "$info" | field cluster_slots_ok)" = 16384 ] &&
        [ $((masters + replicas)) = "$count" ] && [ "$masters" = "$SHARDS" ]; then
        echo "formed: $masters masters, $replicas replicas"
        exit 0
    fi
    echo "waiting: $masters of $SHARDS masters, $((masters + replicas)) of $count members"
    sleep 2
done
`;

/** The scripts by file name. */
export const scripts: Readonly<Record<string, string>> = {
    "library.sh": library.trimStart(),
    "heal.sh": heal,
    "ready.sh": ready,
    "alive.sh": alive,
    "stop.sh": stop,
    "formed.sh": formed,
};
