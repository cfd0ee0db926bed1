"""The part of google-cloud-storage that bucket.py uses, over the folder BUCKET_FOLDER.

Names and arguments: https://docs.cloud.google.com/python/docs/reference/storage/latest
"""

import os
import shutil


class Blob:
    def __init__(self, bucket, name):
        self.name = name
        self.path = os.path.join(bucket, name)

    def upload_from_filename(self, filename):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        shutil.copyfile(filename, self.path)

    def download_to_filename(self, filename):
        shutil.copyfile(self.path, filename)

    def delete(self):
        os.remove(self.path)


class Bucket:
    def __init__(self, root):
        self.root = root

    def blob(self, name):
        return Blob(self.root, name)

    def list_blobs(self, prefix):
        names = sorted(
            os.path.relpath(os.path.join(folder, name), self.root)
            for folder, _, files in os.walk(self.root)
            for name in files
        )
        return iter([self.blob(name) for name in names if name.startswith(prefix)])


class Client:
    def bucket(self, name):
        return Bucket(os.path.join(os.environ["BUCKET_FOLDER"], name))
