"""Makes users and roles of OpenSearch's internal database those of a file, and switches its audit log on.

    users.py FILE    {"users": {NAME: {"hash": BCRYPT, "role": ROLE}}}

Each user has a role of the same name; both are replaced as a whole, so that a second run changes nothing. Users that an
earlier run created and the file does not have are deleted; users without the mark OWNER, such as the administrator, are left
as they are. HOST, USERNAME and PASSWORD are those of the administrator.

https://docs.opensearch.org/latest/security/api/users/create-user/
"""

import base64
import json
import os
import ssl
import sys
import urllib.error
import urllib.request

OWNER = "ecommerce-platform"
API = "/_plugins/_security/api/"


def call(method, path, body=None):
    token = base64.b64encode(f"{os.environ['USERNAME']}:{os.environ['PASSWORD']}".encode()).decode()
    request = urllib.request.Request(
        f"https://{os.environ['HOST']}{API}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Basic {token}", "Content-Type": "application/json"},
    )
    # Verifies the certificate with the authorities of the system.
    with urllib.request.urlopen(request, timeout=30, context=ssl.create_default_context()) as response:
        return json.load(response)


def delete(path):
    try:
        call("DELETE", path)
    except urllib.error.HTTPError as error:
        # Of an earlier run that stopped halfway.
        if error.code != 404:
            raise


def create(name, user):
    # The role before the user: a user who exists has its rights.
    call("PUT", f"roles/{name}", user["role"])
    call("PUT", f"internalusers/{name}", {"hash": user["hash"], "attributes": {"owner": OWNER}})
    call("PUT", f"rolesmapping/{name}", {"users": [name]})
    print(f"{name}: created or replaced")


def remove(name):
    # The user last: it has the mark by which a second run finds what is left.
    for kind in ("rolesmapping", "roles", "internalusers"):
        delete(f"{kind}/{name}")
    print(f"{name}: deleted")


def enable_audit():
    # Off until it is switched on here, although the domain may write the log group:
    # https://docs.aws.amazon.com/opensearch-service/latest/developerguide/audit-logs.html
    config = call("GET", "audit")["config"]
    if not config["enabled"]:
        call("PUT", "audit/config", {**config, "enabled": True})
        print("audit log: enabled")


def main(path):
    with open(path, encoding="utf-8") as file:
        users = json.load(file)["users"]
    for name, user in users.items():
        create(name, user)
    for name, user in call("GET", "internalusers").items():
        if user.get("attributes", {}).get("owner") == OWNER and name not in users:
            remove(name)
    enable_audit()


try:
    main(sys.argv[1])
except urllib.error.HTTPError as error:
    # The reason is in the body.
    sys.exit(f"{error.code} {error.url}: {error.read().decode(errors='replace')}")
