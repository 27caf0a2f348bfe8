"""Where a page stands in another format."""


def path_in_format(path: str, extension: str, *, is_event: bool = False) -> str:
    """The path of a page's file: `/news/2016/` → `/news/2016/index.md`, an event's → `….md`.

    The query (a cursor, a search) stays.
    """
    page, mark, query = path.partition("?")
    file = f"{page.rstrip('/')}.{extension}" if is_event else f"{page}index.{extension}"
    return file + mark + query
