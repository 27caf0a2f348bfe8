import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Makes the first account of a new newsroom; where an editor exists it does nothing."""

    help = "Make an editor's account if there is none, and print its name and password once."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_staff=True, is_active=True).exists():
            return
        password = secrets.token_urlsafe(12)
        user = User.objects.create_superuser("editor", password=password)
        user.groups.set(Group.objects.filter(name="Administrator"))
        self.stdout.write(f"Editor's account, shown this once:  name: {user.username}  password: {password}")
