-- Full-text search, the one thing each engine does its own way. The words come folded and cut from
-- the caller; the tokenizer keeps marks, so that Lao words stay whole. The index holds no text.
CREATE VIRTUAL TABLE search USING fts5(
  body, content='', contentless_delete=1,
  tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
