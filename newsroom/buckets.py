"""Pictures in an S3-compatible bucket, where `MEDIA_STORAGE_URL` names one (`newsroom/bucket_address.py`)."""

import posixpath
from typing import Any
from urllib.parse import quote

from storages.backends.s3 import S3Storage

# What readers see never changes under its name.
FOR_EVER = "public, max-age=31536000, immutable"
ORIGINALS = "originals/"
# Older versions of Python do not know all of them.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


class PictureBucket(S3Storage):
    """A bucket whose public files have addresses that never expire, and whose originals are private.

    `public` is the origin and folder under which readers find the bucket.
    """

    def __init__(self, *, public: str, has_acl: bool = True, **options: Any) -> None:
        self.public, self.has_acl = public, has_acl
        # The name tells the bytes: to write a file twice is to write the same.
        super().__init__(querystring_auth=False, file_overwrite=True, **options)

    def url(self, name: str, *_arguments: Any, **_options: Any) -> str:
        return f"{self.public}/{quote(posixpath.join(self.location, name))}"

    def get_object_parameters(self, name: str) -> dict[str, str]:
        is_private = ORIGINALS in name
        parameters = {"CacheControl": "private" if is_private else FOR_EVER}
        if self.has_acl:
            parameters["ACL"] = "private" if is_private else "public-read"
        extension = posixpath.splitext(name)[1]
        return parameters | ({"ContentType": TYPES[extension]} if extension in TYPES else {})
