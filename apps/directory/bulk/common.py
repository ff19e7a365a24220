"""What the bulk acts on users share."""

from apps.jobs.bulk.acts import Verdict
from apps.jobs.models import RowAction

LIST = "users"
GONE = Verdict(RowAction.CANNOT, "No longer in Zoho.")
