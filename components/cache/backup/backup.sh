#!/bin/sh
# Copies the keys of every shard into FOLDER, as a file in Valkey's own format, and checks each: shard-<first slot>.rdb.
# The last file, `manifest`, has a line for each: name, number of keys, SHA-256.
set -eu
. /etc/valkey/backup/library.sh
nodes=$(intact)
# A replica forks for the copy, not the master that services wait for. One that is not in sync has old keys.
source_of() {
    echo "$nodes" | awk -v id="$1" '$4 == id && $3 ~ /slave/ && $3 !~ /fail/ && $8 == "connected" {
        split($2, at, ":"); print at[1]
    }' | while read -r replica; do
        case $(valkey 5 "$replica" INFO replication </dev/null) in
            *master_link_status:up*) echo "$replica" && break ;;
        esac
    done
}
masters "$nodes" >"$FOLDER/masters"
while read -r slot id master; do
    source=$(source_of "$id")
    file="$FOLDER/shard-$slot.rdb"
    valkey 900 "${source:-$master}" --rdb "$file" </dev/null >/dev/null
    # Every record and the checksum at the end: a file that is cut off or damaged is not uploaded.
    keys=$(valkey-check-rdb "$file" | sed -n 's/.*\] \([0-9]*\) keys read$/\1/p')
    [ "$keys" != "" ]
    echo "shard-$slot.rdb $keys $(sha256sum "$file" | cut -d ' ' -f 1)"
    echo "shard of slot $slot: $keys keys, from ${source:-its master}" >&2
done <"$FOLDER/masters" >"$FOLDER/manifest.part"
rm "$FOLDER/masters"
mv "$FOLDER/manifest.part" "$FOLDER/manifest"
