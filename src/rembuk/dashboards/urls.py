"""Addresses of the overviews."""

from django.urls import path

from rembuk.dashboards import inclusion_views, views

app_name = "dashboards"
urlpatterns = [
    path("beranda/", views.home, name="home"),
    path("papan/", views.board, name="board"),
    path("keterlibatan/", inclusion_views.inclusion, name="inclusion"),
    path("keterlibatan/<str:village>/", inclusion_views.village_inclusion, name="village_inclusion"),
]
