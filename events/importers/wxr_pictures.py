"""The pictures inside a WordPress post: taken out of its HTML, put back as picture blocks of the article."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from events.importers.records import CoverRecord
from events.text.cleaning import clean_line
from events.text.from_html import escape_markdown, safe_url, text_from_html
from events.text.html_tokens import html_tokens

MOST_PICTURES = 50

_CAPTION = re.compile(r"\[(caption|wp_caption)\b[^\[\]]{0,2000}\]([^\[]{0,5000})\[/\1\]")
_GALLERY = re.compile(r"""\[gallery\b[^\[\]]{0,2000}?\bids=["']([\d, ]{1,2000})["'][^\[\]]{0,2000}\]""")
_MARK = re.compile(r"⟦(\d{1,3})⟧")
_MARK_ALONE = re.compile(r"^⟦(\d{1,3})⟧$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the export tells of beside the posts; words are plain text, the caption is Markdown."""

    url: str
    alt: str
    caption: str


def spell_out(source: str, attachments: Mapping[str, Attachment]) -> str:
    """The HTML with the shortcodes of captions and galleries as the figures that they stand for."""

    def gallery(found: re.Match[str]) -> str:
        pictures = [attachments.get(number.strip()) for number in found[1].split(",")]
        return "".join(figure(picture) for picture in pictures if picture and picture.url)

    return _CAPTION.sub(captioned, _GALLERY.sub(gallery, source))


def figure(picture: Attachment) -> str:
    alt = picture.alt.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<figure><img src="{picture.url}" alt="{alt}"></figure>'


def captioned(found: re.Match[str]) -> str:
    """The words stand behind the picture, which may be a link."""
    inside = found[2]
    end = max(inside.rfind("<img"), inside.rfind("</a>"))
    close = inside.find(">", end) + 1 if end >= 0 else 0
    picture, words = inside[:close], inside[close:]
    return f"<figure>{picture}<figcaption>{words}</figcaption></figure>"


def take_out(source: str, *, base: str) -> tuple[str, list[CoverRecord]]:
    """The HTML with a mark in the place of each picture, and the pictures in their order.

    A caption goes with the picture before it in the same figure.
    """
    parts: list[str] = []
    pictures: list[CoverRecord] = []
    in_figure = has_picture = False
    caption: list[str] | None = None
    for token in html_tokens(source):
        if token.name == "figure":
            in_figure, has_picture = not token.is_closing, False
        elif token.name == "figcaption" and in_figure and has_picture:
            if token.is_closing and caption is not None:
                pictures[-1].caption = escape_markdown(text_from_html("".join(caption)))[:2_000]
            caption = None if token.is_closing else []
            continue
        if caption is not None:
            caption.append(token.source)
        elif token.name == "a" and in_figure:
            # Leads to the picture's file, or to a page about it alone.
            continue
        elif token.name == "img" and len(pictures) < MOST_PICTURES:
            if url := safe_url(token.attribute("src"), base):
                alt = clean_line(token.attribute("alt"))[:1_000]
                pictures.append(CoverRecord(source_url=url, alt=alt, is_decorative=not alt))
                has_picture = True
                parts.append(f"<p>⟦{len(pictures) - 1}⟧</p>")
        else:
            parts.append(token.source)
    return "".join(parts), pictures


def put_in(body: str, pictures: list[CoverRecord]) -> str:
    """The Markdown with a picture block for each mark that is a paragraph, and a link for any other one."""

    def at(make: Callable[[CoverRecord], str]) -> Callable[[re.Match[str]], str]:
        return lambda found: make(pictures[int(found[1])]) if int(found[1]) < len(pictures) else found[0]

    return _MARK.sub(at(link), _MARK_ALONE.sub(at(block), body))


def block(picture: CoverRecord) -> str:
    inside = f"{picture.caption}\n" if picture.caption else ""
    return f"::: picture {picture.source_url}\n{inside}:::"


def link(picture: CoverRecord) -> str:
    words = picture.alt or picture.source_url.rpartition("/")[2]
    return f"[{escape_markdown(words)}]({picture.source_url})"
