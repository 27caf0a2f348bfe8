from unittest.mock import patch

from django.db import OperationalError
from django.test import SimpleTestCase, TestCase


class HealthzTests(SimpleTestCase):
    def test_needs_no_database(self):
        response = self.client.get("/healthz")
        self.assertEqual((response.status_code, response.content), (200, b"ok\n"))
        self.assertIn("no-store", response["Cache-Control"])


class ReadyzTests(TestCase):
    def test_ready_with_every_migration_applied(self):
        self.assertContains(self.client.get("/readyz"), "ready")

    def test_not_ready_while_a_migration_waits(self):
        with patch("newsroom.health.MigrationExecutor.migration_plan", return_value=["one"]):
            self.assertContains(self.client.get("/readyz"), "migrations waiting", status_code=503)

    def test_not_ready_without_a_database(self):
        with patch("newsroom.health.MigrationExecutor", side_effect=OperationalError):
            self.assertContains(self.client.get("/readyz"), "database unavailable", status_code=503)
