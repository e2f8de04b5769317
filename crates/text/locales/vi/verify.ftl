# Checking a receipt: the page, and `redress receipt verify`. A tilde stands for a no-break space.
verify-link = Kiểm tra biên nhận
verify-title = Kiểm tra biên nhận
verify-lead = Tệp biên nhận chứng minh khiếu nại của Quý khách đã được ghi vào sổ, và ghi vào lúc nào. Trang này cho biết tệp có phải bản thật, còn nguyên hay không.
verify-file = Tệp biên nhận
verify-file-hint = Tệp có đuôi { $ending }, đã tải từ trang biên nhận hoặc trang theo dõi.
verify-drop = Có thể kéo tệp thả vào khung này. Tệp được kiểm tra ngay trong trình duyệt, không gửi đi đâu cả.
verify-sent = Trình duyệt không chạy phần kiểm tra tại chỗ, nên tệp được gửi đến máy chủ của chúng tôi để kiểm tra và không được lưu lại.
verify-send = Kiểm tra
verify-missing = Hãy chọn tệp biên nhận

verify-valid = Biên nhận hợp lệ
verify-valid-lead = { $origin } đã ký rằng nội dung này được ghi vào sổ. Chữ ký đúng và tệp còn nguyên.
verify-reference = Mã khiếu nại
verify-received = Nhận lúc, theo lời người ghi
verify-recorded = Ghi vào sổ lúc
verify-late = Ghi muộn: giữa lúc nhận và lúc ghi vào sổ cách nhau khá lâu. Trước lúc ghi vào sổ, chỉ có lời của nơi tiếp nhận.
verify-place = Vị trí trong sổ
verify-place-of = mục số { $index }, đếm từ 0; sổ lúc ký có { $size } mục
verify-witnesses = Bên chứng kiến
verify-witness = { $name }, thấy lúc { $time }
verify-no-witness = không có bên nào mà chúng tôi biết
verify-said = Lời đã ghi
verify-said-closed = Lời không kèm trong tệp: đã được xóa hoặc được giữ lại. Phần còn lại của biên nhận vẫn đúng.

verify-proves = Biên nhận chứng minh điều gì
verify-proves-exact = Đúng nội dung này, không khác một chữ, đã được ghi vào sổ.
verify-proves-bound = Nơi giữ sổ đã ký, nên không thể chối là chưa nhận, và không thể sửa về sau mà không bị lộ.
verify-not = Biên nhận không chứng minh điều gì
verify-not-true = Không chứng minh rằng điều được ghi là đúng sự thật.
verify-not-time = Nếu không có bên chứng kiến, không chứng minh giờ ghi là đúng, và không chứng minh mọi người đều được xem cùng một cuốn sổ.
verify-not-missing = Không có biên nhận nghĩa là chưa được tiếp nhận: điều chưa từng được ghi thì không để lại dấu vết.

verify-refused = Biên nhận không được chấp nhận
verify-code = Mã lý do
verify-no-other-file = Đây không phải tệp biên nhận. Hãy chọn đúng tệp có đuôi { $ending }; ảnh chụp màn hình hay bản in không kiểm tra được ở đây.
verify-no-resaved = Một chương trình đã sửa tệp khi lưu hoặc chuyển tiếp, nên không kiểm tra được nữa. Hãy tải lại bản gốc.
verify-no-cut = Tệp bị mất một phần, thường là phần cuối. Hãy tải lại bản gốc.
verify-no-opening = Tệp không cho biết đây là biên nhận của điều gì: thiếu phần nội dung. Hãy tải lại bản gốc.
verify-no-damaged = Tệp bị hỏng hoặc đã bị sửa: có dòng không đúng mẫu. Hãy tải lại bản gốc.
verify-no-foreign = Không khóa nào dùng để kiểm tra ở đây là khóa của cuốn sổ ghi trong tệp. Đây có thể là biên nhận của nơi khác: hãy kiểm tra ở trang của nơi đó.
verify-no-forged = Chữ ký hoặc chuỗi chứng minh không khớp. Tệp đã bị sửa hoặc là giả.
verify-no-content = Nội dung trong tệp không phải nội dung đã ghi vào sổ. Tệp đã bị sửa hoặc bị ghép.
verify-no-words = Lời trong tệp không phải lời đã ghi vào sổ. Tệp đã bị sửa hoặc bị ghép.
verify-no-key = Chưa có khóa để kiểm tra, nên không thể nói biên nhận là thật hay giả: tệp không mang theo khóa, và ai cũng tạo được một tệp đúng mẫu. Tệp đọc được và không tự mâu thuẫn. Nơi giữ sổ công bố khóa ở trang chính sách và trên thư.
verify-claims = Tên ghi trong tệp, chưa được kiểm chứng:

verify-keys = Các khóa trang này dùng để kiểm tra
verify-keys-text = Trang này là của chúng tôi. Muốn không phải tin chúng tôi, Quý khách chép khóa rồi kiểm tra tệp bằng chương trình khác; mẫu tệp được công bố công khai.
verify-keys-none = Nơi này chưa có khóa nào.
