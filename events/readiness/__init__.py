"""Whether an entry is fit to be published: a list of findings, errors and warnings."""

from events.readiness.drafts import Draft, Source, draft_of
from events.readiness.findings import DUPLICATE, ERROR, WARNING, Finding, Report, report_on

__all__ = ["DUPLICATE", "ERROR", "WARNING", "Draft", "Finding", "Report", "Source", "draft_of", "report_on"]
