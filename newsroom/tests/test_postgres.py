"""Connections to PostgreSQL are checked after a rest; most of it needs no server."""

import time
from unittest import mock, skipUnless

from django.db import OperationalError, connection, transaction
from django.test import SimpleTestCase, TransactionTestCase

from events.models import SiteStamp
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

    def test_no_check_at_the_end_of_a_transaction_that_had_to_wait(self):
        self.take(after=0)
        self.take(after=0.3)
        # The same request, after it waited for a lock.
        self.clock.return_value += 5
        self.connection.close_if_health_check_failed()
        self.assertEqual(self.is_usable.call_count, 1)

    def test_a_server_that_is_gone_is_told_as_such(self):
        lost = self.connection.connection

        def fail():
            self.connection.connection = None
            raise OperationalError("the server is gone")

        with (
            mock.patch.object(self.connection, "ensure_connection"),
            mock.patch.object(self.connection, "cursor", side_effect=fail),
            self.assertRaisesMessage(OperationalError, "the server is gone"),
        ):
            self.connection.prepared_cursor()
        self.assertIsNot(lost.cursor_factory, base.base.ServerBindingCursor)

    def test_lost_connection_is_closed(self):
        self.is_usable.return_value = False
        self.take(after=0)
        self.close.assert_called_once_with()


@skipUnless(connection.vendor == "postgresql", "asks PostgreSQL")
class WaitingTransactionTests(TransactionTestCase):
    """A transaction of a warm connection that lasts longer than connections are trusted ends as any other."""

    def test_it_can_be_left_by_either_way(self):
        for trouble in (None, RuntimeError):
            with self.subTest(trouble), mock.patch.object(connection, "health_check_enabled", True):
                connection.ensure_connection()
                connection.health_check_done, connection.used_at = False, time.monotonic()
                try:
                    with transaction.atomic():
                        SiteStamp.objects.first()
                        connection.used_at = float("-inf")
                        if trouble:
                            raise trouble
                except RuntimeError:
                    pass
                self.assertTrue(connection.get_autocommit())
