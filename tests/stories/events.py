"""Invented events that tests of stories tell of."""

from datetime import UTC, datetime

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FERRY = (
    "A ferry with 214 passengers ran aground off Port Amelie on Monday after its rudder failed.",
    "All 214 passengers of the ferry that ran aground off Port Amelie are safe, the coastguard said.",
    "Investigators in Port Amelie said a broken rudder drove the ferry onto the rocks.",
)
BUDGET = "Parliament in Tarvia rejected the budget of Prime Minister Ilse Brandt by three votes."
