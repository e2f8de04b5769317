-- The first schema. Portable: only BIGINT, TEXT, {{BYTES}}; instants are microseconds since 1970 UTC,
-- and a missing instant in a sort key is the far future (9223372036854775807).
-- Macros: {{BYTES}} bytes; {{POS}} the type of a position that is the primary key;
-- {{KEY}} a text compared byte by byte; {{CLUSTERED}} a table kept in the order of its key.

-- One row, read and written by every batch: the end of the log.
CREATE TABLE head (
  id {{POS}},
  pos BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  frontier {{BYTES}} NOT NULL,
  policy TEXT NOT NULL
);

CREATE TABLE event (
  pos {{POS}},
  stream {{KEY}} NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  schema_version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  facts TEXT NOT NULL,
  words TEXT,
  salt {{BYTES}} NOT NULL,
  words_salt {{BYTES}},
  words_commitment TEXT,
  leaf TEXT NOT NULL
);
CREATE UNIQUE INDEX event_stream ON event (stream, version);

CREATE TABLE commit_log (
  id {{BYTES}} PRIMARY KEY,
  first_pos BIGINT NOT NULL,
  end_pos BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL
){{CLUSTERED}};

CREATE TABLE claim (
  kind {{KEY}} NOT NULL,
  key {{BYTES}} NOT NULL,
  owner TEXT NOT NULL,
  fingerprint {{BYTES}} NOT NULL,
  answer TEXT,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (kind, key)
){{CLUSTERED}};
CREATE INDEX claim_expires ON claim (expires_at);

-- Read rows: rebuilt from events.

CREATE TABLE complaint (
  id {{KEY}} PRIMARY KEY,
  reference {{KEY}} NOT NULL,
  tracking_hash {{BYTES}} NOT NULL,
  state {{KEY}} NOT NULL,
  round BIGINT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  category TEXT NOT NULL,
  severity TEXT NOT NULL,
  safety BIGINT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  department TEXT NOT NULL,
  departments TEXT NOT NULL,
  holder {{KEY}} NOT NULL,
  next_promise TEXT NOT NULL,
  next_round BIGINT NOT NULL,
  next_due BIGINT NOT NULL,
  next_soon_at BIGINT NOT NULL,
  next_state {{KEY}} NOT NULL,
  unread BIGINT NOT NULL,
  open BIGINT NOT NULL,
  director BIGINT NOT NULL,
  next_timer_at BIGINT NOT NULL,
  person {{KEY}} NOT NULL,
  policy TEXT NOT NULL,
  version BIGINT NOT NULL,
  pos BIGINT NOT NULL
){{CLUSTERED}};
CREATE UNIQUE INDEX complaint_reference ON complaint (reference);
CREATE UNIQUE INDEX complaint_tracking ON complaint (tracking_hash);
CREATE INDEX complaint_due ON complaint (next_due, id);
CREATE INDEX complaint_open ON complaint (open, next_due, id, next_soon_at);
CREATE INDEX complaint_open_promise ON complaint (open, next_state, next_due, id);
CREATE INDEX complaint_promise ON complaint (next_state, next_due, id);
CREATE INDEX complaint_state ON complaint (state, next_due, id);
CREATE INDEX complaint_holder ON complaint (holder, next_due, id);
CREATE INDEX complaint_holder_open ON complaint (holder, open, next_due, id);
CREATE INDEX complaint_director ON complaint (director, next_due, id);
CREATE INDEX complaint_timer ON complaint (next_timer_at, id);
CREATE INDEX complaint_person ON complaint (person, id);

CREATE TABLE complaint_department (
  complaint {{KEY}} NOT NULL,
  department {{KEY}} NOT NULL,
  open BIGINT NOT NULL,
  state {{KEY}} NOT NULL,
  next_due BIGINT NOT NULL,
  PRIMARY KEY (complaint, department)
){{CLUSTERED}};
CREATE INDEX complaint_department_open
  ON complaint_department (department, open, next_due, complaint);
CREATE INDEX complaint_department_state
  ON complaint_department (department, state, next_due, complaint);
CREATE INDEX complaint_department_all ON complaint_department (department, next_due, complaint);

CREATE TABLE person (
  id {{KEY}} PRIMARY KEY,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  language TEXT NOT NULL,
  erased BIGINT NOT NULL,
  version BIGINT NOT NULL,
  pos BIGINT NOT NULL
){{CLUSTERED}};

CREATE TABLE person_contact (
  person {{KEY}} NOT NULL,
  hash {{BYTES}} NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  verified BIGINT NOT NULL,
  PRIMARY KEY (person, hash)
){{CLUSTERED}};
CREATE INDEX person_contact_hash ON person_contact (hash, person);

CREATE TABLE notice (
  id {{KEY}} PRIMARY KEY,
  reference TEXT NOT NULL,
  channel TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  interpreted BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  next_due BIGINT NOT NULL,
  complaint {{KEY}} NOT NULL,
  version BIGINT NOT NULL,
  pos BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX notice_waiting ON notice (interpreted, received_at, id);
CREATE INDEX notice_try ON notice (next_try_at, id);
CREATE INDEX notice_reference ON notice (reference);

CREATE TABLE account (
  id {{KEY}} PRIMARY KEY,
  email {{KEY}} NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  department TEXT NOT NULL,
  authority TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  pos BIGINT NOT NULL
){{CLUSTERED}};
CREATE UNIQUE INDEX account_email ON account (email);

CREATE TABLE duty (
  id {{KEY}} PRIMARY KEY,
  account TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  phone TEXT NOT NULL
){{CLUSTERED}};
CREATE INDEX duty_until ON duty (until_at, id);

CREATE TABLE delegation (
  id {{KEY}} PRIMARY KEY,
  principal TEXT NOT NULL,
  deputy TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX delegation_until ON delegation (until_at, id);

-- The number under which the search index knows a complaint; the index itself is a twin file.
CREATE TABLE search_key (
  number {{POS}},
  complaint {{KEY}} NOT NULL
);
CREATE UNIQUE INDEX search_key_complaint ON search_key (complaint);

-- Not rebuilt.

CREATE TABLE pack (
  digest {{KEY}} PRIMARY KEY,
  pack {{KEY}} NOT NULL,
  version BIGINT NOT NULL,
  bytes {{BYTES}} NOT NULL,
  put_in_force_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX pack_version ON pack (pack, version);
CREATE INDEX pack_newest ON pack (put_in_force_at, version, digest);

CREATE TABLE account_secret (
  account {{KEY}} PRIMARY KEY,
  password_hash TEXT NOT NULL
){{CLUSTERED}};

CREATE TABLE session (
  token_hash {{BYTES}} PRIMARY KEY,
  account {{KEY}} NOT NULL,
  form_secret {{BYTES}} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE token (
  hash {{BYTES}} PRIMARY KEY,
  account {{KEY}} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX token_expires ON token (expires_at);

CREATE TABLE setup_link (
  hash {{BYTES}} PRIMARY KEY,
  account {{KEY}} NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX setup_link_expires ON setup_link (expires_at);

CREATE TABLE upload (
  id_hash {{BYTES}} PRIMARY KEY,
  owner {{KEY}} NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  used_by {{KEY}} NOT NULL
){{CLUSTERED}};
CREATE INDEX upload_owner ON upload (owner, created_at);
CREATE INDEX upload_used ON upload (used_by, created_at);
CREATE INDEX upload_digest ON upload (digest);

CREATE TABLE outbox (
  id {{KEY}} PRIMARY KEY,
  due_at BIGINT NOT NULL,
  lease_owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  kind TEXT NOT NULL,
  complaint {{KEY}} NOT NULL,
  payload TEXT NOT NULL,
  done BIGINT NOT NULL,
  done_at BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX outbox_due ON outbox (done, due_at, id);
CREATE INDEX outbox_complaint ON outbox (complaint, due_at, id);

CREATE TABLE lease (
  name {{KEY}} PRIMARY KEY,
  owner TEXT NOT NULL,
  until_at BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX lease_until ON lease (until_at);

CREATE TABLE counter (
  name {{KEY}} PRIMARY KEY,
  next BIGINT NOT NULL
){{CLUSTERED}};
