"""Writes the values of FILE into a Valkey cluster: on each line an id, a space and the value. Fails unless all are written."""

import json
import os
import socket
import ssl
import sys
import time
import urllib.request

environ = os.environ
# A master that died is replaced within half a minute; meanwhile its keys are tried again.
end = time.monotonic() + float(environ["GIVE_UP_SECONDS"])
# What a cluster answers while it fails over or moves a slot.
passing = (b"-CLUSTERDOWN", b"-TRYAGAIN", b"-LOADING")
metadata = "http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token"


def credential(name):
    with open(os.path.join(environ["VALKEY_CACHE_CREDENTIALS"], name), encoding="utf-8") as file:
        return file.read().strip()


def password():
    if environ.get("VALKEY_CACHE_AUTH") != "google-iam":
        return credential("password")
    request = urllib.request.Request(metadata, headers={"Metadata-Flavor": "Google"})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)["access_token"]


def tls():
    """The settings of connections: the authority's certificates, and that names are checked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority = environ.get("VALKEY_CACHE_CA")
    if authority == "system":
        context.load_default_certs()
    elif authority == "credentials":
        # The instance's own authority, which has no certificates for others; nodes are called by their addresses.
        context.check_hostname = False
        context.load_verify_locations(os.path.join(environ["VALKEY_CACHE_CREDENTIALS"], "ca.crt"))
    else:
        folder = environ["CERTIFICATE"]
        context.load_verify_locations(os.path.join(folder, "ca.crt"))
        context.load_cert_chain(os.path.join(folder, "tls.crt"), os.path.join(folder, "tls.key"))
    return context


def command(*words):
    """A command as an array of strings of Valkey's protocol, RESP."""
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


class Node:
    def __init__(self, host, port):
        plain = socket.create_connection((host, int(port)), timeout=5)
        self.socket = context.wrap_socket(plain, server_hostname=host)
        self.replies = self.socket.makefile("rb")
        user = environ["VALKEY_CACHE_USER"]
        if self.send([command(b"AUTH", user.encode(), secret.encode())]) != [b"+OK"]:
            sys.exit("%s refused the user %s" % (host, user))

    def send(self, commands):
        self.socket.sendall(b"".join(commands))
        answers = [self.replies.readline().rstrip(b"\r\n") for _ in commands]
        if b"" in answers:
            raise ConnectionError("the connection was closed")
        return answers


def write(node, keys):
    """Sends keys to a node; the answer to each. All are unanswered where it is gone."""
    try:
        if node not in nodes:
            nodes[node] = Node(*node)
        # The node that a slot is moved to accepts a command for it right after ASKING only. Others ignore that word.
        pairs = [(command(b"ASKING"), command(b"SETEX", prefix + key, lifetime, values[key])) for key in keys]
        answers = nodes[node].send([one for pair in pairs for one in pair])
        return list(zip(keys, answers[1::2]))
    except OSError as error:
        print("%s: %s" % (node[0], error), file=sys.stderr)
        nodes.pop(node, None)
        return [(key, None) for key in keys]


with open(environ["FILE"], "rb") as lines:
    values = dict(line.rstrip(b"\n").split(b" ", 1) for line in lines)
prefix = environ["CACHE"].encode() + b":"
lifetime = environ["CACHE_TTL_%s_SECONDS" % environ["CACHE"].upper().replace("-", "_")].encode()
seeds = [tuple(node.rsplit(":", 1)) for node in environ["VALKEY_CACHE_NODES"].split(",")]
context, secret, nodes = tls(), password(), {}
target = dict.fromkeys(values, seeds[0])
turn = 0
while target and time.monotonic() < end:
    moved = False
    groups = {}
    for key, node in target.items():
        groups.setdefault(node, []).append(key)
    for node, keys in groups.items():
        # In parts, so that neither side's buffer fills while the other one waits.
        for start in range(0, len(keys), 50):
            for key, answer in write(node, keys[start : start + 50]):
                word, *rest = (answer or b"").split(b" ")
                if answer == b"+OK":
                    del target[key]
                elif word in (b"-MOVED", b"-ASK"):
                    host, port = rest[1].decode().rsplit(":", 1)
                    # Without a host it is the node that answered, on another port.
                    target[key] = (host or node[0], port)
                    moved = True
                elif answer is None or word in passing:
                    # Another node knows where the key is, or will know.
                    turn += 1
                    target[key] = seeds[turn % len(seeds)]
                else:
                    sys.exit("%s refused a key: %s" % (node[0], answer.decode(errors="replace")))
    if target:
        time.sleep(0.1 if moved else 1)
print("%d of %d keys written" % (len(values) - len(target), len(values)))
sys.exit(1 if target else 0)
