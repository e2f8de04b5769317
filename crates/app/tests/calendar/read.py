"""Reads a calendar file from standard input with a library that is not ours; answers what it says.

Must not mend anything: a file the library finds fault with ends in an error.
"""

import json
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
events = calendar.walk("VEVENT")
assert len(events) == 1, "one entry"
(event,) = events
assert not event.errors and not calendar.errors, (event.errors, calendar.errors)
json.dump(
    {
        "method": str(calendar["METHOD"]),
        "properties": sorted(str(name) for name in event),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "at": event.decoded("DTSTART").isoformat(),
        "changed_at": event.decoded("DTSTAMP").isoformat(),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "organizer": str(event["ORGANIZER"]),
        "attendee": str(event["ATTENDEE"]),
    },
    sys.stdout,
)
