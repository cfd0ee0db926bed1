"""Registers the repository and the policy of snapshots, or restores a snapshot, by Elasticsearch's API.

    snapshots.py register    creates or changes both; fails if a node cannot use the bucket, or if the last snapshot failed
    snapshots.py restore     closes the indices of a snapshot that exist, and restores all: SNAPSHOT, by default the newest
"""

import base64
import fnmatch
import json
import os
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

REPOSITORY = "backup"
POLICY = "daily"
MOUNTS = "/var/run/secrets/elasticsearch"


class Refused(Exception):
    """An answer that is not a success."""


class Elasticsearch:
    def __init__(self, address, mounts):
        def read(name):
            with open(os.path.join(mounts, "login", name), encoding="utf-8") as file:
                return file.read()

        login = base64.b64encode(f"{read('username')}:{read('password')}".encode()).decode()
        self.address = address
        self.headers = {"Authorization": f"Basic {login}", "Content-Type": "application/json"}
        # The name and the authority of the certificate are checked; no proxy sees the password.
        context = ssl.create_default_context(cafile=os.path.join(mounts, "authority", "ca.crt"))
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
        )

    def call(self, method, path, body=None, timeout=120, missing=None):
        """The answer; `missing` in place of one with status 404, where it is given."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, self.headers, method=method)
        try:
            with self.opener.open(request, timeout=timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 404 and missing is not None:
                return missing
            text = error.read().decode(errors="replace")
            raise Refused(f"{method} {path.partition('?')[0]}: {error.code} {reasons(text)}") from None
        except OSError as error:
            raise Refused(f"{method} {path.partition('?')[0]}: {error}") from None


def reasons(text):
    """The reasons of an error from the outermost to the innermost, which names the cause."""
    try:
        answer, found = json.loads(text), []
        # Of an answer, or of a policy's last failure.
        error = answer.get("error", answer)
        while isinstance(error, dict):
            found.append(str(error.get("reason")))
            error = error.get("caused_by")
        return "; ".join(found) or text[:500]
    except (AttributeError, ValueError):
        return text[:500]


def name(value):
    return urllib.parse.quote(value, safe=",*")


def snapshots(search, wanted="*"):
    """Snapshots with all their shards, the newest first."""
    path = f"/_snapshot/{REPOSITORY}/{name(wanted)}?sort=start_time&order=desc"
    return [one for one in search.call("GET", path)["snapshots"] if one["state"] == "SUCCESS"]


def register(search, repository, policy):
    # Each master and data node writes, reads and deletes a file: a wrong permission is an error here, not in the night.
    search.call("PUT", f"/_snapshot/{REPOSITORY}?verify=true", repository)
    print(f"repository {REPOSITORY}: every node can use it")
    found = search.call("GET", f"/_slm/policy/{POLICY}", missing={}).get(POLICY, {})
    if found.get("policy") != policy:
        # A request that changes nothing would increase the policy's version all the same.
        search.call("PUT", f"/_slm/policy/{POLICY}", policy)
        print(f"policy {POLICY}: written")
    mode = search.call("GET", "/_slm/status")["operation_mode"]
    if mode != "RUNNING":
        raise Refused(f"policies are {mode}: no snapshots are made until POST /_slm/start")
    print("snapshots:", " ".join(one["snapshot"] for one in snapshots(search)) or "none yet")
    success, failure = found.get("last_success") or {"time": 0}, found.get("last_failure")
    if failure is not None and failure["time"] > success["time"]:
        raise Refused(f"the last snapshot, {failure['snapshot_name']}, failed: {reasons(failure.get('details', ''))}")


def restore(search, patterns, wanted):
    complete = snapshots(search, wanted or "*")
    if not complete:
        raise Refused(f"no complete snapshot {wanted or 'at all'}")
    snapshot = complete[0]
    indices = sorted(
        one for one in snapshot["indices"] if any(fnmatch.fnmatchcase(one, pattern) for pattern in patterns)
    )
    if not indices:
        raise Refused(f"{snapshot['snapshot']} has none of {' '.join(patterns)}")
    options = "ignore_unavailable=true&allow_no_indices=true&expand_wildcards=all"
    existing = search.call("GET", f"/{name(','.join(patterns))}/_settings?{options}")
    closed = ",".join(one for one in indices if one in existing)
    # An open index is not restored; a closed one is replaced, and opened at the end.
    if closed:
        search.call("POST", f"/{name(closed)}/_close")
        print(f"closed: {closed}")
    try:
        answer = search.call(
            "POST",
            f"/_snapshot/{REPOSITORY}/{name(snapshot['snapshot'])}/_restore?wait_for_completion=true",
            # Nothing of the cluster's state, and no index of Elasticsearch's own.
            {"indices": ",".join(indices), "include_global_state": False, "feature_states": ["none"]},
            timeout=3300,
        )
    except Refused:
        # What was not replaced is searched again; an index that is being restored is open already.
        if closed:
            search.call("POST", f"/{name(closed)}/_open")
            print(f"opened again: {closed}")
        raise
    shards = answer["snapshot"]["shards"]
    if shards["failed"] > 0:
        raise Refused(f"{shards['failed']} of {shards['total']} shards were not restored")
    print(f"{snapshot['snapshot']}: restored {' '.join(indices)}, {shards['successful']} shards")


def main(command):
    try:
        search = Elasticsearch(os.environ["ADDRESS"], os.environ.get("MOUNTS", MOUNTS))
        if command == "register":
            register(search, json.loads(os.environ["REPOSITORY"]), json.loads(os.environ["POLICY"]))
        else:
            restore(search, os.environ["INDICES"].split(","), os.environ.get("SNAPSHOT", ""))
    except Refused as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main(*sys.argv[1:])
