-- SPDX-License-Identifier: MIT
-- What a mail system reported about a message after the next host had accepted it. A table of its
-- own: that it was accepted stays true, and the proof of it stays as it is.

CREATE TABLE bounce (
    id     INTEGER PRIMARY KEY REFERENCES notice (id),
    at     INTEGER NOT NULL,
    report TEXT NOT NULL
) STRICT;
