"""Connections that belong to a thread and are checked after a rest, not before every request.

A pool's check, or Django's, asks the server at each request whether it is still there. For a reader whose
copy is still good (304) this was a third of the whole answer. A connection that was in use a moment ago is
taken as it is; should the server have been restarted in that moment, one request fails, and Django opens a
new connection for the next.
"""

import time

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    used_at = float("-inf")

    def close_if_health_check_failed(self) -> None:
        """Called whenever a cursor is made."""
        now = time.monotonic()
        if now - self.used_at >= TRUSTED_SECONDS:
            super().close_if_health_check_failed()
        else:
            # Trusted until the next request: the check at the end of a transaction that had to wait would
            # begin another one, out of which Django could not leave.
            self.health_check_done = True
        self.used_at = now

    def prepared_cursor(self) -> CursorWrapper:
        """A cursor that sends values beside the statement, which the server then keeps planned.

        For statements that are asked again and again with values that do not change the best plan. Django's
        own cursors write the values into the statement, and the server plans each anew.
        """
        self.ensure_connection()
        # Not `self.connection`, which is another one, or none, where this one turns out to be broken.
        connection = self.connection
        factory, connection.cursor_factory = connection.cursor_factory, base.ServerBindingCursor
        try:
            return self.cursor()
        finally:
            connection.cursor_factory = factory
