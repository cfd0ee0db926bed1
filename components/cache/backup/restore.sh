#!/bin/sh
# Writes the keys of a copy in FOLDER into the cluster, with the lifetimes that they have left. A key that the cluster has is
# replaced; others stay.
set -eu
. /etc/valkey/backup/library.sh
# It has no users.
loader() { env -u VALKEYCLI_AUTH -u REDISCLI_AUTH valkey-cli -h "$LOCAL_ADDRESS" -p 7000 "$@" 2>/dev/null; }
first=$(masters "$(intact)" | awk 'NR == 1 { print $3 }')
while read -r name keys sum; do
    [ "$(sha256sum "$FOLDER/$name" | cut -d ' ' -f 1)" = "$sum" ] || { echo "$name is damaged" >&2 && exit 1; }
    # The file is loaded by a server of this pod, on its loopback interface, which sends each key to its master by TLS.
    valkey-server --bind "$LOCAL_ADDRESS" --port 7000 --dir "$FOLDER" --dbfilename "$name" --save '' --appendonly no \
        --tls-cluster yes --tls-cert-file "$tls/tls.crt" --tls-key-file "$tls/tls.key" --tls-ca-cert-file "$tls/ca.crt" \
        >/dev/null &
    server=$!
    trap 'kill $server 2>/dev/null || true' EXIT
    until [ "$(loader PING)" = PONG ]; do
        kill -0 $server
        sleep 1
    done
    left=$(loader DBSIZE)
    # Its output names each key, and keys of sessions are secrets.
    valkey 1800 "$first" --cluster import "$first:6379" --cluster-from "$LOCAL_ADDRESS:7000" --cluster-copy \
        --cluster-replace --cluster-yes </dev/null >"$FOLDER/log" || { tail -n 1 "$FOLDER/log" | cut -c -80 >&2 && exit 1; }
    echo "$name: $left keys of $keys; the others have expired"
    kill $server
    wait $server || true
done <"$FOLDER/manifest"
