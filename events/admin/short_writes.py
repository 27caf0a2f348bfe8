"""The transaction of a save begins where the writing does, not before the form is checked."""

from contextlib import ExitStack

from django.db import transaction
from django.http import HttpRequest, HttpResponse


class ShortWrites:
    """Mixed in last, before Django's own class.

    Django's admin checks the form inside the transaction. On SQLite a transaction takes the lock that every
    other writer waits for, and those who come too late would hold it only to be told so.
    """

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        with ExitStack() as request.writing:
            return self._changeform_view(request, object_id, form_url, extra_context)

    def begin_writing(self, request: HttpRequest) -> None:
        """From here on all is written or nothing; it ends with the view."""
        request.writing.enter_context(transaction.atomic())
