"""Channels."""

from django.urls import path

from apps.channels.views import members, permissions, reading, requests, writing

app_name = "channels"
urlpatterns = [
    path("channels/", reading.ChannelsView.as_view(), name="channels"),
    path("channels/read/", reading.ReadView.as_view(), name="read"),
    path("channels/suggest/", reading.SuggestView.as_view(), name="suggest"),
    path("channels/create/", writing.CreateView.as_view(), name="create"),
    path("channels/requests/", requests.RequestsView.as_view(), name="requests"),
    path("channels/requests/approve/", requests.ApproveView.as_view(), name="approve"),
    path("channels/requests/reject/", requests.RejectView.as_view(), name="reject"),
    path("channels/requests/settings/", requests.SettingsView.as_view(), name="settings"),
    path("channels/<str:cliq_id>/who/", requests.WhoView.as_view(), name="who"),
    path("channels/<str:cliq_id>/", reading.ChannelView.as_view(), name="channel"),
    path("channels/<str:cliq_id>/facts/", reading.FactsView.as_view(), name="facts"),
    path("channels/<str:cliq_id>/members/", reading.MembersView.as_view(), name="members"),
    path("channels/<str:cliq_id>/edit/", writing.EditView.as_view(), name="edit"),
    path("channels/<str:cliq_id>/archive/", writing.ArchiveView.as_view(), name="archive"),
    path("channels/<str:cliq_id>/unarchive/", writing.UnarchiveView.as_view(), name="unarchive"),
    path("channels/<str:cliq_id>/delete/", writing.DeleteView.as_view(), name="delete"),
    path("channels/<str:cliq_id>/bot/", writing.BotView.as_view(), name="bot"),
    path("channels/<str:cliq_id>/threads/", writing.FollowView.as_view(), name="threads"),
    path("channels/<str:cliq_id>/members/add/", members.AddView.as_view(), name="add"),
    path("channels/<str:cliq_id>/members/invite/", members.InviteView.as_view(), name="invite"),
    path("channels/<str:cliq_id>/members/remove/", members.TakeOutView.as_view(), name="take_out"),
    path("channels/<str:cliq_id>/members/<str:user_id>/role/", members.RoleView.as_view(), name="role"),
    path("channels/<str:cliq_id>/permissions/", permissions.PermissionsView.as_view(), name="permissions"),
    path(
        "channels/<str:cliq_id>/permissions/fresh/", permissions.FreshView.as_view(), name="permissions-fresh"
    ),
]
