"""Public addresses."""

from django.urls import path

from rembuk.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("d/<str:code>/", views.village, name="village"),
]
