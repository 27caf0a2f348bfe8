"""Small imports for tests."""

import io
import json
from typing import Any

from events.importers.results import ImportResult
from events.importers.runner import run_import
from events.tests.factories import NOW

BRIDGE = {
    "id": "bridge",
    "date": "2016-02-21",
    "headline": "A bridge opens.",
    "summary": "It is long.",
    "contexts": ["Bridges", "Öresund"],
    "citations": [{"label": "AFP via Yahoo! News", "url": "https://news.yahoo.com/bridge"}],
}


def import_lines(*lines: dict[str, Any] | str, **options: Any) -> ImportResult:
    """Import these objects, or raw texts, as lines of one file."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return run_import("jsonl", io.BytesIO(text.encode()), path="f.jsonl", **{"now": NOW} | options)
