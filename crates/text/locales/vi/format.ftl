# Dates, amounts and reasons. A tilde stands for a no-break space.
format-instant = { $time }~{ $date }
format-date = { $weekday }~{ $day }
format-day = { $day }/{ $month }
format-day-year = { $day }/{ $year }
format-today = { $time }~hôm nay
format-end-of-day = hết ngày { $date }~(24:00)
format-left = còn { $time }
format-over = quá { $time }
format-under = chưa đến~{ $time }

weekday-1 = thứ~Hai
weekday-2 = thứ~Ba
weekday-3 = thứ~Tư
weekday-4 = thứ~Năm
weekday-5 = thứ~Sáu
weekday-6 = thứ~Bảy
weekday-7 = Chủ~Nhật

month-1 = 01
month-2 = 02
month-3 = 03
month-4 = 04
month-5 = 05
month-6 = 06
month-7 = 07
month-8 = 08
month-9 = 09
month-10 = 10
month-11 = 11
month-12 = 12

amount-minutes = { $n }~phút
amount-hours = { $n }~giờ
amount-working-time = { $time }~làm~việc
amount-days = { $n }~ngày
amount-days-rolled = { $n }~ngày, nếu ngày cuối là ngày nghỉ thì tính đến ngày làm việc kế tiếp
amount-working-days = { $n }~ngày~làm~việc
span-days = { $n }~ngày
span-hours = { $n }~giờ
span-minutes = { $n }~phút
span-under-a-minute = chưa đến { $n }~phút

why-day-of-receipt = ngày nhận, không tính
why-calendar-day = ngày theo lịch
why-working-day = ngày làm việc
why-make-up-day = ngày làm bù
why-weekly-rest = nghỉ hằng tuần
why-holiday = ngày lễ
why-in-lieu = nghỉ bù: { $name }
why-swapped-off = nghỉ hoán đổi: { $name }
why-rolled-over = ngày cuối là ngày nghỉ, tính đến ngày làm việc kế tiếp
why-elapsed = tính liên tục theo đồng hồ, cả ngày lẫn đêm
why-working-time = chỉ tính trong giờ làm việc
why-with-time = { $why }: { $time }
why-paused = tạm dừng, không tính
