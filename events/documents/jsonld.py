"""Structured data for search engines: schema.org as plain dictionaries.

NewsArticle follows https://schema.org/NewsArticle and Google's article guidelines: one picture for each of
three ratios, moments with their offset, a publisher with a logo.
"""

from collections.abc import Mapping
from typing import Any

from events.dates import iso_day
from events.documents.article_types import ArticleDocument, ProfileDocument
from events.documents.site import Site
from events.documents.types import (
    CitationDocument,
    ContextRef,
    CoverDocument,
    EventDocument,
    ListPage,
    Page,
    absolute,
)
from events.text.markdown import plain_text

JsonLd = dict[str, Any]

SCHEMA = "https://schema.org"
RATIOS = ("16:9", "4:3", "1:1")
TYPES_OF_CONTEXTS = {"person": "Person", "place": "Place", "organisation": "Organization", "story": "Event"}


def _filled(**properties: Any) -> JsonLd:
    """The properties that say something; `at_type` and the like become "@type"."""
    return {
        f"@{name[3:]}" if name.startswith("at_") else name: value
        for name, value in properties.items()
        if value not in (None, "", [], {})
    }


def publisher(site: Site, *, logo: str) -> JsonLd:
    """The organisation behind the site; `logo` is the path of a square picture of 512 pixels."""
    return _filled(
        at_type="NewsMediaOrganization",
        at_id=f"{site.url}/#publisher",
        name=site.publisher_name,
        url=f"{site.url}/",
        logo={"@type": "ImageObject", "url": absolute(logo), "width": 512, "height": 512},
        correctionsPolicy=f"{site.url}/about/",
        email=site.contact_email,
    )


def _image(cover: CoverDocument, ratio: str) -> JsonLd | None:
    """The widest JPEG of one ratio with its credit, or None where there is none."""
    widest = cover.plain(ratio)
    if widest is None:
        return None
    return _filled(
        at_type="ImageObject",
        url=widest.url,
        contentUrl=widest.url,
        width=widest.width,
        height=widest.height,
        caption=cover.caption or cover.alt,
        creditText=cover.credit,
        license=cover.licence.url if cover.licence else "",
        contentLocation=cover.place and {"@type": "Place", "name": cover.place},
        dateCreated=cover.taken_on and cover.taken_on.isoformat(),
        about=[{"@type": "Person", "name": name} for name in cover.people],
    )


def images(cover: CoverDocument | None, share_images: Mapping[str, str]) -> list[JsonLd | str]:
    """A picture for each of the three ratios: the cover's, else the site's own (paths by ratio)."""
    return [(cover and _image(cover, ratio)) or absolute(share_images[ratio]) for ratio in RATIOS]


def _citation(citation: CitationDocument) -> JsonLd:
    return _filled(
        at_type="CreativeWork",
        name=citation.label,
        url=citation.url,
        publisher=citation.publisher and {"@type": "Organization", "name": citation.publisher.name},
        datePublished=citation.published_on and citation.published_on.isoformat(),
        inLanguage=citation.language,
        isAccessibleForFree=False if citation.is_paywalled else None,
    )


def _about(ref: ContextRef) -> JsonLd:
    return {"@type": TYPES_OF_CONTEXTS.get(ref.kind, "Thing"), "name": ref.name, "url": absolute(ref.path)}


def event_json_ld(event: EventDocument, site: Site, *, logo: str, share_images: Mapping[str, str]) -> JsonLd:
    """The event as a NewsArticle. The headline is whole: readers of it cut it themselves."""
    organisation = publisher(site, logo=logo)
    return {"@context": SCHEMA} | _filled(
        at_type="NewsArticle",
        at_id=absolute(event.ref.short_path),
        identifier=event.guid,
        url=event.url,
        mainEntityOfPage={"@type": "WebPage", "@id": event.url},
        headline=event.headline,
        alternativeHeadline=event.ref.short_headline,
        description=event.description,
        articleSection=event.category,
        inLanguage=event.ref.language or site.language,
        temporalCoverage=iso_day(event.date, event.ref.date_precision, end=event.end_date),
        datePublished=event.first_published_at.isoformat(),
        dateModified=event.edited_at.isoformat(),
        author=organisation,
        publisher=organisation,
        image=images(event.cover, share_images),
        about=[_about(ref) for ref in event.contexts],
        citation=[_citation(citation) for citation in event.citations],
        license=site.licence_url,
        isAccessibleForFree=True,
    )


TYPES_OF_ARTICLES = {
    "opinion": "OpinionNewsArticle",
    "report": "ReportageNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "background": "BackgroundNewsArticle",
}
TYPES_OF_PROFILES = {"person": "Person", "organisation": "Organization"}


def article_json_ld(
    article: ArticleDocument, site: Site, *, logo: str, share_images: Mapping[str, str]
) -> JsonLd:
    """The article as one of schema.org's kinds of NewsArticle."""
    organisation = publisher(site, logo=logo)
    return {"@context": SCHEMA} | _filled(
        at_type=TYPES_OF_ARTICLES[article.ref.kind],
        at_id=absolute(article.ref.short_path),
        identifier=article.guid,
        url=article.url,
        mainEntityOfPage={"@type": "WebPage", "@id": article.url},
        headline=article.headline,
        description=article.description,
        articleSection=article.category,
        inLanguage=article.ref.language or site.language,
        datePublished=article.first_published_at.isoformat(),
        dateModified=article.edited_at.isoformat(),
        timeRequired=article.reading_minutes and f"PT{article.reading_minutes}M",
        author=[_profile(byline.profile) for byline in article.bylines if not byline.role] or organisation,
        contributor=[
            *(_profile(byline.profile) for byline in article.bylines if byline.role),
            *({"@type": "Organization", "name": name} for name in article.agencies),
        ],
        publisher=organisation,
        image=images(article.cover, share_images),
        about=[_about(ref) for ref in article.contexts],
        mentions=[
            {"@type": "NewsArticle", "@id": absolute(ref.short_path), "name": ref.headline, "url": ref.url}
            for ref in article.events
        ],
        citation=[
            _filled(at_type="CreativeWork", name=note.label, url=note.url) for note in article.footnotes
        ],
        correction=[
            {"@type": "CorrectionComment", "text": note.text, "datePublished": note.noted_at.isoformat()}
            for note in article.notes
            if note.kind == "correction"
        ],
        license=site.licence_url,
        isAccessibleForFree=True,
    )


def profile_json_ld(profile: ProfileDocument) -> JsonLd:
    """A profile's page as what it tells of."""
    return {"@context": SCHEMA} | _profile(profile)


def _profile(profile: ProfileDocument) -> JsonLd:
    return _filled(
        at_type=TYPES_OF_PROFILES[profile.ref.kind],
        at_id=profile.ref.url,
        name=profile.ref.name,
        url=profile.ref.url,
        sameAs=profile.url,
        description=plain_text(profile.text) if profile.text else "",
        image=profile.picture and _image(profile.picture, "1:1"),
    )


def breadcrumbs_json_ld(page: Page) -> JsonLd | None:
    """The way from the front page to this one, or None where there is none to show."""
    trail = [(link.title, link.url) for link in page.breadcrumbs]
    if not trail:
        return None
    if trail[-1][1] != page.url:
        trail.append((page.title, page.url))
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(trail, start=1)
    ]
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def website_json_ld(site: Site, *, logo: str) -> JsonLd:
    """The site itself, with the address of its search."""
    return {"@context": SCHEMA} | _filled(
        at_type="WebSite",
        at_id=f"{site.url}/#website",
        name=site.name,
        description=site.tagline,
        url=f"{site.url}/",
        inLanguage=site.language,
        license=site.licence_url,
        publisher=publisher(site, logo=logo),
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site.url}/search/?q={{q}}"},
            "query-input": "required name=q",
        },
    )


def list_json_ld(document: ListPage, site: Site) -> JsonLd:
    """A list page as a CollectionPage whose parts are the entries it shows."""
    page = document.page
    parts = [
        {"@type": "ListItem", "position": position, "url": event.url}
        for position, event in enumerate((*document.events, *document.articles), start=1)
    ]
    return {"@context": SCHEMA} | _filled(
        at_type="CollectionPage",
        at_id=page.url,
        url=page.url,
        name=page.title,
        description=page.description,
        inLanguage=page.language or site.language,
        isPartOf={"@id": f"{site.url}/#website"},
        about=[_about(subject.ref) for subject in document.subjects],
        mainEntity=parts and {"@type": "ItemList", "itemListElement": parts},
        license=site.licence_url,
    )
