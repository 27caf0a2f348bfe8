"""Parts of addresses. What a part means (whether a date exists, a format is ours) is the view's to say.

No part holds a control character: PostgreSQL refuses to look for NUL, and nothing of ours has any other.
"""


class Text:
    """A part taken as it is written."""

    regex = r"[^/\x00-\x1f\x7f]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year(Text):
    regex = "[0-9]{4}"


class Number(Text):
    """A month or day: also the unpadded form, which is redirected."""

    regex = "[0-9]{1,2}"


class Slug(Text):
    """A slug in any script, up to the dot of a format; slugs of contexts may be joined by "+"."""

    regex = r"[^/.\x00-\x1f\x7f]+"


class Extension(Text):
    """The ending of a format or feed."""

    regex = "[A-Za-z0-9]+"


class Host(Text):
    """A publisher's host, always in lower case in our own links."""

    regex = r"[A-Za-z0-9\-._:\[\]]+"
