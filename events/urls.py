"""Addresses of the public site. They are a contract: `docs/reference/urls.md` tells them all."""

from django.urls import path, re_path, register_converter

from events import converters
from events.views import (
    about,
    articles,
    contexts,
    days,
    entries,
    events,
    feeds,
    previews,
    profiles,
    search,
    sitemaps,
    sources,
    stories,
)

register_converter(converters.Year, "dayline_year")
register_converter(converters.Number, "dayline_number")
register_converter(converters.Slug, "dayline_slug")
register_converter(converters.Extension, "dayline_ext")
register_converter(converters.Host, "dayline_host")

app_name = "events"


def page(route: str, view, name: str) -> list:
    """A page ending in "/" with its `index.html` and its other formats beside it."""
    return [
        path(route, view, name=name),
        path(f"{route}index.html", days.page_of_index),
        path(f"{route}index.<dayline_ext:extension>", view, name=f"{name}_format"),
    ]


YEAR = "news/<dayline_year:year>/"
MONTH = f"{YEAR}<dayline_number:month>/"
DAY = f"{MONTH}<dayline_number:day>/"
ENTRY = f"{DAY}<dayline_slug:slug>"
OPINION = "opinion/<dayline_year:year>/"
OPINION_MONTH = f"{OPINION}<dayline_number:month>/"
OPINION_DAY = f"{OPINION_MONTH}<dayline_number:day>/"
ARTICLE = f"{OPINION_DAY}<dayline_slug:slug>"
PROFILE = "profiles/<dayline_slug:slug>/"
CONTEXT = "contexts/<dayline_slug:slugs>/"
STORY = "stories/<dayline_slug:slug>/"
SOURCE = "sources/<dayline_host:host>/"

urlpatterns = [
    *page("", days.front, "front"),
    *page("news/", days.archive, "archive"),
    *page(YEAR, days.year, "year"),
    *page(MONTH, days.month, "month"),
    *page(DAY, days.day, "day"),
    path(f"{ENTRY}/", events.event, name="event"),
    path(f"{ENTRY}.<dayline_ext:extension>", events.event, name="event_format"),
    path("preview/<slug:secret>/", previews.preview, name="preview"),
    path("e/<dayline_slug:public_id>/", entries.permalink, name="permalink"),
    *page("opinion/", articles.opinion, "opinion"),
    *page(OPINION, articles.year, "opinion_year"),
    *page(OPINION_MONTH, articles.month, "opinion_month"),
    *page(OPINION_DAY, articles.day, "opinion_day"),
    path(f"{ARTICLE}/", articles.article, name="article"),
    path(f"{ARTICLE}.<dayline_ext:extension>", articles.article, name="article_format"),
    *page("profiles/", profiles.profile_list, "profile_list"),
    *page(PROFILE, profiles.profile, "profile"),
    path(f"{PROFILE}feed.<dayline_ext:extension>", profiles.feed, name="profile_feed"),
    *page("contexts/", contexts.context_list, "context_list"),
    *page(CONTEXT, contexts.context, "context"),
    path(f"{CONTEXT}feed.<dayline_ext:extension>", contexts.feed, name="context_feed"),
    *page("stories/", stories.story_list, "story_list"),
    *page(STORY, stories.story, "story"),
    path(f"{STORY}feed.<dayline_ext:extension>", stories.feed, name="story_feed"),
    path(f"{STORY}embed/", stories.embed, name="story_embed"),
    *page("sources/", sources.source_list, "source_list"),
    *page(SOURCE, sources.source, "source"),
    path(f"{SOURCE}feed.<dayline_ext:extension>", sources.feed, name="source_feed"),
    *page("search/", search.search, "search"),
    path("search/feed.<dayline_ext:extension>", search.feed, name="search_feed"),
    *page("about/", about.about, "about"),
    *page("api/", about.api, "api"),
    path("schemas/<str:name>", about.schema, name="schema"),
    path("feeds/news.<dayline_ext:extension>", feeds.news, name="news_feed"),
    path("feeds/opinion.<dayline_ext:extension>", articles.feed, name="opinion_feed"),
    path("index_rss.xml", feeds.former_news),
    path("opinion_rss.xml", articles.former_feed),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages),
    path("sitemap-<dayline_year:year>-<dayline_number:month>.xml", sitemaps.month),
    path("sitemap-opinion.xml", sitemaps.opinion),
    path("sitemap-contexts-<int:number>.xml", sitemaps.contexts),
    path("sitemap-stories-<int:number>.xml", sitemaps.stories),
    path("sitemap-sources-<int:number>.xml", sitemaps.sources),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    # Last: addresses of older systems.
    re_path(r"^(?P<path>[^\x00-\x1f\x7f]+)$", entries.former, name="former"),
]
