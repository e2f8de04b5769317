-- What is most serious comes first, also after an outage: complaints have a gravity (0 is
-- the most serious), and work that follows from one carries it, when it is due and when it came.

ALTER TABLE complaint ADD COLUMN gravity BIGINT NOT NULL DEFAULT 3;
UPDATE complaint SET gravity = CASE WHEN safety = 1 THEN 0 WHEN severity = 'critical' THEN 1
WHEN severity = 'high' THEN 2 WHEN severity = 'medium' THEN 3 ELSE 4 END;
DROP INDEX complaint_timer;
CREATE INDEX complaint_timer ON complaint (next_timer_at, id, gravity, next_due, received_at);

ALTER TABLE outbox ADD COLUMN gravity BIGINT NOT NULL DEFAULT 5;
ALTER TABLE outbox ADD COLUMN urgent_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE outbox ADD COLUMN received_at BIGINT NOT NULL DEFAULT 9223372036854775807;
DROP INDEX outbox_due;
CREATE INDEX outbox_order
  ON outbox (done, gravity, urgent_at, received_at, id, due_at, lease_until);
