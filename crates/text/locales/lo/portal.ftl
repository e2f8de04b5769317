# Public pages. A tilde stands for a no-break space.
layout-skip = ໄປຫາເນື້ອໃນຫຼັກ
layout-demo = ນີ້ແມ່ນການສາທິດ: ຊື່ຄົນ, ທີ່ຢູ່ ແລະ ເຫດການທັງໝົດແມ່ນສົມມຸດຂຶ້ນ.
layout-danger = ມີຄົນຕິດຄ້າງ ຫຼື ກຳລັງຢູ່ໃນອັນຕະລາຍບໍ? ໂທທັນທີ
layout-tagline = ຮັບຄຳຮ້ອງທຸກ
layout-menu = ລາຍການຫຼັກ
layout-policy = ນະໂຍບາຍ
layout-new = ສົ່ງຄຳຮ້ອງທຸກ
layout-track = ຕິດຕາມ
layout-languages = ພາສາ
layout-hotline = ສາຍດ່ວນ
layout-version = ນະໂຍບາຍທີ່ໃຊ້ຢູ່: ສະບັບທີ~{ $version }, ແຕ່ວັນທີ { $date }
layout-made-with = ດຳເນີນງານດ້ວຍ Redress, ຊອບແວລະຫັດເປີດ.

panel-if-now = ຖ້າສົ່ງດຽວນີ້
promise-in-round = { $what }, ຄັ້ງທີ~{ $n }
panel-from-disagreement = ນັບແຕ່ເວລາທີ່ພວກເຮົາໄດ້ຮັບຄວາມບໍ່ເຫັນດີ

home-new = ສົ່ງຄຳຮ້ອງທຸກ
home-no-account = ບໍ່ຕ້ອງມີບັນຊີ.
home-track = ເບິ່ງວ່າຄຳຮ້ອງທຸກຮອດຂັ້ນໃດແລ້ວ
home-steps = ຂະບວນການຫ້າຂັ້ນຕອນ
home-lead = ທ່ານເບິ່ງໄດ້ຕະຫຼອດວ່າ ໃຜກຳລັງຖືເອກະສານ, ຮອດຂັ້ນໃດ ແລະ ຈະມີຄຳຕອບເວລາໃດ.
home-channels = ແຈ້ງພວກເຮົາທາງໃດກໍໄດ້
home-channel-ask = ໂທ { $phone } ເພື່ອຖາມທີ່ຢູ່
home-show = ເບິ່ງລາຍການ

field-optional = (ບໍ່ບັງຄັບ)
field-error-prefix = ຂໍ້ຜິດພາດ:

form-title = ສົ່ງຄຳຮ້ອງທຸກ
form-lead = ທ່ານພຽງແຕ່ເລົ່າເຫດການ ແລະ ໃຫ້ທາງຕິດຕໍ່ໜຶ່ງທາງກໍພໍ. ຖ້າຂາດຫຍັງ ພວກເຮົາຈະຖາມເພີ່ມ, ບໍ່ສົ່ງຄືນ.
form-what = ເກີດຫຍັງຂຶ້ນ?
form-text = ເຫດການ ຕາມຄຳເວົ້າຂອງທ່ານ
form-text-hint = ຢູ່ໃສ, ເວລາໃດ, ໃຜໄດ້ນັດໝາຍຫຍັງ. ຂຽນເປັນພາສາລາວ, ຫວຽດນາມ ຫຼື ອັງກິດກໍໄດ້, ສູງສຸດ { $n }~ຕົວອັກສອນ.
form-danger = ມີຄົນຕິດຄ້າງ, ບາດເຈັບ ຫຼື ກຳລັງຢູ່ໃນອັນຕະລາຍ
form-danger-hint = ຖ້າກຳລັງອັນຕະລາຍ ກະລຸນາໂທກ່ອນ, ຢ່າລໍຖ້າຄຳຕອບໃນໜ້ານີ້. ຖ້າໝາຍບ່ອນນີ້ ຄຳຮ້ອງທຸກຈະຢູ່ອັນດັບທຳອິດໃນລາຍການວຽກຂອງຜູ້ເຂົ້າເວນ ແລະ ຂອງຜູ້ອຳນວຍການໃຫຍ່.
form-danger-call = ໂທ { $phone } ທັນທີ
form-about = ຄຳຮ້ອງທຸກກ່ຽວກັບຫຍັງ?
form-about-hint = ຖ້າບໍ່ແນ່ໃຈ ໃຫ້ເລືອກ “ຍັງບໍ່ແນ່ໃຈ”. ກຳນົດເວລາບໍ່ປ່ຽນແປງ.
form-category = ປະເພດເຫດການ
form-category-none = ຍັງບໍ່ໄດ້ເລືອກ
form-kind = ນີ້ແມ່ນ
form-kind-hint = ຄຳຮ້ອງທຸກ ແລະ ການສະທ້ອນຄຳເຫັນ ມີກຳນົດເວລາດຽວກັນ.
form-remedy = ທ່ານຢາກໃຫ້ພວກເຮົາເຮັດຫຍັງ
form-remedy-hint = ຕົວຢ່າງ: ສ້ອມແປງ, ປ່ຽນອຸປະກອນ, ຄືນເງິນ, ອະທິບາຍ.
form-thing = ຢູ່ໃສ, ເວລາໃດ?
form-asset = ລະຫັດອຸປະກອນ ຫຼື ເລກສັນຍາ
form-asset-hint = ລະຫັດພິມຢູ່ປ້າຍທີ່ຕິດໃສ່ອຸປະກອນ.
form-place = ທີ່ຢູ່ບ່ອນເກີດເຫດ
form-happened = ເວລາເກີດເຫດ
form-files = ຮູບພາບ, ວິດີໂອ, ເອກະສານ
form-files-hint = ສູງສຸດ { $files }~ໄຟລ໌, ໄຟລ໌ລະ { $size }. ຖ້າເນັດອ່ອນ ໃຫ້ສົ່ງຂໍ້ຄວາມກ່ອນ ແລ້ວເພີ່ມຮູບທີຫຼັງໃນໜ້າຕິດຕາມ.
form-files-kept = ໄຟລ໌ທີ່ພວກເຮົາໄດ້ຮັບແລ້ວ
form-files-kept-hint = ເອົາເຄື່ອງໝາຍອອກຈາກໄຟລ໌ທີ່ທ່ານບໍ່ຢາກສົ່ງ.
form-who = ພວກເຮົາຕອບໃຜ, ທາງໃດ?
form-name = ຊື່ ແລະ ນາມສະກຸນ
form-phone = ເບີໂທລະສັບ
form-phone-hint = ໃຊ້ສຳລັບ Zalo ແລະ Viber ນຳ. ຖ້າບໍ່ມີໂທລະສັບ ໃຫ້ປະຫວ່າງໄວ້ ແລະ ໃສ່ອີເມວ.
form-email = ອີເມວ
form-email-hint = ເພື່ອຮັບການຢືນຢັນ ແລະ ຜົນເປັນລາຍລັກອັກສອນ.
form-address = ທີ່ຢູ່ຮັບຈົດໝາຍ
form-address-hint = ຈຳເປັນ ຖ້າທ່ານຢາກໃຫ້ຕອບທາງຈົດໝາຍ.
form-reply = ຕອບຂ້ອຍທາງ
form-as = ຂ້ອຍຮ້ອງທຸກໃນນາມ
form-more = ອົງກອນ, ຜູ້ທີ່ທ່ານຕາງໜ້າ, ຄວາມຊ່ວຍເຫຼືອພິເສດ
form-organisation = ຊື່ອົງກອນ
form-represents = ທ່ານຕາງໜ້າໃຫ້ໃຜ
form-represents-hint = ໃບມອບສິດແນບໃສ່ບ່ອນໄຟລ໌ກໍໄດ້ ຫຼື ສົ່ງທີຫຼັງ. ກຳນົດເວລານັບແຕ່ມື້ນີ້ຄືເກົ່າ.
form-relation = ຄວາມສຳພັນກັບຜະລິດຕະພັນ ຫຼື ການບໍລິການ
form-needs = ທ່ານຕ້ອງການຄວາມຊ່ວຍເຫຼືອຫຍັງ ເວລາຕິດຕໍ່ກັບພວກເຮົາ
form-needs-hint = ຕົວຢ່າງ: ຜູ້ແປພາສາ, ຕົວໜັງສືໃຫຍ່, ໂທສະເພາະຕອນແລງ.
form-privacy-title = ຂໍ້ມູນສ່ວນບຸກຄົນຂອງທ່ານ
form-privacy = ພວກເຮົາໃຊ້ຂໍ້ມູນນີ້ເພື່ອແກ້ໄຂຄຳຮ້ອງທຸກຕາມກົດໝາຍ ແລະ ສັນຍາ. ສະເພາະຜູ້ດຳເນີນການເທົ່ານັ້ນທີ່ເບິ່ງໄດ້. ເອກະສານເກັບໄວ້ { $years }~ປີຫຼັງຈາກປິດ ແລ້ວລຶບ. ທ່ານມີສິດເບິ່ງ, ແກ້ໄຂ ແລະ ຂໍໃຫ້ລຶບ.
form-privacy-version = ແຈ້ງການວັນທີ { $date }.
form-send = ສົ່ງຄຳຮ້ອງທຸກ
form-after = ລະຫັດ ແລະ ກຳນົດເວລາຈະປາກົດທັນທີຫຼັງຈາກສົ່ງ.
form-by-phone = ບໍ່ສະດວກຂຽນບໍ?
form-by-phone-text = ທ່ານໂທຫາພວກເຮົາ, ພະນັກງານຈະບັນທຶກ ແລະ ອ່ານໃຫ້ທ່ານຟັງກ່ອນເກັບໄວ້.

receipt-title = ພວກເຮົາໄດ້ຮັບຄຳຮ້ອງທຸກຂອງທ່ານແລ້ວ
receipt-lead = ໄດ້ຮັບເວລາ { $time }. ທ່ານບໍ່ຕ້ອງແຈ້ງອີກ.
receipt-danger = ຄຳຮ້ອງທຸກນີ້ຢູ່ອັນດັບທຳອິດໃນລາຍການວຽກຂອງຜູ້ເຂົ້າເວນ ແລະ ຂອງຜູ້ອຳນວຍການໃຫຍ່. ຖ້າມີຄົນຢູ່ໃນອັນຕະລາຍ ກະລຸນາໂທຫາສາຍດ່ວນທັນທີ, ຢ່າລໍຖ້າຄຳຕອບໃນໜ້ານີ້:
receipt-reference = ລະຫັດຄຳຮ້ອງທຸກ
receipt-spelt = ອ່ານທາງໂທລະສັບ:
receipt-link = ລິ້ງຕິດຕາມ, ກະລຸນາຮັກສາໄວ້
receipt-link-keep = ຜູ້ໃດມີລິ້ງນີ້ກໍເບິ່ງເອກະສານໄດ້, ກະລຸນາຢ່າໃຫ້ຜູ້ອື່ນ. ລະຫັດຢ່າງດຽວເປີດເອກະສານບໍ່ໄດ້.
receipt-open = ເປີດໜ້າຕິດຕາມ
receipt-next = ຈະເກີດຫຍັງຕໍ່ໄປ
receipt-got = ໄດ້ຮັບແລ້ວ
receipt-with = ດຽວນີ້ຢູ່ກັບ: { $who }
receipt-answer = ທ່ານເຫັນດີ ຫຼື ຂໍໃຫ້ກວດສອບຄືນແຕ່ຕົ້ນ
receipt-sent = ສິ່ງທີ່ທ່ານສົ່ງ

clock-by = ຢ່າງຊ້າ
clock-moved = ປ່ຽນຕາມປະຕິທິນ:
clock-was-due = ກຳນົດ
clock-kept-after = ທັນເວລາ, ຫຼັງ { $time }
clock-missed-by = ຊ້າ { $time }
clock-how = ກຳນົດເວລານີ້ນັບແນວໃດ
clock-from = ນັບແຕ່ເວລາໄດ້ຮັບ: { $time }.
clock-day = ວັນ
clock-nth = ມື້ທີ
clock-why = ເຫດຜົນ

rail-state =
    { $state ->
        [done] (ແລ້ວ)
        [now] (ກຳລັງຢູ່ຂັ້ນນີ້)
       *[next] (ຍັງບໍ່ທັນຮອດ)
    }

message-you = ທ່ານ
message-system = ແຈ້ງການອັດຕະໂນມັດ
message-erased = ຂໍ້ຄວາມນີ້ຖືກລຶບຕາມຄຳຂໍ ຫຼື ຕາມລະບຽບ.

lookup-title = ຕິດຕາມຄຳຮ້ອງທຸກ
lookup-lead = ໃຊ້ລິ້ງຕິດຕາມທີ່ທ່ານໄດ້ຮັບຕອນສົ່ງຄຳຮ້ອງທຸກ. ລະຫັດຢ່າງດຽວເປີດເອກະສານບໍ່ໄດ້, ເພື່ອບໍ່ໃຫ້ຜູ້ອື່ນເບິ່ງ.
lookup-link = ລິ້ງຕິດຕາມ
lookup-link-hint = ວາງທັງລິ້ງ ຫຼື ສະເພາະສ່ວນສຸດທ້າຍ.
lookup-open = ເປີດເອກະສານ
lookup-lost = ລິ້ງເສຍບໍ?
lookup-lost-text = ທ່ານໂທຫາພວກເຮົາ ແລະ ອ່ານລະຫັດຄຳຮ້ອງທຸກ. ຫຼັງຈາກກວດແລ້ວ ພະນັກງານຈະສົ່ງລິ້ງຄືນທາງທີ່ທ່ານເຄີຍໃຊ້. ເບີໂທ:

track-reference = ລະຫັດຄຳຮ້ອງທຸກ
track-round = ຄັ້ງທີ { $n }, ກວດສອບຄືນແຕ່ຕົ້ນ
track-danger = ມີຄົນຢູ່ໃນອັນຕະລາຍ
track-title-received = ໄດ້ຮັບຄຳຮ້ອງທຸກແລ້ວ
track-title-handed-over = ມອບໂອນໃຫ້ພະແນກກວດສອບແລ້ວ
track-title-verifying = ກຳລັງກວດສອບຢັ້ງຢືນ
track-title-deciding = ກຳລັງພິຈາລະນາແກ້ໄຂ
track-title-responding = ກຳລັງສົ່ງຜົນຫາທ່ານ
track-title-answered = ມີຜົນການແກ້ໄຂແລ້ວ
track-title-closed = ຄຳຮ້ອງທຸກປິດແລ້ວ
track-title-archived = ເກັບຮັກສາເອກະສານແລ້ວ
track-lead-received = ເອກະສານກຳລັງລໍຖ້າຜູ້ມີອຳນາດມອບໂອນໃຫ້ພະແນກຮັບຜິດຊອບ.
track-lead-handed-over = ພະແນກຮັບຜິດຊອບໄດ້ຮັບເອກະສານ ແລະ ຈະມອບໝາຍຜູ້ກວດສອບ.
track-lead-verifying = ພວກເຮົາກຳລັງກວດສອບເຫດການ, ຟັງທັງສອງຝ່າຍ ແລະ ບັນທຶກຫຼັກຖານ.
track-lead-deciding = ການກວດສອບສຳເລັດແລ້ວ. ຜູ້ມີອຳນາດກຳລັງພິຈາລະນາວິທີແກ້ໄຂ.
track-lead-responding = ມີຄຳຕັດສິນແລ້ວ. ພວກເຮົາກຳລັງສົ່ງຫາທ່ານທາງທີ່ທ່ານໃຊ້.
track-lead-answered = ກະລຸນາບອກວ່າທ່ານເຫັນດີ ຫຼື ບໍ່.
track-lead-agreed = ພວກເຮົາໄດ້ບັນທຶກວ່າທ່ານເຫັນດີແລ້ວ ແລະ ຈະປິດເອກະສານ. ສິ່ງທີ່ໄດ້ສັນຍາຍັງຖືກຕິດຕາມຈົນແລ້ວ.
track-lead-objected = ພວກເຮົາໄດ້ຮັບຄວາມບໍ່ເຫັນດີຂອງທ່ານ ແລະ ສົ່ງໃຫ້{ $who }ແລ້ວ.
track-lead-closed = ສິ່ງທີ່ໄດ້ສັນຍາຍັງຖືກຕິດຕາມຈົນກວ່າຈະແລ້ວ.
track-lead-archived = ເອກະສານຖືກປິດຜະນຶກ ແລະ ຮັກສາໄວ້ຄືເກົ່າ. ທ່ານຍັງອ່ານໄດ້ທີ່ນີ້.
track-result = ຜົນການແກ້ໄຂຄັ້ງທີ { $n }
track-ground = ເຫດຜົນປະຕິເສດ
track-checked = ພວກເຮົາໄດ້ກວດສອບຫຍັງ
track-who-can-help = ໃຜຊ່ວຍທ່ານໄດ້
track-undertakings = ພວກເຮົາຈະເຮັດ
track-decided = ສົ່ງເວລາ { $time }. ຜູ້ຕັດສິນ: { $who }.
track-rights = ສິດຂອງທ່ານ
track-objection = ຄຳເຫັນຂອງທ່ານ
track-waiver = ເປັນຫຍັງຍັງແມ່ນຜູ້ທີ່ເບິ່ງຄັ້ງກ່ອນ
track-messages = ການສົນທະນາ
track-no-messages = ຍັງບໍ່ມີຂໍ້ຄວາມ.
track-evidence = ຫຼັກຖານທີ່ທ່ານສົ່ງ
track-promises = ຄຳໝັ້ນສັນຍາຂອງພວກເຮົາ
track-steps = ຮອດຂັ້ນໃດແລ້ວ
track-holder = ໃຜກຳລັງຖືເອກະສານ

respond-title = ທ່ານເຫັນດີບໍ?
respond-until = ທ່ານບອກວ່າບໍ່ເຫັນດີໄດ້, ຢ່າງຊ້າ { $time }.
respond-agree = ຂ້ອຍເຫັນດີ
respond-agree-hint = ພວກເຮົາຈະປິດເອກະສານ. ສິ່ງທີ່ໄດ້ສັນຍາຍັງຖືກຕິດຕາມຈົນແລ້ວ.
respond-changed = ຖ້າທ່ານປ່ຽນໃຈກ່ອນເອກະສານຖືກປິດ ທ່ານຍັງບອກວ່າບໍ່ເຫັນດີໄດ້, ຢ່າງຊ້າ { $time }.
respond-disagree = ຂ້ອຍບໍ່ເຫັນດີ
respond-again-due = ຖ້າສົ່ງດຽວນີ້ ທ່ານຈະໄດ້ຮັບຜົນຢ່າງຊ້າ
respond-why = ແມ່ນຫຍັງທີ່ຍັງບໍ່ພໍໃຈ?
respond-files = ຮູບພາບ, ເອກະສານເພີ່ມເຕີມ
respond-send = ຂໍໃຫ້ກວດສອບຄືນແຕ່ຕົ້ນ
respond-send-to = ສົ່ງໃຫ້{ $who }

respond-silence-close = ຫຼັງຈາກນັ້ນ ຖ້າບໍ່ມີຄຳເຫັນ ເອກະສານຈະຖືກປິດ.
respond-silence-stay = ຖ້າທ່ານບໍ່ຕອບ ເອກະສານຍັງເປີດຢູ່.
respond-late = ຄຳເຫັນທີ່ມາຊ້າຍັງຖືກຮັບ ແລະ ສົ່ງໃຫ້{ $who }.
respond-again-other = ຄົນອື່ນຈະກວດສອບຄືນແຕ່ຕົ້ນ.
respond-again-same = ພວກເຮົາກວດສອບຄືນແຕ່ຕົ້ນ.
respond-last-director = ນີ້ແມ່ນຄັ້ງສຸດທ້າຍ. ຄວາມບໍ່ເຫັນດີຈະຖືກສົ່ງໃຫ້{ $who }.
respond-late-director = ກຳນົດເວລາບອກຄວາມບໍ່ເຫັນດີໝົດແລ້ວ. ຄວາມບໍ່ເຫັນດີຍັງຖືກຮັບ ແລະ ສົ່ງໃຫ້{ $who }.
respond-over = ກຳນົດເວລາບອກຄວາມບໍ່ເຫັນດີໝົດແລ້ວ.
respond-last = ນີ້ແມ່ນຄັ້ງສຸດທ້າຍຕາມນະໂຍບາຍນີ້.
rights-law = ທ່ານຍັງສາມາດເຈລະຈາໂດຍມີອົງການປົກປ້ອງຜູ້ບໍລິໂພກຊ່ວຍ, ໄກ່ເກ່ຍ, ຫຼື ໄປຫາອົງການຕັດສິນຂໍ້ຂັດແຍ່ງ ຫຼື ສານ.
waiver-text = ບໍ່ມີຄົນອື່ນທີ່ຈະກວດຄືນໄດ້, ສະນັ້ນ { $who }ເປັນຜູ້ຕັດສິນ. ເລື່ອງນີ້ຖືກບັນທຶກໄວ້.
result-upheld = ຄຳຮ້ອງທຸກມີມູນ
result-upheld-in-part = ຄຳຮ້ອງທຸກມີມູນບາງສ່ວນ
result-not-upheld = ຄຳຮ້ອງທຸກບໍ່ມີມູນ
result-refused = ປະຕິເສດ
delivery-queued = ກຳລັງສົ່ງ
delivery-sent = ສົ່ງແລ້ວ
delivery-told = ບອກໂດຍກົງແລ້ວ
delivery-failed = ສົ່ງບໍ່ໄດ້
file-picture = ຮູບທີ { $n } ໃນ { $all }

write-title = ສົ່ງຂໍ້ຄວາມ ຫຼື ຫຼັກຖານເພີ່ມ
write-asked = ພວກເຮົາຕ້ອງການ
write-text = ຂໍ້ຄວາມ
write-files = ຮູບພາບ, ວິດີໂອ, ເອກະສານ
write-send = ສົ່ງເພີ່ມ

rating-title = ທ່ານໃຫ້ຄະແນນການແກ້ໄຂຄັ້ງທີ { $n } ແນວໃດ?
rating-hint = ຄະແນນບໍ່ປ່ຽນແປງເອກະສານ ແລະ ເຜີຍແຜ່ໂດຍບໍ່ມີຊື່.
rating-result = ຜົນ
rating-handling = ວິທີເຮັດວຽກຂອງພວກເຮົາ
rating-text = ຄຳເຫັນ
rating-send = ສົ່ງຄະແນນ
mark-1 = ບໍ່ພໍໃຈຫຼາຍ
mark-2 = ບໍ່ພໍໃຈ
mark-3 = ທຳມະດາ
mark-4 = ພໍໃຈ
mark-5 = ພໍໃຈຫຼາຍ

done-agreement = ພວກເຮົາໄດ້ບັນທຶກວ່າທ່ານເຫັນດີແລ້ວ.
done-disagreement = ພວກເຮົາໄດ້ຮັບຄວາມບໍ່ເຫັນດີແລ້ວ. ຈະກວດສອບຄືນແຕ່ຕົ້ນ.
done-objection = ພວກເຮົາໄດ້ຮັບຄຳເຫັນຂອງທ່ານ ແລະ ສົ່ງໃຫ້ຜູ້ມີອຳນາດແລ້ວ.
done-message = ສົ່ງຂໍ້ຄວາມແລ້ວ.
done-rating = ບັນທຶກຄະແນນແລ້ວ. ຂອບໃຈທ່ານ.
