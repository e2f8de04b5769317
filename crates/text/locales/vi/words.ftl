# Closed vocabularies of the process. A tilde stands for a no-break space.
lang-vi = Tiếng Việt
lang-en = English
lang-lo = ພາສາລາວ

kind-complaint = Khiếu nại
kind-feedback = Phản ánh

about-product = Sản phẩm
about-service = Dịch vụ
about-both = Cả sản phẩm và dịch vụ
about-unsure = Chưa rõ

severity-low = Nhẹ
severity-medium = Vừa
severity-high = Nặng
severity-critical = Nguy hiểm cho người

channel-phone = Điện thoại
channel-zalo = Zalo
channel-viber = Viber
channel-office = Văn phòng
channel-web = Biểu mẫu trên web
channel-letter = Thư
channel-email = Email
channel-sms = Tin nhắn SMS
channel-visit = Gặp trực tiếp

as-person = Cá nhân
as-organisation = Tổ chức, ban quản trị, doanh nghiệp
as-representative = Người đại diện

relation-owner = Chủ sở hữu
relation-user = Người sử dụng
relation-resident = Cư dân
relation-former = Chủ cũ hoặc người từng sử dụng
relation-other = Khác

role-care = Chăm sóc khách hàng
role-department = Bộ phận xác minh
role-director = Tổng Giám đốc
role-admin = Quản trị hệ thống
role-auditor = Kiểm soát viên

state-received = Đã tiếp nhận
state-handed-over = Đã bàn giao
state-verifying = Đang xác minh
state-deciding = Đang xem xét, giải quyết
state-responding = Đang gửi kết quả
state-answered = Đã có kết quả giải quyết
state-closed = Đã kết thúc
state-archived = Đã lưu hồ sơ

promise-running = Trong hạn
promise-soon = Có nguy cơ trễ
promise-late = Quá hạn
promise-kept = Đúng hẹn
promise-missed = Trễ hẹn
promise-paused = Tạm dừng
promise-ended = Đã kết thúc cùng hồ sơ
pause-waiting-for-complainant = Chờ người khiếu nại bổ sung
pause-waiting-for-others = Chờ bên thứ ba
pause-force-majeure = Sự kiện bất khả kháng
# The same, as the complainant is told
pause-told-waiting-for-complainant = Chờ Quý khách bổ sung
pause-told-waiting-for-others = Chờ bên thứ ba
pause-told-force-majeure = Sự kiện bất khả kháng

step-receive = Tiếp nhận
step-verify = Xác minh
step-decide = Xem xét, giải quyết
step-respond = Phản hồi
step-close = Kết thúc
