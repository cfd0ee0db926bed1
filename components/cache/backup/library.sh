# Functions of the other two scripts. They run in the image's BusyBox shell, as the one user whose password is mounted.
tls=/etc/valkey/tls
members=/etc/valkey/config/members
export VALKEYCLI_AUTH REDISCLI_AUTH
VALKEYCLI_AUTH=$(cat /etc/valkey/login/password)
REDISCLI_AUTH=$VALKEYCLI_AUTH
user=$(cat /etc/valkey/login/username)
# valkey SECONDS HOST [ARGUMENT...]
valkey() {
    seconds=$1
    host=$2
    shift 2
    timeout "$seconds" valkey-cli -h "$host" -p 6379 --user "$user" --no-auth-warning --tls \
        --cert "$tls/tls.crt" --key "$tls/tls.key" --cacert "$tls/ca.crt" "$@"
}
# Prints CLUSTER NODES of the first member that answers, if the cluster has all its slots.
intact() {
    while read -r _ _ name; do
        state=$(valkey 5 "$name" CLUSTER INFO </dev/null 2>/dev/null | tr -d '\r') || continue
        case $state in
            *cluster_state:ok*cluster_slots_ok:16384*) valkey 5 "$name" CLUSTER NODES </dev/null && return ;;
        esac
    done <"$members"
    echo "no member sees a cluster with all slots" >&2
    return 1
}
# masters NODES: id and address of each master with slots, by its first slot.
masters() {
    echo "$1" | awk '$3 ~ /master/ && $3 !~ /fail/ && NF >= 9 {
        split($2, at, ":"); split($9, slot, "-"); print slot[1], $1, at[1]
    }' | sort -n
}
