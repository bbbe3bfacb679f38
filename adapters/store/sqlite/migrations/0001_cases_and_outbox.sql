-- SPDX-License-Identifier: MIT
-- Times are seconds since 1970-01-01 UTC. The states of a notice and their moves: docs/outbox.md.

CREATE TABLE case_file (
    id        INTEGER PRIMARY KEY,
    ref       TEXT NOT NULL UNIQUE,
    board     TEXT NOT NULL,
    stage     TEXT NOT NULL,
    status    TEXT NOT NULL,
    version   INTEGER NOT NULL,  -- number of its events
    raised    INTEGER NOT NULL,
    next_look INTEGER,
    snapshot  TEXT NOT NULL
) STRICT;
CREATE INDEX case_due ON case_file (next_look, ref) WHERE next_look IS NOT NULL;

CREATE TABLE event (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    number  INTEGER NOT NULL,
    body    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_of_case ON event (case_id, number);
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

CREATE TABLE notice (
    id              INTEGER PRIMARY KEY,
    ref             TEXT NOT NULL,  -- empty: belongs to no case
    key             TEXT NOT NULL,
    rule            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    recipient       TEXT NOT NULL,
    state           TEXT NOT NULL DEFAULT 'pending' CHECK (state IN
        ('pending', 'claimed', 'accepted', 'retrying', 'failed', 'cancelled')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    not_before      INTEGER NOT NULL,
    lease           INTEGER CHECK ((lease IS NOT NULL) = (state = 'claimed')),
    lapsed          INTEGER NOT NULL DEFAULT 0,
    possible_repeat INTEGER NOT NULL DEFAULT 0,
    done_at         INTEGER,
    reply           TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX notice_key ON notice (ref, key);
CREATE INDEX notice_due ON notice (not_before, id) WHERE state IN ('pending', 'retrying');
CREATE INDEX notice_leased ON notice (lease) WHERE state = 'claimed';
CREATE UNIQUE INDEX notice_in_hand ON notice (ref, recipient) WHERE state = 'claimed';

CREATE TABLE notice_body (
    id   INTEGER PRIMARY KEY REFERENCES notice (id),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE sent (
    id    INTEGER PRIMARY KEY REFERENCES notice (id),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE answer (
    id      INTEGER PRIMARY KEY,
    source  TEXT NOT NULL,
    message TEXT NOT NULL,
    digest  TEXT NOT NULL,
    ref     TEXT NOT NULL,
    at      INTEGER NOT NULL,
    body    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX answer_of_message ON answer (source, message);

CREATE TABLE set_aside (
    id       INTEGER PRIMARY KEY,
    source   TEXT NOT NULL,
    message  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    why      TEXT NOT NULL,
    original TEXT NOT NULL
) STRICT;
CREATE INDEX set_aside_message ON set_aside (source, message) WHERE message <> '';

CREATE TABLE counter (
    prefix TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (prefix, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE probe (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    writes INTEGER NOT NULL
) STRICT;
INSERT INTO probe (id, writes) VALUES (1, 0);
