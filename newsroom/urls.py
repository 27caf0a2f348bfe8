"""All addresses: the public site at the root, the editors at `/admin/`, machines beside them."""

from django.contrib import admin
from django.urls import include, path

from events.admin.dashboard import front
from newsroom import health, media

admin.autodiscover()

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.forbidden"
handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/<path:name>", media.picture, name="media"),
    # Django's own front page, with the dashboard above it.
    path("admin/", admin.site.admin_view(front)),
    path("admin/", admin.site.urls),
    path("", include("events.urls")),
]
