"""Copies files between a folder and the stack's bucket with the pod's cloud identity.

    bucket.py put PREFIX FOLDER    uploads FOLDER as PREFIX/<time>, then deletes copies older than KEEP_DAYS
    bucket.py get PREFIX FOLDER    downloads the copy COPY, by default the newest, into FOLDER

The file `manifest` is uploaded last: a copy without it is not complete, and is never restored. BUCKET is gs://name or
s3://name. Both SDKs are in CloudNativePG's image `system`, as requirements of Barman Cloud.
"""

import datetime
import os
import sys


class GoogleBucket:
    """https://cloud.google.com/python/docs/reference/storage/latest; credentials of the metadata server."""

    def __init__(self, name):
        from google.cloud import storage

        self.bucket = storage.Client().bucket(name)

    def list(self, prefix):
        return [blob.name for blob in self.bucket.list_blobs(prefix=prefix)]

    def upload(self, path, key):
        self.bucket.blob(key).upload_from_filename(path)

    def download(self, key, path):
        self.bucket.blob(key).download_to_filename(path)

    def delete(self, key):
        self.bucket.blob(key).delete()


class AmazonBucket:
    """https://docs.aws.amazon.com/boto3/latest; credentials of EKS Pod Identity."""

    def __init__(self, name):
        import boto3

        self.name = name
        self.client = boto3.client("s3")

    def list(self, prefix):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        return [entry["Key"] for page in pages for entry in page.get("Contents", [])]

    def upload(self, path, key):
        self.client.upload_file(path, self.name, key)

    def download(self, key, path):
        self.client.download_file(self.name, key, path)

    def delete(self, key):
        self.client.delete_object(Bucket=self.name, Key=key)


def connect(url):
    scheme, _, name = url.partition("://")
    return {"gs": GoogleBucket, "s3": AmazonBucket}[scheme](name)


def copies(bucket, prefix):
    """Files by copy, the oldest first: names of copies are times."""
    found = {}
    for key in bucket.list(prefix + "/"):
        copy, _, name = key[len(prefix) + 1 :].partition("/")
        if name:
            found.setdefault(copy, []).append(name)
    return dict(sorted(found.items()))


def put(bucket, prefix, folder, keep_days, now):
    names = sorted(os.listdir(folder), key=lambda name: (name == "manifest", name))
    if names[-1:] != ["manifest"]:
        sys.exit(f"{folder} has no manifest: nothing is uploaded")
    form = "%Y-%m-%dT%H-%M-%SZ"
    copy = now.strftime(form)
    for name in names:
        bucket.upload(os.path.join(folder, name), f"{prefix}/{copy}/{name}")
    print(f"{prefix}/{copy}: {len(names)} files")
    # After the upload, so that a failed run deletes nothing.
    oldest = (now - datetime.timedelta(days=keep_days)).strftime(form)
    for old, files in copies(bucket, prefix).items():
        if old < oldest:
            # The manifest first: what is left of an interrupted deletion is not a copy.
            for name in sorted(files, key=lambda name: name != "manifest"):
                bucket.delete(f"{prefix}/{old}/{name}")
            print(f"{prefix}/{old}: deleted after {keep_days} days")


def get(bucket, prefix, folder, wanted):
    complete = {copy: files for copy, files in copies(bucket, prefix).items() if "manifest" in files}
    copy = wanted or next(reversed(complete), "")
    if copy not in complete:
        sys.exit(f"no copy {copy or 'at all'} below {prefix}; there are: {' '.join(complete) or 'none'}")
    for name in complete[copy]:
        bucket.download(f"{prefix}/{copy}/{name}", os.path.join(folder, name))
    print(f"{prefix}/{copy}: {len(complete[copy])} files")


def main(command, prefix, folder):
    bucket = connect(os.environ["BUCKET"])
    if command == "put":
        put(bucket, prefix, folder, int(os.environ["KEEP_DAYS"]), datetime.datetime.now(datetime.timezone.utc))
    else:
        get(bucket, prefix, folder, os.environ.get("COPY", ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
