# Closed vocabularies of the process. A tilde stands for a no-break space.
lang-vi = Tiếng Việt
lang-en = English
lang-lo = ພາສາລາວ

kind-complaint = ຄຳຮ້ອງທຸກ
kind-feedback = ການສະທ້ອນຄຳເຫັນ

about-product = ຜະລິດຕະພັນ
about-service = ການບໍລິການ
about-both = ທັງຜະລິດຕະພັນ ແລະ ການບໍລິການ
about-unsure = ຍັງບໍ່ແນ່ໃຈ

severity-low = ເບົາ
severity-medium = ປານກາງ
severity-high = ຮ້າຍແຮງ
severity-critical = ອັນຕະລາຍຕໍ່ຄົນ

channel-phone = ໂທລະສັບ
channel-zalo = Zalo
channel-viber = Viber
channel-office = ຫ້ອງການ
channel-web = ແບບຟອມເທິງເວັບ
channel-letter = ຈົດໝາຍ
channel-email = ອີເມວ
channel-sms = ຂໍ້ຄວາມ SMS
channel-visit = ພົບໂດຍກົງ

as-person = ບຸກຄົນ
as-organisation = ອົງກອນ ຫຼື ບໍລິສັດ
as-representative = ຜູ້ຕາງໜ້າ

relation-owner = ເຈົ້າຂອງ
relation-user = ຜູ້ນຳໃຊ້
relation-resident = ຜູ້ອາໄສ
relation-former = ອະດີດເຈົ້າຂອງ ຫຼື ອະດີດຜູ້ນຳໃຊ້
relation-other = ອື່ນໆ

role-care = ບໍລິການລູກຄ້າ
role-department = ພະແນກກວດສອບຢັ້ງຢືນ
role-director = ຜູ້ອຳນວຍການໃຫຍ່
role-admin = ຜູ້ດູແລລະບົບ
role-auditor = ຜູ້ກວດສອບ

state-received = ໄດ້ຮັບແລ້ວ
state-handed-over = ມອບໂອນແລ້ວ
state-verifying = ກຳລັງກວດສອບຢັ້ງຢືນ
state-deciding = ກຳລັງພິຈາລະນາແກ້ໄຂ
state-responding = ກຳລັງສົ່ງຜົນ
state-answered = ມີຜົນການແກ້ໄຂແລ້ວ
state-closed = ປິດແລ້ວ
state-archived = ເກັບຮັກສາເອກະສານແລ້ວ

promise-running = ຍັງຢູ່ໃນກຳນົດ
promise-soon = ສ່ຽງຊ້າ
promise-late = ເກີນກຳນົດ
promise-kept = ທັນເວລາ
promise-missed = ບໍ່ທັນເວລາ
promise-paused = ຢຸດຊົ່ວຄາວ
promise-ended = ສິ້ນສຸດພ້ອມກັບເອກະສານ
pause-waiting-for-complainant = ລໍຖ້າຜູ້ຮ້ອງທຸກເພີ່ມຂໍ້ມູນ
pause-waiting-for-others = ລໍຖ້າພາກສ່ວນອື່ນ
pause-force-majeure = ເຫດສຸດວິໄສ
# The same, as the complainant is told
pause-told-waiting-for-complainant = ລໍຖ້າທ່ານເພີ່ມຂໍ້ມູນ
pause-told-waiting-for-others = ລໍຖ້າພາກສ່ວນອື່ນ
pause-told-force-majeure = ເຫດສຸດວິໄສ

step-receive = ຮັບເອົາ
step-verify = ກວດສອບຢັ້ງຢືນ
step-decide = ພິຈາລະນາແກ້ໄຂ
step-respond = ຕອບກັບ
step-close = ປິດ
