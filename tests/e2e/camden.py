# SPDX-License-Identifier: MIT
"""A case of the Camden policy, told by the case system: what the tests of chats begin with."""

from typing import Any

from house import House


def tell(house: House, kind: str, identity: str, ref: str = "", **data: Any) -> dict[str, Any]:
    by = {"name": "Alex Example", "email": "alex@example.org", "side": "raising"}
    event = {"specversion": "1.0", "id": identity, "source": "/case-system",
             "type": f"stageclock.case.{kind}", "data": {"by": by, **data}}
    if ref:
        event["subject"] = ref
    status, answer = house.post(event)
    assert status < 300, answer
    return answer


def raised(house: House) -> str:
    """A case that two posts have to act on: the safeguarding leads of Housing and Early Help."""
    person = {"name": "Alex Example", "email": "alex@example.org"}
    ref = str(tell(
        house, "raise", "raise", board="camden",
        subject={"kind": "child", "name": "Sam Example"},
        raising={"agency": "housing", "practitioner": person},
        receiving={"agency": "early-help",
                   "practitioner": {"name": "Kim Example", "email": "kim@example.org"}},
        summary="The threshold is disputed.")["case"])
    for stage in ("2", "3"):
        tell(house, "escalate", "to-" + stage, ref, stage=stage, text="No agreement.")
    return ref
