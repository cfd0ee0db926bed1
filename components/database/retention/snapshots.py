"""Deletes Backups of volume snapshots that are older than KEEP_DAYS, and their snapshots with them.

CloudNativePG applies no retention to volume snapshots: https://cloudnative-pg.io/docs/1.30/backup. The newest completed one
stays, however old it is.
"""

import datetime
import json
import os
import ssl
import urllib.request

account = os.environ.get("ACCOUNT", "/var/run/secrets/kubernetes.io/serviceaccount")
server = os.environ.get("API_SERVER", "https://kubernetes.default.svc")


def call(method, path):
    with open(f"{account}/token", encoding="ascii") as file:
        token = file.read()
    context = ssl.create_default_context(cafile=f"{account}/ca.crt") if server.startswith("https") else None
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    request = urllib.request.Request(f"{server}{path}", method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=30, context=context) as response:
        return json.load(response)


def main(now):
    path = f"/apis/postgresql.cnpg.io/v1/namespaces/{os.environ['NAMESPACE']}/backups"
    found = [
        (item["metadata"]["creationTimestamp"], item["metadata"]["name"], item.get("status", {}).get("phase"))
        for item in call("GET", path)["items"]
        if item["spec"].get("method") == "volumeSnapshot" and item["spec"]["cluster"]["name"] == os.environ["CLUSTER"]
    ]
    oldest = (now - datetime.timedelta(days=int(os.environ["KEEP_DAYS"]))).strftime("%Y-%m-%dT%H:%M:%SZ")
    newest = max((entry for entry in found if entry[2] == "completed"), default=None)
    for entry in sorted(found):
        created, name, _ = entry
        if created < oldest and entry != newest:
            call("DELETE", f"{path}/{name}")
            print(f"{name} of {created}: deleted")


if __name__ == "__main__":
    main(datetime.datetime.now(datetime.timezone.utc))
