"""WordPress exports: each post becomes an article with its author, its pictures and its old address."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy

from events.importers.records import ArticleRecord, BylineRecord, CoverRecord, Record
from events.importers.wxr_pictures import put_in, spell_out, take_out
from events.importers.wxr_posts import Post, as_html, excerpt_of, facts, read_posts
from events.text.from_html import markdown_from_html

name = "wxr"
title = gettext_lazy("WordPress export (WXR)")
extensions = (".xml", ".wxr")

# What a post of a blog is, no more can be known.
KIND = "report"


def read(stream: BinaryIO, *, path: str = "") -> Iterator[Record]:
    """Contexts for the categories and tags, then articles for the posts."""
    return read_posts(stream, article_of, path=path)


def article_of(post: Post) -> ArticleRecord:
    html, pictures = take_out(as_html(spell_out(post.content, post.attachments)), base=post.link)
    cover = None
    if featured := post.featured:
        cover = CoverRecord(source_url=featured.url, alt=featured.alt, caption=featured.caption)
    for picture in [*pictures, *([cover] if cover else [])]:
        # Whom it comes from; who took it, only the newsroom knows.
        picture.credit = post.site.host
    return ArticleRecord(
        **facts(post),
        kind=KIND,
        deck=excerpt_of(post),
        body=put_in(markdown_from_html(html, base=post.link), pictures),
        bylines=[BylineRecord(post.author)] if post.author else [],
        cover=cover,
        pictures=pictures,
    )
