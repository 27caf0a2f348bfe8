"""A Redis cache that is never the reason for an error page."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class FailOpenRedisCache(RedisCache):
    """Django's Redis back end, where an unreachable server is an empty cache that forgets what it is told.

    `incr` then raises `ValueError`, as it does for a key that is not there.
    """

    def _or(self, fallback: Any, operation: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), operation)(*args, **kwargs)
        except RedisError as error:
            log.warning("cache %s failed: %s", operation, error)
            return fallback

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "add", *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, "get", key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, "set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "delete", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict:
        return self._or({}, "get_many", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, "has_key", *args, **kwargs)

    def incr(self, key: str, *args: Any, **kwargs: Any) -> int:
        value = self._or(None, "incr", key, *args, **kwargs)
        if value is None:
            raise ValueError(f"Key {key!r} not found")
        return value

    def set_many(self, data: dict, *args: Any, **kwargs: Any) -> list:
        return self._or(list(data), "set_many", data, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, "delete_many", *args, **kwargs)

    def clear(self) -> bool:
        return self._or(False, "clear")
