-- Stored bytes, each once however many uploads name them: whether they were checked, when they are
-- looked at next, and how many bytes there are in all.

CREATE TABLE file (
  digest {{KEY}} PRIMARY KEY,
  bytes BIGINT NOT NULL,
  state {{KEY}} NOT NULL,
  finding TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  stored_at BIGINT NOT NULL
){{CLUSTERED}};
CREATE INDEX file_try ON file (next_try_at, digest);
CREATE INDEX file_state ON file (state, stored_at, digest);

CREATE TABLE file_total (
  id {{POS}},
  bytes BIGINT NOT NULL
);

-- What was shown before there was a check goes on being shown.
INSERT INTO file (digest, bytes, state, finding, attempts, next_try_at, stored_at)
SELECT digest, MAX(bytes), 'passed', '', 0, 9223372036854775807, MIN(created_at)
FROM upload GROUP BY digest;
INSERT INTO file_total (id, bytes) SELECT 1, COALESCE(SUM(bytes), 0) FROM file;
