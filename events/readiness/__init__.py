"""Whether an entry is fit to be published: a list of findings, errors and warnings."""

from events.readiness.articles import ArticleDraft, article_draft_of, report_on_article
from events.readiness.drafts import Draft, Source, draft_of
from events.readiness.findings import DUPLICATE, ERROR, WARNING, Finding, Report, least_of_hubs, report_on

__all__ = [
    "DUPLICATE",
    "ERROR",
    "WARNING",
    "ArticleDraft",
    "Draft",
    "Finding",
    "Report",
    "Source",
    "article_draft_of",
    "draft_of",
    "least_of_hubs",
    "report_on",
    "report_on_article",
]
