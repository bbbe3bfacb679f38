-- SPDX-License-Identifier: MIT
-- Whom a case was put to, by address: what somebody who asks in a chat may be shown without looking
-- through all cases. And where people are to be found on a chat platform.

CREATE TABLE reader (
    address TEXT NOT NULL,
    case_id INTEGER NOT NULL REFERENCES case_file (id),
    PRIMARY KEY (address, case_id)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO reader (address, case_id)
SELECT lower(json_extract(person.value, '$.address')), case_file.id
FROM case_file, json_each(case_file.snapshot, '$.informed') AS person
WHERE json_extract(person.value, '$.address') <> '';

CREATE TABLE place (
    channel TEXT NOT NULL,
    person  TEXT NOT NULL,
    place   TEXT NOT NULL,
    PRIMARY KEY (channel, person)
) STRICT, WITHOUT ROWID;
