"""The contexts and publishers that a question names, as far as the public knows them."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from events.citations.publishers import publisher_host
from events.citations.urls import host_of
from events.models import Context, ContextAddress, ContextName, Publisher
from events.search.query import SearchQuery
from events.text.folding import name_key


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a question is narrowed to; `query` names them by slug and host, and tells of unknown ones."""

    query: SearchQuery
    contexts: tuple[Context, ...] = ()
    publishers: tuple[Publisher, ...] = ()


def find_subjects(query: SearchQuery, *, now: datetime) -> Subjects:
    """Look up contexts by slug (former ones too), name or alias, publishers by any of their hosts.

    A context without a public event is unknown here. At most three queries.
    """
    contexts, unknown_contexts = _contexts(query.contexts, now) if query.contexts else ((), ())
    publishers, unknown_hosts = _publishers(query.sources, now) if query.sources else ((), ())
    problems = [_("No context is known as “%(name)s”.") % {"name": name[:80]} for name in unknown_contexts]
    problems += [_("No source is known as “%(name)s”.") % {"name": name[:80]} for name in unknown_hosts]
    query = replace(
        query,
        contexts=tuple(found.slug for found in contexts) + unknown_contexts,
        sources=tuple(found.host for found in publishers) + unknown_hosts,
        problems=query.problems + tuple(problems),
    )
    return Subjects(query, contexts, publishers)


def _contexts(names: tuple[str, ...], now: datetime) -> tuple[tuple[Context, ...], tuple[str, ...]]:
    keys = {name: (name.lower(), name_key(name)) for name in names}
    by_address = ContextAddress.objects.filter(slug__in=[slug for slug, _key in keys.values()]).order_by()
    by_name = ContextName.objects.filter(key__in=[key for _slug, key in keys.values()]).order_by()
    pks = dict(by_name.values_list("key", "context_id").union(by_address.values_list("slug", "context_id")))
    public = Context.objects.public(now=now).defer("description").in_bulk(set(pks.values()))
    found = {name: public.get(pks.get(slug) or pks.get(key)) for name, (slug, key) in keys.items()}
    return (
        tuple(dict.fromkeys(context for context in found.values() if context)),
        tuple(name for name, context in found.items() if context is None),
    )


def _publishers(names: tuple[str, ...], now: datetime) -> tuple[tuple[Publisher, ...], tuple[str, ...]]:
    hosts = {name: publisher_host(host_of(name if "://" in name else f"https://{name}")) for name in names}
    rows = Publisher.objects.public(now=now).filter(host__in=hosts.values())
    public = {row.host: row for row in rows}
    return (
        tuple(dict.fromkeys(public[host] for host in hosts.values() if host in public)),
        tuple(name for name, host in hosts.items() if host not in public),
    )
