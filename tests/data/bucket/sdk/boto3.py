"""The part of boto3's S3 client that bucket.py uses, over the folder BUCKET_FOLDER.

Names and arguments: https://docs.aws.amazon.com/boto3/latest/reference/services/s3.html
"""

import os
import shutil


class Client:
    def path(self, bucket, key):
        return os.path.join(os.environ["BUCKET_FOLDER"], bucket, key)

    def get_paginator(self, operation):
        assert operation == "list_objects_v2"
        return self

    def paginate(self, *, Bucket, Prefix):
        root = self.path(Bucket, "")
        keys = sorted(
            os.path.relpath(os.path.join(folder, name), root) for folder, _, names in os.walk(root) for name in names
        )
        found = [{"Key": key} for key in keys if key.startswith(Prefix)]
        # Pages of one, and no "Contents" in a page without any, as of S3.
        yield from ({"Contents": [entry]} for entry in found) if found else [{}]

    def upload_file(self, Filename, Bucket, Key):
        os.makedirs(os.path.dirname(self.path(Bucket, Key)), exist_ok=True)
        shutil.copyfile(Filename, self.path(Bucket, Key))

    def download_file(self, Bucket, Key, Filename):
        shutil.copyfile(self.path(Bucket, Key), Filename)

    def delete_object(self, *, Bucket, Key):
        os.remove(self.path(Bucket, Key))


def client(service):
    assert service == "s3"
    return Client()
