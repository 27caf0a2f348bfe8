"""Connections to PostgreSQL are checked after a rest; no server is needed for that."""

from unittest import mock

from django.test import SimpleTestCase

from newsroom.postgres import base


class HealthCheckTests(SimpleTestCase):
    def setUp(self):
        self.connection = base.DatabaseWrapper({"CONN_HEALTH_CHECKS": True, "OPTIONS": {}}, "other")
        self.connection.connection = mock.Mock()
        self.connection.health_check_enabled = True
        self.clock = self.enterContext(mock.patch.object(base.time, "monotonic", return_value=100.0))
        self.is_usable = self.enterContext(mock.patch.object(self.connection, "is_usable", return_value=True))
        self.close = self.enterContext(mock.patch.object(self.connection, "close"))

    def take(self, after: float) -> None:
        """Ask for a cursor in another request, so many seconds later."""
        self.clock.return_value += after
        self.connection.health_check_done = False
        self.connection.close_if_health_check_failed()

    def test_first_use_and_a_rest_are_followed_by_a_check(self):
        self.take(after=0)
        self.assertEqual(self.is_usable.call_count, 1)
        self.take(after=base.TRUSTED_SECONDS)
        self.assertEqual(self.is_usable.call_count, 2)

    def test_connection_in_use_is_trusted(self):
        for _request in range(5):
            self.take(after=0.3)
        self.assertEqual(self.is_usable.call_count, 1)

    def test_lost_connection_is_closed(self):
        self.is_usable.return_value = False
        self.take(after=0)
        self.close.assert_called_once_with()
