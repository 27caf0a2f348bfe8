"""The chronicle's addresses, so that one script can ask both sites."""

from django.urls import path

from bench.tutorial import feeds, views

urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("news/<int:year>/<int:month>/<int:day>/", views.Day.as_view(), name="day"),
    path("news/<int:year>/<str:month>/<str:day>/<slug:slug>/", views.Detail.as_view(), name="event"),
    path("contexts/<slug:slug>/", views.Tagged.as_view(), name="context"),
    path("search/", views.Search.as_view(), name="search"),
    path("feeds/news.rss", feeds.News(), name="feed"),
]
