"""Addresses of the overviews."""

from django.urls import path

from rembuk.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("beranda/", views.home, name="home"),
    path("papan/", views.board, name="board"),
]
