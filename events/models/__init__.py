"""The tables, one module a subject; constraints live here, no rendering and no ranking."""

from events.models.addresses import Address
from events.models.articles import Article, ArticleNote, ArticleTagging, Byline, Coverage, FrontSlot
from events.models.autosaves import Autosave
from events.models.bulk import BulkChange
from events.models.citations import Citation, Publisher
from events.models.context_moves import ContextMove, ContextPair, MovedEntry
from events.models.contexts import Context, ContextAddress, ContextName, Tagging
from events.models.drafts import DraftRevision
from events.models.entries import Entry
from events.models.events import Event
from events.models.history import Revision
from events.models.images import ArticleCard, Image, OrphanFile, ShareCard
from events.models.imports import ImportRow, ImportRun
from events.models.jobs import Job
from events.models.listings import (
    ContextDay,
    ContextListing,
    PublisherListing,
    SiteStamp,
    StoryDay,
    StoryListing,
)
from events.models.overruling import OverruledWarning
from events.models.previews import PreviewLink
from events.models.problems import EventProblem
from events.models.profiles import Profile, ProfileAddress
from events.models.reports import NewsroomReport
from events.models.saved_lists import SavedList
from events.models.sources import SourcePage
from events.models.steering import EventLink, RelatedChoice, Relation
from events.models.stories import StoryLine, StoryLineAddress, TurningPoint

__all__ = [
    "Address",
    "Article",
    "ArticleCard",
    "ArticleNote",
    "ArticleTagging",
    "Autosave",
    "BulkChange",
    "Byline",
    "Citation",
    "Context",
    "ContextAddress",
    "ContextDay",
    "ContextListing",
    "ContextMove",
    "ContextName",
    "ContextPair",
    "Coverage",
    "DraftRevision",
    "Entry",
    "Event",
    "EventLink",
    "EventProblem",
    "FrontSlot",
    "Image",
    "ImportRow",
    "ImportRun",
    "Job",
    "MovedEntry",
    "NewsroomReport",
    "OrphanFile",
    "OverruledWarning",
    "PreviewLink",
    "Profile",
    "ProfileAddress",
    "Publisher",
    "PublisherListing",
    "RelatedChoice",
    "Relation",
    "Revision",
    "SavedList",
    "ShareCard",
    "SiteStamp",
    "SourcePage",
    "StoryDay",
    "StoryLine",
    "StoryLineAddress",
    "StoryListing",
    "Tagging",
    "TurningPoint",
]
