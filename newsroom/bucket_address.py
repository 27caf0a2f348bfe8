"""Reading `MEDIA_STORAGE_URL`, which tells in which S3-compatible bucket pictures are kept.

s3://KEY:SECRET@BUCKET/FOLDER?endpoint=https://s3.example.com&region=eu-central-1&public=https://cdn.example.org
"""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKEND = "newsroom.buckets.PictureBucket"
KNOWN = {"endpoint", "region", "public", "acl"}


def storage_of(address: str) -> dict[str, Any]:
    """The entry of Django's STORAGES for such an address.

    Raises ImproperlyConfigured where it is none, without repeating the secret in it.
    """
    if find_spec("storages") is None:
        raise ImproperlyConfigured("MEDIA_STORAGE_URL needs: pip install -r requirements-s3.txt")
    parts = urlsplit(address)
    # Not `hostname`, which is in small letters.
    bucket = parts.netloc.rpartition("@")[2]
    if parts.scheme != "s3" or not bucket:
        raise ImproperlyConfigured("MEDIA_STORAGE_URL begins with s3:// and names a bucket.")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if unknown := set(asked) - KNOWN:
        raise ImproperlyConfigured(f"MEDIA_STORAGE_URL knows no {', '.join(sorted(unknown))}.")
    region, endpoint = asked.get("region"), asked.get("endpoint", "").rstrip("/")
    own = f"{endpoint}/{bucket}" if endpoint else f"https://{bucket}.s3.{region or 'us-east-1'}.amazonaws.com"
    options: dict[str, Any] = {
        "bucket_name": bucket,
        "location": parts.path.strip("/"),
        "region_name": region,
        "endpoint_url": endpoint or None,
        "public": asked.get("public", own).rstrip("/"),
        "has_acl": asked.get("acl") != "none",
    }
    if parts.username:
        options |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    return {"BACKEND": BACKEND, "OPTIONS": options}


def origin_of(storage: dict[str, Any]) -> str:
    """Scheme and host from which readers' browsers fetch the pictures, for the Content-Security-Policy."""
    public = urlsplit(storage["OPTIONS"]["public"])
    return f"{public.scheme}://{public.netloc}"
