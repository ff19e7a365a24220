"""Every address of the portal × everybody × method → the status they get.

A stranger has no session. `302` sends somebody to sign in or back to a page, `422` is a form that wants
more, `403` is refused for want of a permission, `404` is somebody else's or not there, `405` is no such
method.
"""

from dataclasses import dataclass

ROLES = ("stranger", "owner", "administrator", "operator", "approver", "auditor")


@dataclass(frozen=True, slots=True)
class Row:
    """One address and method, with the status for each of ROLES."""

    name: str
    path: str
    method: str
    statuses: tuple[int, ...]


# name, path, method, then a status for: stranger, owner, administrator, operator, approver, auditor
TABLE = """
health                      /health/                                      GET  200 200 200 200 200 200
health                      /health/                                      POST 405 405 405 405 405 405
zoho_login                  /accounts/zoho/login/                         GET  405 405 405 405 405 405
zoho_login                  /accounts/zoho/login/                         POST 302 302 302 302 302 302
zoho_callback               /accounts/zoho/login/callback/                GET  400 400 400 400 400 400
zoho_callback               /accounts/zoho/login/callback/                POST 400 400 400 400 400 400
account_login               /accounts/login/                              GET  302 302 302 302 302 302
account_login               /accounts/login/                              POST 302 302 302 302 302 302
accounts:setup              /setup/                                       GET  302 302 302 302 302 302
accounts:setup              /setup/                                       POST 302 302 302 302 302 302
accounts:connect            /connection/connect/                          GET  405 405 405 405 405 405
accounts:connect            /connection/connect/                          POST 302 302 403 403 403 403
accounts:connected          /connection/callback/                         GET  403 403 403 403 403 403
accounts:connected          /connection/callback/                         POST 405 405 405 405 405 405
accounts:sign_in            /sign-in/                                     GET  200 302 302 302 302 302
accounts:sign_in            /sign-in/                                     POST 405 302 302 302 302 302
accounts:sign_out           /sign-out/                                    GET  405 405 405 405 405 405
accounts:sign_out           /sign-out/                                    POST 302 302 302 302 302 302
accounts:sessions           /sessions/                                    GET  302 200 200 200 200 200
accounts:sessions           /sessions/                                    POST 302 405 405 405 405 405
accounts:end_other_sessions /sessions/others/end/                         GET  302 200 200 200 200 200
accounts:end_other_sessions /sessions/others/end/                         POST 302 302 302 302 302 302
accounts:end_session        /sessions/{session}/end/                      GET  302 405 405 405 405 405
accounts:end_session        /sessions/{session}/end/                      POST 302 404 404 404 404 404
accounts:administrators     /administrators/                              GET  302 200 200 403 403 200
accounts:administrators     /administrators/                              POST 302 405 405 403 403 405
accounts:admit              /administrators/admit/                        GET  302 200 403 403 403 403
accounts:admit              /administrators/admit/                        POST 302 422 403 403 403 403
accounts:administrator      /administrators/{administrator}/              GET  302 200 200 403 403 200
accounts:administrator      /administrators/{administrator}/              POST 302 405 405 403 403 405
accounts:change_role        /administrators/{administrator}/role/         GET  302 200 403 403 403 403
accounts:change_role        /administrators/{administrator}/role/         POST 302 422 403 403 403 403
accounts:end_sessions       /administrators/{administrator}/sessions/end/ GET  302 200 403 403 403 403
accounts:end_sessions       /administrators/{administrator}/sessions/end/ POST 302 302 403 403 403 403
accounts:remove             /administrators/{administrator}/remove/       GET  302 200 403 403 403 403
accounts:remove             /administrators/{administrator}/remove/       POST 302 422 403 403 403 403
accounts:list_columns       /lists/columns/                               GET  302 405 405 405 405 405
accounts:list_columns       /lists/columns/                               POST 302 404 404 404 404 404
accounts:filter_new         /lists/filters/new/?path=/users/?q=a          GET  302 200 200 200 200 200
accounts:filter_new         /lists/filters/new/?path=/users/?q=a          POST 302 422 422 422 422 422
accounts:filter_rename      /lists/filters/{filter}/rename/?path=/users/  GET  302 200 404 404 404 404
accounts:filter_rename      /lists/filters/{filter}/rename/?path=/users/  POST 302 422 404 404 404 404
accounts:filter_delete      /lists/filters/{filter}/delete/?path=/users/  GET  302 200 404 404 404 404
accounts:filter_delete      /lists/filters/{filter}/delete/?path=/users/  POST 302 302 404 404 404 404
connections:connection      /connection/                                  GET  302 200 200 200 200 200
connections:connection      /connection/                                  POST 302 405 405 405 405 405
connections:check           /connection/check/                            GET  302 405 405 405 403 403
connections:check           /connection/check/                            POST 302 302 302 302 403 403
audit:log                   /log/                                         GET  302 200 200 403 403 200
audit:log                   /log/                                         POST 302 405 405 403 403 405
audit:check                 /log/check/                                   GET  302 200 200 403 403 200
audit:check                 /log/check/                                   POST 302 302 302 403 403 302
audit:open                  /log/open/                                    GET  302 200 200 403 403 200
audit:open                  /log/open/                                    POST 302 405 405 403 403 405
audit:settle                /log/open/{operation}/                        GET  302 200 200 403 403 403
audit:settle                /log/open/{operation}/                        POST 302 422 422 403 403 403
audit:event                 /log/{event}/                                 GET  302 200 200 403 403 200
audit:event                 /log/{event}/                                 POST 302 405 405 403 403 405
jobs:jobs                   /jobs/                                        GET  302 200 200 200 200 200
jobs:jobs                   /jobs/                                        POST 302 405 405 405 405 405
jobs:job                    /jobs/{job}/                                  GET  302 200 200 200 200 200
jobs:job                    /jobs/{job}/                                  POST 302 405 405 405 405 405
jobs:progress               /jobs/{job}/progress/                         GET  302 200 200 200 200 200
jobs:progress               /jobs/{job}/progress/                         POST 302 405 405 405 405 405
jobs:rows                   /jobs/{job}/rows/                             GET  302 200 200 200 200 200
jobs:rows                   /jobs/{job}/rows/                             POST 302 405 405 405 405 405
jobs:pause                  /jobs/{job}/pause/                            GET  302 200 200 200 403 403
jobs:pause                  /jobs/{job}/pause/                            POST 302 302 302 302 403 403
jobs:resume                 /jobs/{job}/resume/                           GET  302 200 200 200 403 403
jobs:resume                 /jobs/{job}/resume/                           POST 302 422 422 422 403 403
jobs:cancel                 /jobs/{job}/cancel/                           GET  302 200 200 200 403 403
jobs:cancel                 /jobs/{job}/cancel/                           POST 302 302 302 302 403 403
jobs:plan_act               /plan/users-department/?all=1                 GET  302 200 200 200 403 403
jobs:plan_act               /plan/users-department/?all=1                 POST 302 422 422 422 403 403
jobs:plan                   /jobs/{plan}/plan/                            GET  302 200 200 200 200 200
jobs:plan                   /jobs/{plan}/plan/                            POST 302 405 405 405 405 405
jobs:plan_progress          /jobs/{plan}/plan/progress/                   GET  302 200 200 200 200 200
jobs:plan_progress          /jobs/{plan}/plan/progress/                   POST 302 405 405 405 405 405
jobs:plan_again             /jobs/{plan}/plan/again/                      GET  302 200 200 200 403 403
jobs:plan_again             /jobs/{plan}/plan/again/                      POST 302 302 302 302 403 403
jobs:confirm                /jobs/{plan}/confirm/                         GET  302 200 200 200 403 403
jobs:confirm                /jobs/{plan}/confirm/                         POST 302 422 422 422 403 403
jobs:retry                  /jobs/{plan}/retry/                           GET  302 200 200 200 403 403
jobs:retry                  /jobs/{plan}/retry/                           POST 302 422 422 422 403 403
directory:users             /users/                                       GET  302 200 200 200 200 200
directory:users             /users/                                       POST 302 405 405 405 405 405
directory:read              /users/read/                                  GET  302 200 200 200 403 403
directory:read              /users/read/                                  POST 302 302 302 302 403 403
directory:suggest           /users/suggest/                               GET  302 200 200 200 403 403
directory:suggest           /users/suggest/                               POST 302 405 405 405 403 403
directory:user              /users/{user}/                                GET  302 200 200 200 200 200
directory:user              /users/{user}/                                POST 302 405 405 405 405 405
directory:facts             /users/{user}/facts/                          GET  302 200 200 200 200 200
directory:facts             /users/{user}/facts/                          POST 302 405 405 405 405 405
directory:live              /users/{user}/live/                           GET  302 200 200 200 200 200
directory:live              /users/{user}/live/                           POST 302 405 405 405 405 405
directory:picture           /users/{user}/picture/                        GET  302 200 200 200 403 403
directory:picture           /users/{user}/picture/                        POST 302 422 422 422 403 403
directory:edit              /users/{user}/edit/                           GET  302 200 200 200 403 403
directory:edit              /users/{user}/edit/                           POST 302 422 422 422 403 403
directory:departments       /departments/                                 GET  302 200 200 200 200 200
directory:departments       /departments/                                 POST 302 405 405 405 405 405
directory:department_new    /departments/new/                             GET  302 200 200 200 403 403
directory:department_new    /departments/new/                             POST 302 422 422 422 403 403
directory:department        /departments/{department}/                    GET  302 200 200 200 200 200
directory:department        /departments/{department}/                    POST 302 405 405 405 405 405
directory:department_below  /departments/{department}/below/              GET  302 200 200 200 200 200
directory:department_below  /departments/{department}/below/              POST 302 405 405 405 405 405
directory:department_facts /departments/{department}/facts/ GET  302 200 200 200 200 200
directory:department_facts /departments/{department}/facts/ POST 302 405 405 405 405 405
directory:department_edit   /departments/{department}/edit/               GET  302 200 200 200 403 403
directory:department_edit   /departments/{department}/edit/               POST 302 422 422 422 403 403
directory:department_add    /departments/{department}/members/add/        GET  302 200 200 200 403 403
directory:department_add    /departments/{department}/members/add/        POST 302 422 422 422 403 403
directory:department_take_out /departments/{department}/members/remove/   GET  302 200 200 200 403 403
directory:department_take_out /departments/{department}/members/remove/   POST 302 422 422 422 403 403
directory:department_delete /departments/{department}/delete/             GET  302 200 200 200 403 403
directory:department_delete /departments/{department}/delete/             POST 302 422 422 422 403 403
access:roles                /roles/                                       GET  302 200 200 200 200 200
access:roles                /roles/                                       POST 302 405 405 405 405 405
access:read                 /roles/read/                                  GET  302 200 200 200 403 403
access:read                 /roles/read/                                  POST 302 302 302 302 403 403
access:create               /roles/create/                                GET  302 200 200 403 403 403
access:create               /roles/create/                                POST 302 422 422 403 403 403
access:compare              /roles/compare/                               GET  302 200 200 200 200 200
access:compare              /roles/compare/                               POST 302 405 405 405 405 405
access:who                  /roles/who/                                   GET  302 200 200 200 200 200
access:who                  /roles/who/                                   POST 302 405 405 405 405 405
access:role                 /roles/{role}/                                GET  302 200 200 200 200 200
access:role                 /roles/{role}/                                POST 302 405 405 405 405 405
access:facts                /roles/{role}/facts/                          GET  302 200 200 200 200 200
access:facts                /roles/{role}/facts/                          POST 302 405 405 405 405 405
access:edit                 /roles/{role}/edit/                           GET  302 200 200 403 403 403
access:edit                 /roles/{role}/edit/                           POST 302 422 422 403 403 403
access:delete               /roles/{role}/delete/                         GET  302 200 200 403 403 403
access:delete               /roles/{role}/delete/                         POST 302 422 422 403 403 403
access:people               /roles/{role}/people/                         GET  302 200 200 200 200 200
access:people               /roles/{role}/people/                         POST 302 405 405 405 405 405
access:choose               /roles/{role}/people/choose/                  GET  302 200 200 403 403 403
access:choose               /roles/{role}/people/choose/                  POST 302 405 405 403 403 403
access:move                 /roles/{role}/people/move/                    GET  302 200 200 403 403 403
access:move                 /roles/{role}/people/move/                    POST 302 422 422 403 403 403
access:remove               /roles/{role}/people/remove/                  GET  302 200 200 403 403 403
access:remove               /roles/{role}/people/remove/                  POST 302 422 422 403 403 403
access:permissions          /roles/{role}/permissions/                    GET  302 200 200 200 200 200
access:permissions          /roles/{role}/permissions/                    POST 302 200 200 403 403 403
access:fresh                /roles/{role}/permissions/fresh/              GET  302 200 200 200 200 200
access:fresh                /roles/{role}/permissions/fresh/              POST 302 405 405 405 405 405
channels:channels           /channels/                                    GET  302 200 200 200 200 200
channels:channels           /channels/                                    POST 302 405 405 405 405 405
channels:read               /channels/read/                               GET  302 200 200 200 403 403
channels:read               /channels/read/                               POST 302 302 302 302 403 403
channels:suggest            /channels/suggest/                            GET  302 200 200 403 403 403
channels:suggest            /channels/suggest/                            POST 302 405 405 403 403 403
channels:requests           /channels/requests/                           GET  302 200 200 200 200 200
channels:requests           /channels/requests/                           POST 302 405 405 405 405 405
channels:approve            /channels/requests/approve/?channel={channel} GET  302 200 200 403 200 403
channels:approve            /channels/requests/approve/?channel={channel} POST 302 302 302 403 302 403
channels:reject             /channels/requests/reject/?channel={channel}  GET  302 200 200 403 200 403
channels:reject             /channels/requests/reject/?channel={channel}  POST 302 422 422 403 422 403
channels:settings           /channels/requests/settings/                  GET  302 200 200 403 403 403
channels:settings           /channels/requests/settings/                  POST 302 422 422 403 403 403
channels:who                /channels/{channel}/who/                      GET  302 200 200 200 200 200
channels:who                /channels/{channel}/who/                      POST 302 405 405 405 405 405
channels:create             /channels/create/                             GET  302 200 200 403 403 403
channels:create             /channels/create/                             POST 302 422 422 403 403 403
channels:edit               /channels/{channel}/edit/                     GET  302 200 200 403 403 403
channels:edit               /channels/{channel}/edit/                     POST 302 422 422 403 403 403
channels:archive            /channels/{archived}/archive/                 GET  302 200 200 403 403 403
channels:archive            /channels/{archived}/archive/                 POST 302 422 422 403 403 403
channels:unarchive          /channels/{channel}/unarchive/                GET  302 200 200 403 403 403
channels:unarchive          /channels/{channel}/unarchive/                POST 302 422 422 403 403 403
channels:delete             /channels/{channel}/delete/                   GET  302 200 200 403 403 403
channels:delete             /channels/{channel}/delete/                   POST 302 422 422 403 403 403
channels:bot                /channels/{channel}/bot/                      GET  302 200 200 403 403 403
channels:bot                /channels/{channel}/bot/                      POST 302 422 422 403 403 403
channels:threads            /channels/{channel}/threads/                  GET  302 200 200 403 403 403
channels:threads            /channels/{channel}/threads/                  POST 302 422 422 403 403 403
channels:add                /channels/{channel}/members/add/              GET  302 200 200 403 403 403
channels:add                /channels/{channel}/members/add/              POST 302 422 422 403 403 403
channels:invite             /channels/{channel}/members/invite/           GET  302 200 200 403 403 403
channels:invite             /channels/{channel}/members/invite/           POST 302 422 422 403 403 403
channels:take_out           /channels/{channel}/members/remove/           GET  302 200 200 403 403 403
channels:take_out           /channels/{channel}/members/remove/           POST 302 422 422 403 403 403
channels:role               /channels/{channel}/members/{member}/role/    GET  302 200 200 403 403 403
channels:role               /channels/{channel}/members/{member}/role/    POST 302 422 422 403 403 403
channels:channel            /channels/{channel}/                          GET  302 200 200 200 200 200
channels:channel            /channels/{channel}/                          POST 302 405 405 405 405 405
channels:facts              /channels/{channel}/facts/                    GET  302 200 200 200 200 200
channels:facts              /channels/{channel}/facts/                    POST 302 405 405 405 405 405
channels:members            /channels/{channel}/members/                  GET  302 200 200 200 200 200
channels:members            /channels/{channel}/members/                  POST 302 405 405 405 405 405
channels:permissions        /channels/{channel}/permissions/              GET  302 200 200 200 200 200
channels:permissions        /channels/{channel}/permissions/              POST 302 200 200 403 403 403
channels:permissions-fresh  /channels/{channel}/permissions/fresh/        GET  302 200 200 200 200 200
channels:permissions-fresh  /channels/{channel}/permissions/fresh/        POST 302 405 405 405 405 405
organization:domain             /domain/                        GET  302 200 200 200 200 200
organization:domain             /domain/                        POST 302 405 405 405 405 405
organization:domain_facts       /domain/facts/                  GET  302 200 200 200 200 200
organization:domain_facts       /domain/facts/                  POST 302 405 405 405 405 405
organization:domain_dns         /domain/dns/                    GET  302 200 200 200 200 200
organization:domain_dns         /domain/dns/                    POST 302 405 405 405 405 405
organization:mail               /mail/                          GET  302 200 200 200 200 200
organization:mail               /mail/                          POST 302 405 405 405 405 405
organization:mail_facts         /mail/facts/                    GET  302 200 200 200 200 200
organization:mail_facts         /mail/facts/                    POST 302 405 405 405 405 405
organization:mail_dns           /mail/dns/                      GET  302 200 200 200 200 200
organization:mail_dns           /mail/dns/                      POST 302 405 405 405 405 405
organization:domain_add         /domain/add/                    GET  302 200 200 403 403 403
organization:domain_add         /domain/add/                    POST 302 422 422 403 403 403
organization:domain_verify      /domain/verify/                 GET  302 200 200 403 403 403
organization:domain_verify      /domain/verify/                 POST 302 422 422 403 403 403
organization:domain_deactivate  /domain/deactivate/             GET  302 200 200 403 403 403
organization:domain_deactivate  /domain/deactivate/             POST 302 422 422 403 403 403
organization:domain_delete      /domain/delete/                 GET  302 200 200 403 403 403
organization:domain_delete      /domain/delete/                 POST 302 422 422 403 403 403
organization:mail_edit          /mail/edit/                     GET  302 200 200 403 403 403
organization:mail_edit          /mail/edit/                     POST 302 422 422 403 403 403
organization:mail_verify        /mail/verify/                   GET  302 200 200 403 403 403
organization:mail_verify        /mail/verify/                   POST 302 422 422 403 403 403
directory:designations       /designations/                                 GET  302 200 200 200 200 200
directory:designations       /designations/                                 POST 302 405 405 405 405 405
directory:designation_new    /designations/new/                             GET  302 200 200 200 403 403
directory:designation_new    /designations/new/                             POST 302 422 422 422 403 403
directory:designation        /designations/{designation}/                    GET  302 200 200 200 200 200
directory:designation        /designations/{designation}/                    POST 302 405 405 405 405 405
directory:designation_facts /designations/{designation}/facts/ GET  302 200 200 200 200 200
directory:designation_facts /designations/{designation}/facts/ POST 302 405 405 405 405 405
directory:designation_edit   /designations/{designation}/edit/               GET  302 200 200 200 403 403
directory:designation_edit   /designations/{designation}/edit/               POST 302 422 422 422 403 403
directory:designation_add    /designations/{designation}/members/add/        GET  302 200 200 200 403 403
directory:designation_add    /designations/{designation}/members/add/        POST 302 422 422 422 403 403
directory:designation_take_out /designations/{designation}/members/remove/   GET  302 200 200 200 403 403
directory:designation_take_out /designations/{designation}/members/remove/   POST 302 422 422 422 403 403
directory:designation_delete /designations/{designation}/delete/             GET  302 200 200 200 403 403
directory:designation_delete /designations/{designation}/delete/             POST 302 422 422 422 403 403
directory:teams       /teams/                                 GET  302 200 200 200 200 200
directory:teams       /teams/                                 POST 302 405 405 405 405 405
directory:team_new    /teams/new/                             GET  302 200 200 200 403 403
directory:team_new    /teams/new/                             POST 302 422 422 422 403 403
directory:team        /teams/{team}/                    GET  302 200 200 200 200 200
directory:team        /teams/{team}/                    POST 302 405 405 405 405 405
directory:team_facts /teams/{team}/facts/ GET  302 200 200 200 200 200
directory:team_facts /teams/{team}/facts/ POST 302 405 405 405 405 405
directory:team_edit   /teams/{team}/edit/               GET  302 200 200 200 403 403
directory:team_edit   /teams/{team}/edit/               POST 302 422 422 422 403 403
directory:team_add    /teams/{team}/members/add/        GET  302 200 200 200 403 403
directory:team_add    /teams/{team}/members/add/        POST 302 422 422 422 403 403
directory:team_take_out /teams/{team}/members/remove/   GET  302 200 200 200 403 403
directory:team_take_out /teams/{team}/members/remove/   POST 302 422 422 422 403 403
directory:team_delete /teams/{team}/delete/             GET  302 200 200 200 403 403
directory:team_delete /teams/{team}/delete/             POST 302 422 422 422 403 403
directory:user_teams         /users/{user}/teams/                          GET  302 200 200 200 200 200
directory:user_teams         /users/{user}/teams/                          POST 302 405 405 405 405 405
directory:userfields         /user-fields/                                 GET  302 200 200 200 200 200
directory:userfields         /user-fields/                                 POST 302 405 405 405 405 405
directory:userfield_new      /user-fields/new/                             GET  302 200 200 403 403 403
directory:userfield_new      /user-fields/new/                             POST 302 422 422 403 403 403
directory:layouts            /user-fields/layouts/                         GET  302 200 200 200 200 200
directory:layouts            /user-fields/layouts/                         POST 302 405 405 405 405 405
directory:layouts_facts      /user-fields/layouts/facts/                   GET  302 200 200 200 200 200
directory:layouts_facts      /user-fields/layouts/facts/                   POST 302 405 405 405 405 405
directory:userfield          /user-fields/{userfield}/                     GET  302 200 200 200 200 200
directory:userfield          /user-fields/{userfield}/                     POST 302 405 405 405 405 405
directory:userfield_facts    /user-fields/{userfield}/facts/               GET  302 200 200 200 200 200
directory:userfield_facts    /user-fields/{userfield}/facts/               POST 302 405 405 405 405 405
directory:userfield_edit     /user-fields/{userfield}/edit/                GET  302 200 200 403 403 403
directory:userfield_edit     /user-fields/{userfield}/edit/                POST 302 422 422 403 403 403
directory:userfield_delete   /user-fields/{userfield}/delete/              GET  302 200 200 403 403 403
directory:userfield_delete   /user-fields/{userfield}/delete/              POST 302 422 422 403 403 403
onboarding:list             /onboarding/                                  GET  302 200 200 200 403 200
onboarding:list             /onboarding/                                  POST 302 405 405 405 403 405
onboarding:upload           /onboarding/upload/                           GET  302 200 200 200 403 403
onboarding:upload           /onboarding/upload/                           POST 302 422 422 422 403 403
onboarding:template         /onboarding/template.csv                      GET  302 200 200 200 403 403
onboarding:template         /onboarding/template.csv                      POST 302 405 405 405 403 403
onboarding:workbook         /onboarding/template.xlsx                     GET  302 200 200 200 403 403
onboarding:workbook         /onboarding/template.xlsx                     POST 302 405 405 405 403 403
onboarding:onboarding       /onboarding/{onboarding}/                     GET  302 200 200 200 403 200
onboarding:onboarding       /onboarding/{onboarding}/                     POST 302 405 405 405 403 405
onboarding:progress         /onboarding/{onboarding}/progress/            GET  302 200 200 200 403 200
onboarding:progress         /onboarding/{onboarding}/progress/            POST 302 405 405 405 403 405
onboarding:encoding         /onboarding/{onboarding}/encoding/            GET  302 302 302 302 403 403
onboarding:encoding         /onboarding/{onboarding}/encoding/            POST 302 422 422 422 403 403
onboarding:columns          /onboarding/{onboarding}/columns/             GET  302 200 200 200 403 403
onboarding:columns          /onboarding/{onboarding}/columns/             POST 302 422 422 422 403 403
onboarding:check            /onboarding/{onboarding}/check/               GET  302 200 200 200 403 403
onboarding:check            /onboarding/{onboarding}/check/               POST 302 302 302 302 403 403
onboarding:read_as          /onboarding/{onboarding}/read-as/             GET  302 405 405 405 403 403
onboarding:read_as          /onboarding/{onboarding}/read-as/             POST 302 422 422 422 403 403
onboarding:confirm          /onboarding/{onboarding}/confirm/             GET  302 200 200 200 403 403
onboarding:confirm          /onboarding/{onboarding}/confirm/             POST 302 422 422 422 403 403
onboarding:retry            /onboarding/{onboarding}/retry/               GET  302 200 200 200 403 403
onboarding:retry            /onboarding/{onboarding}/retry/               POST 302 422 422 422 403 403
onboarding:erase            /onboarding/{onboarding}/erase/               GET  302 200 200 200 403 403
onboarding:erase            /onboarding/{onboarding}/erase/               POST 302 302 302 302 403 403
onboarding:result           /onboarding/{onboarding}/result.csv           GET  302 200 200 200 403 200
onboarding:result           /onboarding/{onboarding}/result.csv           POST 302 405 405 405 403 405
home:dashboard              /                                             GET  302 200 200 200 200 200
home:dashboard              /                                             POST 302 405 405 405 405 405
home:search                 /search/                                      GET  302 200 200 200 200 200
home:search                 /search/                                      POST 302 405 405 405 405 405
"""

# Likewise for what belongs to another role's scope: an admin role of Zoho, a job that moves people between
# roles, the last Owner, somebody who was removed.
OTHERS = """
access:role             /roles/{admin_role}/                       GET  302 200 200 200 200 200
access:role             /roles/{admin_role}/                       POST 302 405 405 405 405 405
access:facts            /roles/{admin_role}/facts/                 GET  302 200 200 200 200 200
access:facts            /roles/{admin_role}/facts/                 POST 302 405 405 405 405 405
access:edit             /roles/{admin_role}/edit/                  GET  302 200 403 403 403 403
access:edit             /roles/{admin_role}/edit/                  POST 302 422 403 403 403 403
access:delete           /roles/{admin_role}/delete/                GET  302 200 403 403 403 403
access:delete           /roles/{admin_role}/delete/                POST 302 422 403 403 403 403
access:people           /roles/{admin_role}/people/                GET  302 200 200 200 200 200
access:people           /roles/{admin_role}/people/                POST 302 405 405 405 405 405
access:choose           /roles/{admin_role}/people/choose/         GET  302 200 403 403 403 403
access:choose           /roles/{admin_role}/people/choose/         POST 302 405 405 403 403 403
access:move             /roles/{admin_role}/people/move/           GET  302 200 403 403 403 403
access:move             /roles/{admin_role}/people/move/           POST 302 422 403 403 403 403
access:remove           /roles/{admin_role}/people/remove/         GET  302 200 403 403 403 403
access:remove           /roles/{admin_role}/people/remove/         POST 302 422 403 403 403 403
access:permissions      /roles/{admin_role}/permissions/           GET  302 200 200 200 200 200
access:permissions      /roles/{admin_role}/permissions/           POST 302 200 403 403 403 403
jobs:plan               /jobs/{role_plan}/plan/                    GET  302 200 200 200 200 200
jobs:plan               /jobs/{role_plan}/plan/                    POST 302 405 405 405 405 405
jobs:plan_again         /jobs/{role_plan}/plan/again/              GET  302 200 200 403 403 403
jobs:plan_again         /jobs/{role_plan}/plan/again/              POST 302 302 302 403 403 403
jobs:confirm            /jobs/{role_plan}/confirm/                 GET  302 200 200 403 403 403
jobs:confirm            /jobs/{role_plan}/confirm/                 POST 302 422 422 403 403 403
jobs:retry              /jobs/{role_plan}/retry/                   GET  302 200 200 403 403 403
jobs:retry              /jobs/{role_plan}/retry/                   POST 302 422 422 403 403 403
jobs:pause              /jobs/{role_plan}/pause/                   GET  302 200 200 403 403 403
jobs:pause              /jobs/{role_plan}/pause/                   POST 302 422 422 403 403 403
jobs:resume             /jobs/{role_plan}/resume/                  GET  302 200 200 403 403 403
jobs:resume             /jobs/{role_plan}/resume/                  POST 302 422 422 403 403 403
jobs:cancel             /jobs/{role_plan}/cancel/                  GET  302 200 200 403 403 403
jobs:cancel             /jobs/{role_plan}/cancel/                  POST 302 302 302 403 403 403
accounts:administrator  /administrators/{owner}/                   GET  302 200 200 403 403 200
accounts:administrator  /administrators/{owner}/                   POST 302 405 405 403 403 405
accounts:change_role    /administrators/{owner}/role/              GET  302 200 403 403 403 403
accounts:change_role    /administrators/{owner}/role/              POST 302 422 403 403 403 403
accounts:remove         /administrators/{owner}/remove/            GET  302 200 403 403 403 403
accounts:remove         /administrators/{owner}/remove/            POST 302 422 403 403 403 403
accounts:administrator  /administrators/{removed}/                 GET  302 200 200 403 403 200
accounts:administrator  /administrators/{removed}/                 POST 302 405 405 403 403 405
accounts:change_role    /administrators/{removed}/role/            GET  302 404 403 403 403 403
accounts:change_role    /administrators/{removed}/role/            POST 302 404 403 403 403 403
accounts:end_sessions   /administrators/{removed}/sessions/end/    GET  302 404 403 403 403 403
accounts:end_sessions   /administrators/{removed}/sessions/end/    POST 302 404 403 403 403 403
accounts:remove         /administrators/{removed}/remove/          GET  302 404 403 403 403 403
accounts:remove         /administrators/{removed}/remove/          POST 302 404 403 403 403 403
"""


def rows(table: str = TABLE) -> list[Row]:
    """The table, parsed."""
    found = []
    for line in table.strip().splitlines():
        name, path, method, *statuses = line.split()
        found.append(Row(name, path, method, tuple(int(status) for status in statuses)))
    return found
