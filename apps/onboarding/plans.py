"""The digest of a plan: what its rows would send, so that nothing else is sent than what was confirmed."""

import json
from hashlib import sha256

from apps.jobs.models import JobRow

# What the run keeps with a row for itself.
KEPT_BY_THE_RUN = frozenset({"after_unknown", "sent", "given_up", "together"})


def digest(job_id: int) -> str:
    """Over every row in the order of the file: whom it is about, what is planned, what would be sent."""
    found = sha256()
    rows = JobRow.objects.filter(job_id=job_id).order_by("number")
    for number, key, action, data in rows.values_list("number", "key", "action", "data").iterator(500):
        kept = {name: each for name, each in data.items() if name not in KEPT_BY_THE_RUN}
        found.update(json.dumps([number, key, action, kept], sort_keys=True).encode() + b"\n")
    return found.hexdigest()
