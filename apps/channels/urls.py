"""Channels."""

from django.urls import path

from apps.channels.views import reading

app_name = "channels"
urlpatterns = [
    path("channels/", reading.ChannelsView.as_view(), name="channels"),
    path("channels/read/", reading.ReadView.as_view(), name="read"),
    path("channels/<str:cliq_id>/", reading.ChannelView.as_view(), name="channel"),
    path("channels/<str:cliq_id>/facts/", reading.FactsView.as_view(), name="facts"),
    path("channels/<str:cliq_id>/members/", reading.MembersView.as_view(), name="members"),
]
