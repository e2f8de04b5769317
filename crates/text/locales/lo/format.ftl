# Dates, amounts and reasons. A tilde stands for a no-break space.
format-instant = { $time }~{ $date }
format-date = { $weekday }~{ $day }
format-day = { $day }/{ $month }
format-day-year = { $day }/{ $year }
format-today = { $time }~ມື້ນີ້
format-end-of-day = ໝົດ{ $date }~(24:00)
format-left = ເຫຼືອ { $time }
format-over = ກາຍ { $time }
format-under = ບໍ່ຮອດ~{ $time }

weekday-1 = ວັນຈັນ
weekday-2 = ວັນອັງຄານ
weekday-3 = ວັນພຸດ
weekday-4 = ວັນພະຫັດ
weekday-5 = ວັນສຸກ
weekday-6 = ວັນເສົາ
weekday-7 = ວັນອາທິດ

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

amount-minutes = { $n }~ນາທີ
amount-hours = { $n }~ຊົ່ວໂມງ
amount-working-time = { $time }~ໃນໂມງເຮັດວຽກ
amount-days = { $n }~ມື້
amount-days-rolled = { $n }~ມື້, ຖ້າມື້ສຸດທ້າຍເປັນມື້ພັກ ໃຫ້ນັບຮອດມື້ເຮັດວຽກຖັດໄປ
amount-working-days = { $n }~ມື້ເຮັດວຽກ
span-days = { $n }~ມື້
span-hours = { $n }~ຊົ່ວໂມງ
span-minutes = { $n }~ນາທີ
span-under-a-minute = ບໍ່ຮອດ { $n }~ນາທີ

why-day-of-receipt = ມື້ທີ່ໄດ້ຮັບ, ບໍ່ນັບ
why-calendar-day = ມື້ຕາມປະຕິທິນ
why-working-day = ມື້ເຮັດວຽກ
why-make-up-day = ມື້ເຮັດວຽກຊົດເຊີຍ
why-weekly-rest = ມື້ພັກປະຈຳອາທິດ
why-holiday = ວັນພັກທາງການ
why-in-lieu = ພັກຊົດເຊີຍ: { $name }
why-swapped-off = ພັກສັບປ່ຽນ: { $name }
why-rolled-over = ມື້ສຸດທ້າຍເປັນມື້ພັກ, ນັບຮອດມື້ເຮັດວຽກຖັດໄປ
why-elapsed = ນັບຕາມໂມງຕໍ່ເນື່ອງ ທັງກາງເວັນ ແລະ ກາງຄືນ
why-working-time = ນັບສະເພາະໃນໂມງເຮັດວຽກ
why-with-time = { $why }: { $time }
why-paused = ຢຸດຊົ່ວຄາວ, ບໍ່ນັບ
