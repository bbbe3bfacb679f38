# SPDX-License-Identifier: MIT
"""kill -9 while updates pour in: whatever was answered is there after the restart, every receipt
was made once, and an update sent again after a kill is not done twice."""

import copy
import sqlite3
import threading
import time
import unittest
import urllib.error
from collections import Counter

from house import House, wait_for
from ladder_test import raise_event

KILLS = 5
CALLERS = 4


class Crash(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        self.answered: dict[str, str] = {}  # update id -> case
        self.unanswered: list[str] = []

    def raise_with(self, identity: str) -> dict[str, object]:
        event = copy.deepcopy(raise_event())
        event["id"] = identity
        return event

    def pour_in(self, caller: str, token: str) -> None:
        """Raises one case after the other until the daemon is gone."""
        for number in range(10_000):
            identity = f"{caller}-{number}"
            try:
                status, body = self.house.post(self.raise_with(identity), token)
            except (OSError, urllib.error.URLError, ValueError):
                self.unanswered.append(identity)
                return
            if status == 201:
                self.answered[identity] = body["case"]

    def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(self) -> None:
        house = self.house
        token = house.secret("case-system.bearer")
        for kill in range(KILLS):
            callers = [threading.Thread(target=self.pour_in, args=(f"{kill}-{i}", token))
                       for i in range(CALLERS)]
            before = len(self.answered)
            for caller in callers:
                caller.start()
            wait_for("some answers", lambda: len(self.answered) > before + 20)
            house.kill()
            for caller in callers:
                caller.join()
            house.start()
        self.assertGreater(len(self.unanswered), 0)
        for identity in list(self.unanswered):  # as a careful sender does
            status, body = house.post(self.raise_with(identity))
            self.assertEqual(status, 201)
            self.answered[identity] = body["case"]
        self.check_store()
        self.check_receipts()

    def check_store(self) -> None:
        with sqlite3.connect(self.house.data / "stageclock.db") as store:
            cases = {row[0] for row in store.execute("SELECT ref FROM case_file")}
        self.assertEqual(set(self.answered.values()), cases)
        self.assertEqual(len(self.answered), len(cases), "two updates made one case")

    def check_receipts(self) -> None:
        database = self.house.data / "stageclock.db"

        def unsent() -> int:
            with sqlite3.connect(database) as store:
                query = "SELECT count(*) FROM notice WHERE state <> 'accepted'"
                return int(store.execute(query).fetchone()[0])

        # A claim the kill interrupted is sent again when its lease has passed.
        self.house.forward("1 hours")
        wait_for("every notice to be sent", lambda: unsent() == 0, seconds=60)
        receipts = Counter(str(mail["X-Stageclock-Case"])
                           for mail in self.house.mails_to("robin@trust.example.org"))
        self.assertEqual(set(receipts), set(self.answered.values()))
        self.assertEqual({count for count in receipts.values()}, {1})


class Locked(unittest.TestCase):
    def test_a_store_that_takes_no_writes_answers_503_and_recovers(self) -> None:
        house = House()
        self.addCleanup(house.clear)
        house.start()
        other = sqlite3.connect(house.data / "stageclock.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        status, problem = house.post(raise_event())
        self.assertEqual(status, 503, problem)
        self.assertLess(time.monotonic() - begun, 15)
        other.execute("ROLLBACK")
        self.assertEqual(house.post(raise_event())[0], 201)


if __name__ == "__main__":
    unittest.main()
