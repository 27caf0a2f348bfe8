import socket

from django.test import SimpleTestCase

from newsroom.cache import FailOpenRedisCache


class FailOpenRedisCacheTests(SimpleTestCase):
    """Speaks to a port of this machine where nobody listens."""

    def setUp(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.cache = FailOpenRedisCache(f"redis://127.0.0.1:{port}/0", {})

    def test_is_an_empty_cache(self):
        with self.assertLogs("newsroom.cache", "WARNING"):
            self.assertIsNone(self.cache.get("front"))
            self.assertEqual(self.cache.get("front", "default"), "default")
            self.assertEqual(self.cache.get_many(["front"]), {})
            self.assertFalse(self.cache.has_key("front"))
            self.assertEqual(self.cache.get_or_set("front", lambda: "made"), "made")

    def test_forgets_what_it_is_told(self):
        with self.assertLogs("newsroom.cache", "WARNING"):
            self.cache.set("front", 1)
            self.assertFalse(self.cache.add("front", 1))
            self.assertFalse(self.cache.touch("front"))
            self.assertFalse(self.cache.delete("front"))
            self.assertEqual(self.cache.set_many({"front": 1}), ["front"])
            self.cache.delete_many(["front"])
            self.assertFalse(self.cache.clear())

    def test_counting_is_as_for_a_key_that_is_not_there(self):
        with self.assertLogs("newsroom.cache", "WARNING"), self.assertRaises(ValueError):
            self.cache.incr("hits")
