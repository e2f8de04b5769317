-- The hash tiles of the log that are full: 256 hashes each, and the hash over them, which is one of a
-- tile of the next level. What is not full yet is read from the leaves, or from the tiles below.

CREATE TABLE tile (
  level BIGINT NOT NULL,
  number BIGINT NOT NULL,
  root {{BYTES}} NOT NULL,
  hashes {{BYTES}} NOT NULL,
  PRIMARY KEY (level, number)
){{CLUSTERED}};
