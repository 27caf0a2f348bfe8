import tempfile
from io import BytesIO
from pathlib import Path
from unittest import mock

from django.test import SimpleTestCase

from events.images.names import digest_of
from events.images.renditions import Framing, make_renditions
from events.tests import kept_renditions
from events.tests.factories import picture_bytes


class KeptRenditionsTests(SimpleTestCase):
    def test_what_is_kept_is_what_would_be_made(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        asked = [
            (data, Framing(focal=focal))
            for data in (picture_bytes((120, 90)), picture_bytes((90, 120)))
            for focal in ((0.5, 0.5), (0.0, 1.0))
        ]

        def renditions(make, data: bytes, framing: Framing) -> list:
            return list(make(BytesIO(data), digest=digest_of(data), framing=framing))

        made = [renditions(make_renditions, *each) for each in asked]
        for never_again in (None, AssertionError):
            with mock.patch.object(kept_renditions, "make_renditions", wraps=make_renditions) as making:
                making.side_effect = never_again
                kept = [renditions(kept_renditions.kept_in(folder), *each) for each in asked]
            self.assertEqual(kept, made)
