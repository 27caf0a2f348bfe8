"""YAML front matter: what a Markdown page carries beside what it shows."""

from typing import Any

import yaml

FENCE = "---\n"


class _Dumper(yaml.SafeDumper):
    """The safe dumper, with texts of several lines in literal blocks, which people can read and edit."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent_text)


def dump(facts: dict[str, Any]) -> str:
    """The fenced front matter of `facts` in their order, without what is unknown or empty."""
    # Not the C emitter: it folds and quotes differently, and exports are compared byte by byte.
    body = yaml.dump(
        without_empty(facts),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=2**31,
    )
    return f"{FENCE}{body}{FENCE}"


def without_empty(value: Any) -> Any:
    """`value` without the entries of dictionaries that are None, empty text, empty lists or False."""
    if isinstance(value, dict):
        return {
            key: without_empty(inner)
            for key, inner in value.items()
            if inner is not None and inner is not False and inner not in ("", [], {})
        }
    if isinstance(value, list):
        return [without_empty(inner) for inner in value]
    return value
