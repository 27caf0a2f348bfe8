"""Pictures: the files that are shown, what is said with them, and by what right."""

from dataclasses import dataclass, field
from datetime import date

from events.documents.types.refs import absolute


@dataclass(frozen=True, slots=True)
class Licence:
    """`code` is an SPDX identifier where there is one, else the words of the credit."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """One stored picture file: `ratio` is "16:9", "4:3", "1:1", "1.91:1" or "full"."""

    ratio: str
    width: int
    height: int
    type: str
    path: str
    bytes: int

    @property
    def url(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True, slots=True)
class Crop:
    """An own crop of one ratio, as shares of the picture."""

    ratio: str
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Original:
    """The uploaded file of a picture beside an export, with what decides its crops: for an import alone."""

    file: str
    focal_x: float
    focal_y: float
    crops: tuple[Crop, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverDocument:
    """A cover image. Without renditions it is known by its source address alone and is linked, not shown."""

    source_url: str
    alt: str
    is_decorative: bool
    caption: str
    credit: str
    licence: Licence | None
    # Left out of the hash, which kept parts of pages ask for again and again.
    renditions: tuple[Rendition, ...] = field(default=(), hash=False)
    original: Original | None = None
    placeholder: str = ""
    place: str = ""
    taken_on: date | None = None
    people: tuple[str, ...] = ()

    @property
    def is_stored(self) -> bool:
        return bool(self.renditions)

    @property
    def is_told(self) -> bool:
        """Whether there is anything to print below it."""
        return bool(self.caption or self.place or self.taken_on or self.credit or self.licence)

    def ratio(self, ratio: str) -> tuple[Rendition, ...]:
        """The renditions of one ratio, narrowest first."""
        return tuple(r for r in self.renditions if r.ratio == ratio)

    def plain(self, ratio: str) -> Rendition | None:
        """The widest JPEG of one ratio, which every program can show."""
        found = [r for r in self.ratio(ratio) if r.type == "image/jpeg"]
        return max(found, key=lambda r: r.width, default=None)

    @property
    def largest(self) -> Rendition | None:
        """The widest uncropped JPEG."""
        return self.plain("full")

    @property
    def url(self) -> str:
        """The address of the picture: our own copy where we have one, else its source."""
        return self.largest.url if self.largest else self.source_url
