-- The days of each calendar as they were put in force; the newest date is in force. Not rebuilt.
CREATE TABLE calendar (
  name {{KEY}} NOT NULL,
  as_of {{KEY}} NOT NULL,
  sha256 TEXT NOT NULL,
  bytes {{BYTES}} NOT NULL,
  put_in_force_at BIGINT NOT NULL,
  PRIMARY KEY (name, as_of)
){{CLUSTERED}};

-- The running promises of open complaints that a changed calendar can move: a narrow table, so that
-- counting them all again reads no complaint.
CREATE TABLE running_promise (
  calendar {{KEY}} NOT NULL,
  due BIGINT NOT NULL,
  complaint {{KEY}} NOT NULL,
  promise {{KEY}} NOT NULL,
  round BIGINT NOT NULL,
  reference TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  within TEXT NOT NULL,
  paused TEXT NOT NULL,
  policy TEXT NOT NULL,
  PRIMARY KEY (calendar, due, complaint, promise)
){{CLUSTERED}};
CREATE INDEX running_promise_complaint ON running_promise (complaint, promise);

-- Complaints that were not archived before there was such a table: the next start counts them, and
-- when something happens to them by itself.
CREATE TABLE promise_to_count (
  complaint {{KEY}} PRIMARY KEY
){{CLUSTERED}};
INSERT INTO promise_to_count (complaint) SELECT id FROM complaint WHERE state <> 'archived';
