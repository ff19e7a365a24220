"""Channels."""

from django.urls import path

from apps.channels.views import reading, requests

app_name = "channels"
urlpatterns = [
    path("channels/", reading.ChannelsView.as_view(), name="channels"),
    path("channels/read/", reading.ReadView.as_view(), name="read"),
    path("channels/requests/", requests.RequestsView.as_view(), name="requests"),
    path("channels/requests/approve/", requests.ApproveView.as_view(), name="approve"),
    path("channels/requests/reject/", requests.RejectView.as_view(), name="reject"),
    path("channels/requests/settings/", requests.SettingsView.as_view(), name="settings"),
    path("channels/<str:cliq_id>/who/", requests.WhoView.as_view(), name="who"),
    path("channels/<str:cliq_id>/", reading.ChannelView.as_view(), name="channel"),
    path("channels/<str:cliq_id>/facts/", reading.FactsView.as_view(), name="facts"),
    path("channels/<str:cliq_id>/members/", reading.MembersView.as_view(), name="members"),
]
