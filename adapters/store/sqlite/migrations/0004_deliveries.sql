-- SPDX-License-Identifier: MIT
-- What a service reported about a message that arrived. Beside the row for the reason a bounce is.

CREATE TABLE delivery (
    id     INTEGER PRIMARY KEY REFERENCES notice (id),
    at     INTEGER NOT NULL,
    report TEXT NOT NULL
) STRICT;
