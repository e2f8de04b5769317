# Public pages. A tilde stands for a no-break space.
layout-skip = Đến nội dung chính
layout-demo = Đây là bản trình diễn: mọi tên người, địa chỉ và vụ việc đều do chúng tôi đặt ra.
layout-danger = Có người mắc kẹt hoặc đang gặp nguy hiểm? Gọi ngay
layout-tagline = Tiếp nhận khiếu nại
layout-menu = Mục chính
layout-policy = Chính sách
layout-new = Gửi khiếu nại
layout-track = Tra cứu
layout-languages = Ngôn ngữ
layout-hotline = Đường dây nóng
layout-version = Chính sách đang áp dụng: bản số~{ $version }, từ ngày { $date }
layout-made-with = Vận hành bằng Redress, phần mềm mã nguồn mở.

panel-if-now = Nếu gửi ngay bây giờ
promise-in-round = { $what }, lần~{ $n }
panel-from-disagreement = tính từ lúc chúng tôi nhận ý kiến không đồng ý

home-new = Gửi khiếu nại
home-no-account = Không cần tài khoản.
home-track = Xem khiếu nại đã gửi đến đâu
home-steps = Quy trình năm bước
home-lead = Quý khách luôn xem được ai đang giữ hồ sơ, đã đến bước nào và khi nào có trả lời.
home-channels = Báo cho chúng tôi bằng cách nào cũng được
home-channel-ask = Gọi { $phone } để hỏi địa chỉ
home-show = Xem danh sách

field-optional = (không~bắt~buộc)
field-error-prefix = Lỗi:

form-title = Gửi khiếu nại
form-lead = Quý khách kể lại sự việc và cho chúng tôi một cách liên hệ là đủ. Thiếu điều gì, chúng tôi sẽ hỏi thêm, không trả đơn.
form-what = Chuyện gì đã xảy ra?
form-text = Sự việc, theo lời của Quý khách
form-text-hint = Ở đâu, khi nào, ai đã hẹn gì. Viết bằng tiếng Việt, tiếng Anh hay tiếng Lào đều được, tối đa { $n }~ký~tự.
form-danger = Có người mắc kẹt, bị thương hoặc đang gặp nguy hiểm
form-danger-hint = Nếu đang nguy hiểm, xin gọi điện thoại trước, đừng chờ trả lời qua trang này. Đánh dấu vào đây thì khiếu nại được đưa lên đầu danh sách việc của người trực và của Tổng Giám đốc.
form-danger-call = Gọi ngay { $phone }
form-about = Khiếu nại về điều gì?
form-about-hint = Chưa chắc thì chọn “Chưa rõ”. Thời hạn trả lời không vì thế mà khác đi.
form-category = Loại sự việc
form-category-none = Chưa chọn
form-kind = Đây là
form-kind-hint = Khiếu nại và phản ánh có cùng thời hạn.
form-remedy = Quý khách mong chúng tôi làm gì
form-remedy-hint = Ví dụ: sửa lại, đổi thiết bị, hoàn tiền, giải thích.
form-thing = Ở đâu, khi nào?
form-asset = Mã thiết bị hoặc số hợp đồng
form-asset-hint = Mã thiết bị in trên tem dán ở máy.
form-place = Địa chỉ nơi xảy ra
form-happened = Thời điểm xảy ra
form-files = Ảnh, video, giấy tờ
form-files-hint = Tối đa { $files }~tệp, mỗi tệp { $size }. Mạng yếu thì cứ gửi lời trước, thêm ảnh sau ở trang theo dõi.
form-files-kept = Tệp chúng tôi đã nhận
form-files-kept-hint = Bỏ dấu ở tệp nào Quý khách không muốn gửi.
form-who = Chúng tôi trả lời ai, qua đâu?
form-name = Họ và tên
form-phone = Số điện thoại
form-phone-hint = Cũng dùng cho Zalo và Viber. Không có số điện thoại thì để trống và ghi email.
form-email = Email
form-email-hint = Để nhận thư xác nhận và kết quả bằng văn bản.
form-address = Địa chỉ nhận thư
form-address-hint = Cần khi Quý khách muốn nhận trả lời bằng thư.
form-reply = Trả lời tôi qua
form-as = Tôi khiếu nại với tư cách
form-more = Tổ chức, người được đại diện, hỗ trợ riêng
form-organisation = Tên tổ chức
form-represents = Đại diện cho ai
form-represents-hint = Giấy ủy quyền có thể gửi kèm ở mục tệp, hoặc bổ sung sau. Thời hạn vẫn tính từ hôm nay.
form-relation = Quan hệ với sản phẩm, dịch vụ
form-needs = Quý khách cần hỗ trợ gì khi làm việc với chúng tôi
form-needs-hint = Ví dụ: phiên dịch, chữ lớn, chỉ gọi vào buổi tối.
form-privacy-title = Dữ liệu cá nhân của Quý khách
form-privacy = Chúng tôi dùng những thông tin này để giải quyết khiếu nại theo luật và hợp đồng. Chỉ người xử lý hồ sơ được xem. Hồ sơ lưu { $years }~năm sau khi kết thúc rồi xóa. Quý khách có quyền xem, sửa và yêu cầu xóa.
form-privacy-version = Bản thông báo ngày { $date }.
form-send = Gửi khiếu nại
form-after = Mã hồ sơ và thời hạn trả lời hiện ra ngay sau khi gửi.
form-by-phone = Không tiện viết?
form-by-phone-text = Quý khách gọi điện, nhân viên sẽ ghi lại và đọc cho Quý khách nghe trước khi lưu.

receipt-title = Chúng tôi đã nhận khiếu nại của Quý khách
receipt-lead = Nhận lúc { $time }. Quý khách không phải báo lại lần nữa.
receipt-danger = Khiếu nại này đứng đầu danh sách việc của người trực và của Tổng Giám đốc. Nếu có người đang gặp nguy hiểm, xin gọi ngay đường dây nóng, đừng chờ trả lời qua trang này:
receipt-reference = Mã khiếu nại
receipt-spelt = Đọc qua điện thoại:
receipt-link = Đường dẫn theo dõi, xin giữ lại
receipt-link-keep = Ai có đường dẫn này đều xem được hồ sơ, xin đừng đưa cho người khác. Riêng mã khiếu nại thì không mở được hồ sơ.
receipt-open = Mở trang theo dõi
receipt-next = Những việc sẽ diễn ra
receipt-got = Đã nhận
receipt-with = Hồ sơ đang ở: { $who }
receipt-answer = Quý khách đồng ý, hoặc yêu cầu xem lại từ đầu
receipt-sent = Nội dung đã gửi

clock-by = chậm nhất
clock-moved = Đổi theo lịch nghỉ:
clock-was-due = hạn
clock-kept-after = Đúng hẹn, sau { $time }
clock-missed-by = Trễ { $time }
clock-how = Thời hạn này tính thế nào
clock-from = Tính từ lúc nhận: { $time }.
clock-day = Ngày
clock-nth = Ngày thứ
clock-why = Lý do

rail-state =
    { $state ->
        [done] (đã xong)
        [now] (đang ở bước này)
       *[next] (chưa đến)
    }

message-you = Quý khách
message-system = Thư báo tự động
message-erased = Nội dung này đã được xóa theo yêu cầu hoặc theo quy định.

lookup-title = Tra cứu khiếu nại
lookup-lead = Dùng đường dẫn theo dõi mà chúng tôi đã đưa khi nhận khiếu nại. Mã khiếu nại không đủ để mở hồ sơ, nhờ vậy người khác không xem được.
lookup-link = Đường dẫn theo dõi
lookup-link-hint = Dán cả đường dẫn, hoặc chỉ đoạn cuối sau dấu gạch chéo.
lookup-open = Mở hồ sơ
lookup-lost = Mất đường dẫn?
lookup-lost-text = Quý khách gọi cho chúng tôi và đọc mã khiếu nại. Sau khi kiểm tra, nhân viên gửi lại đường dẫn qua kênh Quý khách đã dùng. Số điện thoại:

track-reference = Mã khiếu nại
track-round = Lần { $n }, xem lại từ đầu
track-danger = Có người gặp nguy hiểm
track-title-received = Đã tiếp nhận khiếu nại
track-title-handed-over = Đã giao cho bộ phận xác minh
track-title-verifying = Đang xác minh
track-title-deciding = Đang xem xét, giải quyết
track-title-responding = Đang gửi kết quả đến Quý khách
track-title-answered = Đã có kết quả giải quyết
track-title-closed = Khiếu nại đã kết thúc
track-title-archived = Hồ sơ đã lưu
track-lead-received = Hồ sơ đang chờ người có thẩm quyền giao cho bộ phận phụ trách.
track-lead-handed-over = Bộ phận phụ trách đã nhận được hồ sơ và sẽ cử người xác minh.
track-lead-verifying = Chúng tôi đang kiểm tra sự việc, nghe cả hai bên và ghi lại bằng chứng.
track-lead-deciding = Việc xác minh đã xong. Người có thẩm quyền đang xem xét cách giải quyết.
track-lead-responding = Quyết định đã có. Chúng tôi đang gửi đến Quý khách qua kênh Quý khách đã dùng.
track-lead-answered = Xin Quý khách cho biết có đồng ý hay không.
track-lead-agreed = Chúng tôi đã ghi nhận Quý khách đồng ý và sẽ kết thúc hồ sơ. Việc đã hứa vẫn được theo dõi đến khi xong.
track-lead-objected = Chúng tôi đã nhận ý kiến không đồng ý của Quý khách và chuyển đến { $who }.
track-lead-closed = Những việc đã hứa vẫn được theo dõi cho đến khi xong.
track-lead-archived = Hồ sơ được giữ nguyên và niêm phong. Quý khách vẫn xem được ở đây.
track-result = Kết quả giải quyết lần { $n }
track-ground = Lý do từ chối
track-checked = Chúng tôi đã kiểm tra những gì
track-who-can-help = Ai có thể giúp Quý khách
track-undertakings = Chúng tôi sẽ làm
track-decided = Gửi lúc { $time }. Người quyết định: { $who }.
track-rights = Quyền của Quý khách
track-objection = Ý kiến của Quý khách
track-waiver = Vì sao vẫn là những người đã xem lần trước
track-messages = Trao đổi
track-no-messages = Chưa có tin nhắn nào.
track-evidence = Bằng chứng Quý khách đã gửi
track-promises = Lời hứa của chúng tôi
track-steps = Đã đến bước nào
track-holder = Ai đang giữ hồ sơ

respond-title = Quý khách có đồng ý không?
respond-until = Quý khách có thể nêu ý kiến không đồng ý, chậm nhất { $time }.
respond-agree = Tôi đồng ý
respond-agree-hint = Chúng tôi sẽ kết thúc hồ sơ. Việc đã hứa vẫn được theo dõi đến khi xong.
respond-changed = Nếu Quý khách đổi ý trước khi hồ sơ kết thúc, Quý khách vẫn có thể nêu ý kiến không đồng ý, chậm nhất { $time }.
respond-disagree = Tôi không đồng ý
respond-again-due = Nếu gửi bây giờ, Quý khách nhận kết quả chậm nhất
respond-why = Điều gì chưa thỏa đáng?
respond-files = Ảnh, giấy tờ bổ sung
respond-send = Yêu cầu xem lại từ đầu
respond-send-to = Gửi đến { $who }

respond-silence-close = Sau thời điểm đó, nếu không có ý kiến, hồ sơ được kết thúc.
respond-silence-stay = Nếu Quý khách không trả lời, hồ sơ vẫn để mở.
respond-late = Ý kiến gửi muộn hơn vẫn được nhận và chuyển đến { $who }.
respond-again-other = Chúng tôi kiểm tra lại từ đầu, do người khác phụ trách.
respond-again-same = Chúng tôi kiểm tra lại từ đầu.
respond-last-director = Đây là lần giải quyết cuối. Ý kiến không đồng ý được chuyển đến { $who }.
respond-late-director = Thời hạn nêu ý kiến đã qua. Ý kiến không đồng ý vẫn được nhận và chuyển đến { $who }.
respond-over = Thời hạn nêu ý kiến không đồng ý đã qua.
respond-last = Đây là lần giải quyết cuối theo chính sách này.
rights-law = Quý khách vẫn có thể thương lượng với sự hỗ trợ của cơ quan bảo vệ quyền lợi người tiêu dùng, hòa giải, hoặc khởi kiện ra trọng tài hay tòa án.
waiver-text = Không còn ai khác có thể xem lại, nên { $who } quyết định. Việc này được ghi trong hồ sơ.
result-upheld = Khiếu nại có cơ sở
result-upheld-in-part = Khiếu nại có cơ sở một phần
result-not-upheld = Khiếu nại không có cơ sở
result-refused = Từ chối giải quyết
delivery-queued = đang gửi
delivery-sent = đã gửi
delivery-told = đã báo trực tiếp
delivery-failed = chưa gửi được
file-picture = Ảnh { $n } trên { $all }

write-title = Nhắn thêm hoặc gửi bằng chứng
write-asked = Chúng tôi đang cần
write-text = Tin nhắn
write-files = Ảnh, video, giấy tờ
write-send = Gửi thêm

rating-title = Quý khách đánh giá lần giải quyết thứ { $n } thế nào?
rating-hint = Đánh giá không làm thay đổi hồ sơ và được công bố không kèm tên.
rating-result = Kết quả
rating-handling = Cách chúng tôi làm việc
rating-text = Lời nhắn
rating-send = Gửi đánh giá
mark-1 = Rất không hài lòng
mark-2 = Không hài lòng
mark-3 = Bình thường
mark-4 = Hài lòng
mark-5 = Rất hài lòng

done-agreement = Chúng tôi đã ghi nhận Quý khách đồng ý.
done-disagreement = Chúng tôi đã nhận ý kiến không đồng ý. Khiếu nại được xem lại từ đầu.
done-objection = Chúng tôi đã nhận ý kiến của Quý khách và chuyển đến người có thẩm quyền.
done-message = Đã gửi tin nhắn.
done-rating = Đã ghi đánh giá. Cảm ơn Quý khách.
