"""Probes for load balancers and monitors: alive (`/healthz`) and able to serve (`/readyz`)."""

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@never_cache
@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs; touches no database, so a slow one restarts nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and every migration is applied, else 503 with the reason."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations waiting\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
