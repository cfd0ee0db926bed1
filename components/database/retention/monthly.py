"""Keeps the first full backup of each month, and releases those that are older than MONTHS months.

Barman deletes backups that are older than the recovery window, except kept ones; of these it keeps the log that they need to
be consistent, and no more (`standalone`). A released backup is deleted with the next ones.
https://docs.pgbarman.org/release/3.19.1/user_guide/barman_cloud.html
"""

import datetime
import json
import os
import subprocess


def barman(tool, *arguments):
    provider, url, server = (os.environ[name] for name in ("PROVIDER", "DESTINATION", "SERVER"))
    command = [f"barman-cloud-backup-{tool}", "--cloud-provider", provider, url, server, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def months(backup_id):
    """Months since year 0 of a backup: its id is the time of its start, such as 20261101T020003."""
    return int(backup_id[:4]) * 12 + int(backup_id[4:6])


def main(now):
    found = json.loads(barman("list", "--format", "json"))["backups_list"]
    first = {}
    for backup in sorted(backup["backup_id"] for backup in found if backup["status"] == "DONE"):
        first.setdefault(months(backup), backup)
    current = now.year * 12 + now.month
    for month, backup in first.items():
        kept = "standalone" in barman("keep", backup, "--status")
        if month <= current - int(os.environ["MONTHS"]):
            if kept:
                barman("keep", backup, "--release")
                print(f"{backup}: released")
        elif not kept and month == current:
            # Not of an earlier month: what is the first of it now may be the last that is left.
            barman("keep", backup, "--target", "standalone")
            print(f"{backup}: kept")


if __name__ == "__main__":
    main(datetime.datetime.now(datetime.timezone.utc))
