CREATE TABLE IF NOT EXISTS people (
  id INTEGER PRIMARY KEY, organization_id TEXT NOT NULL,
  email_id TEXT NOT NULL, email_key TEXT NOT NULL UNIQUE, search_key TEXT NOT NULL,
  status TEXT NOT NULL, plan_type TEXT NOT NULL DEFAULT 'paid', role_id TEXT NOT NULL,
  first_name TEXT NOT NULL DEFAULT '', last_name TEXT NOT NULL DEFAULT '', display_name TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '', mobile TEXT NOT NULL DEFAULT '', extension TEXT NOT NULL DEFAULT '',
  timezone TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
  work_location TEXT NOT NULL DEFAULT '', employee_id TEXT NOT NULL DEFAULT '',
  department_id TEXT, designation_id TEXT, reporting_to INTEGER,
  custom TEXT NOT NULL DEFAULT '{}', has_image INTEGER NOT NULL DEFAULT 0, modified_at REAL NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS people_department ON people (department_id);
CREATE INDEX IF NOT EXISTS people_designation ON people (designation_id);
CREATE INDEX IF NOT EXISTS people_role ON people (role_id);
CREATE TABLE IF NOT EXISTS departments (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT NULL,
  parent_id TEXT, lead_id INTEGER, is_default INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS designations (id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS roles (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT NULL, profile_type TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '', is_default INTEGER NOT NULL, creation_time TEXT NOT NULL,
  last_modified_time TEXT NOT NULL, permission_type TEXT NOT NULL, permissions TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE IF NOT EXISTS fields (
  id TEXT PRIMARY KEY, unique_name TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL,
  system_defined INTEGER NOT NULL, is_searchable INTEGER NOT NULL, mandatory INTEGER NOT NULL DEFAULT 0,
  edit_permission INTEGER NOT NULL DEFAULT 0, options TEXT NOT NULL DEFAULT '[]', creation_time TEXT NOT NULL,
  last_modified_time TEXT NOT NULL, encrypted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS serials (number INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE IF NOT EXISTS blocked (email_key TEXT PRIMARY KEY);

CREATE TABLE IF NOT EXISTS codes (
  code TEXT PRIMARY KEY, user_id INTEGER NOT NULL, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL,
  scopes TEXT NOT NULL, refresh INTEGER NOT NULL, created_at REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS refresh_tokens (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE, user_id INTEGER NOT NULL,
  client_id TEXT NOT NULL, scopes TEXT NOT NULL, revoked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS access_tokens (
  token TEXT PRIMARY KEY, refresh_token TEXT, user_id INTEGER NOT NULL, scopes TEXT NOT NULL,
  created_at REAL NOT NULL, expires_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS access_by_refresh ON access_tokens (refresh_token, created_at);

CREATE TABLE IF NOT EXISTS arrivals (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, user_id INTEGER NOT NULL, operation TEXT NOT NULL,
  call_window TEXT NOT NULL, locked INTEGER NOT NULL DEFAULT 0, throttled INTEGER NOT NULL DEFAULT 0, status INTEGER
);
CREATE INDEX IF NOT EXISTS arrivals_window ON arrivals (user_id, call_window, at);
CREATE TABLE IF NOT EXISTS locks (
  user_id INTEGER NOT NULL, call_window TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (user_id, call_window)
);
CREATE TABLE IF NOT EXISTS journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, operation TEXT NOT NULL, key TEXT NOT NULL, at REAL NOT NULL,
  request_id TEXT NOT NULL, user_id INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS faults (
  id INTEGER PRIMARY KEY AUTOINCREMENT, operation TEXT NOT NULL, remaining INTEGER NOT NULL, plan TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS options (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS teams (
  id INTEGER PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '', creation_time TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS team_members (
  team_id INTEGER NOT NULL, user_id INTEGER NOT NULL, is_moderator INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (team_id, user_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS teams_of ON team_members (user_id);
CREATE TABLE IF NOT EXISTS channels (
  seq INTEGER PRIMARY KEY, channel_id TEXT NOT NULL UNIQUE, chat_id TEXT NOT NULL UNIQUE,
  organization_id TEXT NOT NULL, name TEXT NOT NULL, unique_name TEXT NOT NULL, level TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '', invite_only INTEGER NOT NULL DEFAULT 0, status TEXT NOT NULL,
  creator_id INTEGER NOT NULL, created_at REAL NOT NULL, active_at REAL NOT NULL, changed_at REAL NOT NULL,
  team_ids TEXT NOT NULL DEFAULT '[]', permissions TEXT NOT NULL DEFAULT '{}', config TEXT NOT NULL DEFAULT '{}',
  has_image INTEGER NOT NULL DEFAULT 0, follow_threads INTEGER NOT NULL DEFAULT 0,
  bots TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS channel_members (
  seq INTEGER NOT NULL, user_id INTEGER NOT NULL, role TEXT NOT NULL DEFAULT 'member', PRIMARY KEY (seq, user_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS channels_of ON channel_members (user_id);
CREATE TABLE IF NOT EXISTS chats (
  chat_id TEXT PRIMARY KEY, organization_id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  creator_id INTEGER NOT NULL, created_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS chat_members (
  chat_id TEXT NOT NULL, user_id INTEGER NOT NULL, PRIMARY KEY (chat_id, user_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, chat_id TEXT NOT NULL, sender_id INTEGER NOT NULL,
  time INTEGER NOT NULL, type TEXT NOT NULL DEFAULT 'text', text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS messages_of ON messages (chat_id, time);
CREATE TABLE IF NOT EXISTS settings (
  organization_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (organization_id, name)
);
