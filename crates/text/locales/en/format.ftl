# Dates, amounts and reasons. A tilde stands for a no-break space.
format-instant = { $time },~{ $date }
format-date = { $weekday }~{ $day }
format-day = { $day }~{ $month }
format-day-year = { $day }~{ $year }
format-today = { $time }~today
format-end-of-day = the end of { $date }~(24:00)
format-left = { $time }~left
format-over = { $time }~over
format-under = less than~{ $time }

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

amount-minutes =
    { $n ->
        [one] { $n }~minute
       *[other] { $n }~minutes
    }
amount-hours =
    { $n ->
        [one] { $n }~hour
       *[other] { $n }~hours
    }
amount-working-time = { $time } of working time
amount-days =
    { $n ->
        [one] { $n }~day
       *[other] { $n }~days
    }
amount-days-rolled =
    { $n ->
        [one] { $n }~day
       *[other] { $n }~days
    }, and to the next working day if the last one is a day off
amount-working-days =
    { $n ->
        [one] { $n }~working~day
       *[other] { $n }~working~days
    }
span-days =
    { $n ->
        [one] { $n }~day
       *[other] { $n }~days
    }
span-hours = { $n }~h
span-minutes = { $n }~min
span-under-a-minute = less than { $n }~min

why-day-of-receipt = day of receipt
why-calendar-day = calendar day
why-working-day = working day
why-make-up-day = make-up working day
why-weekly-rest = weekly rest
why-holiday = public holiday
why-in-lieu = day in lieu: { $name }
why-swapped-off = day off by exchange: { $name }
why-rolled-over = the last day is a day off, so the term ends on the next working day
why-elapsed = counted by the clock, day and night
why-working-time = counted within working hours only
why-with-time = { $why }: { $time }
why-paused = paused, not counted
