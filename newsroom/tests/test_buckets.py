"""Pictures in a bucket: stored, found and served as on a disk, against an S3 server on this machine."""

import urllib.request
from io import BytesIO

import boto3
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.test import SimpleTestCase, TestCase, override_settings
from moto.server import ThreadedMotoServer

from events.documents.builders import renditions_of
from events.models import Image
from events.tests.factories import make_event, picture_bytes
from events.workflow.pictures import remake_renditions, store_picture
from newsroom.bucket_address import origin_of, storage_of


class AddressTests(SimpleTestCase):
    def test_all_parts(self):
        storage = storage_of(
            "s3://key:s%2Fcret@My-Bucket/media/p?endpoint=https://s3.example.com/&region=eu-1&acl=none"
            "&public=https://cdn.example.org/"
        )
        self.assertEqual(
            storage["OPTIONS"],
            {
                "bucket_name": "My-Bucket",
                "location": "media/p",
                "region_name": "eu-1",
                "endpoint_url": "https://s3.example.com",
                "public": "https://cdn.example.org",
                "has_acl": False,
                "access_key": "key",
                "secret_key": "s/cret",
            },
        )
        self.assertEqual(origin_of(storage), "https://cdn.example.org")

    def test_bucket_alone(self):
        storage = storage_of("s3://pictures")
        self.assertEqual(storage["OPTIONS"]["public"], "https://pictures.s3.us-east-1.amazonaws.com")
        self.assertNotIn("access_key", storage["OPTIONS"])

    def test_mistakes_are_told_without_the_secret(self):
        for wrong in (
            "https://key:hush@bucket",
            "s3://",
            "s3://key:hush@",
            "s3://key:hush@b?colour=red",
            "b",
        ):
            with self.subTest(wrong), self.assertRaises(ImproperlyConfigured) as caught:
                storage_of(wrong)
            self.assertNotIn("hush", str(caught.exception))


class BucketTests(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        cls.server.start()
        cls.addClassCleanup(cls.server.stop)
        cls.endpoint = "http://{}:{}".format(*cls.server.get_host_and_port())

    def setUp(self):
        self.client_of_s3 = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        self.client_of_s3.create_bucket(Bucket="pictures")
        storage = storage_of(f"s3://key:secret@pictures/media?endpoint={self.endpoint}&region=us-east-1")
        used = override_settings(STORAGES=settings.STORAGES | {"default": storage})
        used.enable()
        self.addCleanup(used.disable)
        renditions_of.cache_clear()
        self.addCleanup(renditions_of.cache_clear)

    def head(self, name: str) -> dict:
        return self.client_of_s3.head_object(Bucket="pictures", Key=f"media/{name}")

    def is_public(self, name: str) -> bool:
        grants = self.client_of_s3.get_object_acl(Bucket="pictures", Key=f"media/{name}")["Grants"]
        return any("AllUsers" in grant["Grantee"].get("URI", "") for grant in grants)

    def test_picture_lies_there_with_its_renditions(self):
        data = picture_bytes((333, 222))
        image = store_picture(Image(alt="A slope", credit="A", licence="CC0-1.0"), BytesIO(data))
        with image.file.open() as file:
            self.assertEqual(file.read(), data)
        self.assertFalse(self.is_public(image.file.name))
        for row in image.stored:
            head = self.head(row.name)
            self.assertEqual((head["ContentLength"], head["ContentType"]), (row.bytes, row.type))
            self.assertIn("immutable", head["CacheControl"])
            self.assertTrue(self.is_public(row.name))
        # Made anew, nothing is doubled.
        before = self.count()
        remake_renditions(image)
        self.assertEqual(self.count(), before)

    def count(self) -> int:
        return self.client_of_s3.list_objects_v2(Bucket="pictures")["KeyCount"]

    def test_pages_link_what_readers_can_fetch(self):
        image = store_picture(
            Image(alt="A slope", credit="A", licence="CC0-1.0"), BytesIO(picture_bytes((334, 222)))
        )
        html = self.client.get(make_event(cover=image).get_absolute_url()).content.decode()
        widest = max((row for row in image.stored if row.ratio == "full"), key=lambda row: row.width)
        address = default_storage.url(widest.name)
        self.assertTrue(address.startswith(f"{self.endpoint}/pictures/media/renditions/"))
        self.assertIn(address.rpartition(".")[0], html)
        with urllib.request.urlopen(address) as answer:  # noqa: S310 (the test's own server)
            self.assertEqual(len(answer.read()), widest.bytes)

    def test_missing_file_is_missing(self):
        self.assertFalse(default_storage.exists("renditions/none.jpg"))
        with self.assertRaises(FileNotFoundError):
            default_storage.size("renditions/none.jpg")
