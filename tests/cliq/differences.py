"""Where the catalogue deliberately says otherwise than Zoho's OpenAPI files: the reason and the line.

A number that only one source has, and the caution where neither has one (10 calls a minute, a lock of
10 minutes), are rules and not differences; `test_catalogue` holds them.
"""

TEXT = "v2-rest-api.txt"
CHAPTER = f"the chapter's own 10 is stricter than the 20 of each operation. {TEXT}:621"

# By operation and fact.
DIFFERENCES: dict[tuple[str, str], str] = {
    ("users.layout", "quota"): f"the text allows 10, the file 20: the stricter. {TEXT}:486",
    ("status.create", "quota"): CHAPTER,
    ("status.list", "quota"): CHAPTER,
    ("status.set_transient", "quota"): CHAPTER,
    ("status.delete_transient", "quota"): CHAPTER,
    ("status.current", "quota"): CHAPTER,
    ("status.set_current", "quota"): CHAPTER,
    ("status.delete", "quota"): CHAPTER,
    ("chats.unpin_message", "quota"): f"the text allows 20, the file 50: the stricter. {TEXT}:1325",
    ("reactions.list", "quota"): f"the text allows 20, the file 50: the stricter. {TEXT}:1703",
    ("threads.follow", "quota"): f"the file is silent, the text lets one join 20 times. {TEXT}:1685",
    ("threads.unfollow", "quota"): f"the file is silent, the text lets one leave 20 times. {TEXT}:1685",
    ("users.update", "scopes"): f"the photo scope is for pictures, which are not sent. {TEXT}:414",
    ("roles.delete", "scopes"): f"the text wants UPDATE, the file DELETE: both. {TEXT}:948",
    ("roles.update_permissions", "scopes"): f"the text wants UPDATE, the file DELETE: both. {TEXT}:970",
    ("remote_work.get", "scopes"): f"the text wants READ and UPDATE, the file READ. {TEXT}:1175",
    ("remote_work.check_in", "scopes"): f"the text wants READ and UPDATE, the file UPDATE. {TEXT}:1187",
    ("remote_work.check_out", "scopes"): f"the text wants READ and UPDATE, the file UPDATE. {TEXT}:1199",
    ("threads.remove_followers", "scopes"): f"the text wants UPDATE, the file DELETE: both. {TEXT}:1860",
    ("messages.edit", "scopes"): f"the text wants Messages, the file Webhooks: both. {TEXT}:2465",
    ("messages.delete", "scopes"): f"the text wants Messages, the file Webhooks: both. {TEXT}:2474",
    ("reactions.delete", "scopes"): f"the text wants DELETE, the file CREATE: both. {TEXT}:2562",
    ("events.list", "scopes"): f"the text wants the search scope too. {TEXT}:3071",
    ("reminders.list", "scopes"): f"the text wants READ, the file CREATE: both. {TEXT}:3831",
    ("reminders.delete_completed", "scopes"): f"the text wants DELETE, the file UPDATE: both. {TEXT}:3574",
    ("map_tickers.update", "scopes"): f"the text spells the scope in lower case: both. {TEXT}:4135",
    ("map_tickers.delete", "scopes"): f"the text spells the scope in lower case: both. {TEXT}:4145",
    ("mail.update", "scopes"): f"the text wants UPDATE, the file READ: both. {TEXT}:4259",
    ("maintenance.channels", "scopes"): f"the text has a scope for channels: both. {TEXT}:220",
    ("maintenance.messages", "scopes"): f"the text has a scope for messages: both. {TEXT}:244",
    ("maintenance.chats", "paging"): "neither source names the token, but a body can end with one",
    ("maintenance.channels", "paging"): "as for chats",
    ("maintenance.members", "paging"): "as for chats",
    ("maintenance.messages", "paging"): "as for chats",
}

# Method and nameless path in the file, and what it should be.
MISPRINTS: dict[tuple[str, str], tuple[str, str]] = {
    # The reference ends this path at the user: v2-rest-api.txt:1559
    ("PUT", "/api/v2/channels/{}/members/{}/members"): ("PUT", "/api/v2/channels/{}/members/{}"),
    # The reference ends this path at the message: v2-rest-api.txt:2271
    ("GET", "/api/v2/chats/{}/messages/{}/messages"): ("GET", "/api/v2/chats/{}/messages/{}"),
}

# The catalogue has all of these:
# - an event is edited by POST in the reference (v2-rest-api.txt:3180), by PUT in the file;
# - a thread is joined, left and closed by PUT in the reference (v2-rest-api.txt:1833, 1849, 1979), closed by
#   PUT, followed and unfollowed by POST in the file.
# The reference lost the end of the address of scheduled messages (v2-rest-api.txt:2567): it is the file's.
