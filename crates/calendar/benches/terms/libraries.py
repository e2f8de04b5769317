"""Answers "seven working days after" with each library that is installed, timed call by call.

Reads a JSON object {"holidays": [dates], "received": [dates]} from standard input and writes one
line for each library: name, nanoseconds a call, last days. Must not install anything.
"""

import datetime
import json
import statistics
import sys
import time

ROUNDS = 15
asked = json.load(sys.stdin)


def say(name, answer, questions):
    """Times the answer to each question alone, as a server would ask, and prints the median."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        for question in questions:
            answer(question)
        rounds.append((time.perf_counter_ns() - start) / len(questions))
    days = [str(answer(question))[:10] for question in questions]
    print(json.dumps([name, statistics.median(rounds), days]))


def with_numpy():
    import numpy

    calendar = numpy.busdaycalendar(holidays=asked["holidays"])
    questions = [numpy.datetime64(day) for day in asked["received"]]
    # Back to the last working day first, so that a receipt on a rest day counts the next one as 1.
    say(
        f"numpy {numpy.__version__} busday_offset",
        lambda day: numpy.busday_offset(day, 7, roll="preceding", busdaycal=calendar),
        questions,
    )
    # Many receipts in one call: another question, told for the reader's sake.
    array = numpy.array(questions)
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        numpy.busday_offset(array, 7, roll="preceding", busdaycal=calendar)
        rounds.append((time.perf_counter_ns() - start) / len(questions))
    print(json.dumps(["all receipts in one numpy array", statistics.median(rounds), []]))


def with_pandas():
    import pandas

    step = pandas.offsets.CustomBusinessDay(7, holidays=asked["holidays"])
    # A receipt on a rest day counts the next working day as the first, as ours does.
    questions = [pandas.Timestamp(day) for day in asked["received"]]
    say(f"pandas {pandas.__version__} CustomBusinessDay", lambda day: day + step, questions)


def with_workalendar():
    import workalendar
    from workalendar.core import Calendar

    class Vietnam(Calendar):
        """The same holidays, since workalendar has none of Vietnam."""

        WEEKEND_DAYS = (5, 6)

        def get_calendar_holidays(self, year):
            return [(day, "") for day in days if day.year == year]

    days = [datetime.date.fromisoformat(day) for day in asked["holidays"]]
    calendar = Vietnam()
    questions = [datetime.date.fromisoformat(day) for day in asked["received"]]
    name = f"workalendar {workalendar.__version__} add_working_days"
    say(name, lambda day: calendar.add_working_days(day, 7), questions)


for library in (with_numpy, with_pandas, with_workalendar):
    try:
        library()
    except ImportError:
        continue
