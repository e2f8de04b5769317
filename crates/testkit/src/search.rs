//! What must be found by what, and what must not: for the tokeniser and for each engine.

/// Texts, questions that find them, and questions that must not.
pub struct SearchCase {
    /// A text as somebody wrote it.
    pub text: &'static str,
    /// Each of these finds it.
    pub found_by: &'static [&'static str],
    /// None of these finds it.
    pub not_by: &'static [&'static str],
}

const fn case(
    text: &'static str,
    found_by: &'static [&'static str],
    not_by: &'static [&'static str],
) -> SearchCase {
    SearchCase { text, found_by, not_by }
}

/// Vietnamese: with and without marks, tones typed in either place, composed and decomposed.
pub const VIETNAMESE: &[SearchCase] = &[
    case(
        "Thang máy rung lắc khi xuống tầng hầm",
        &["rung lắc", "rung lac", "RUNG LẮC", "tang ham", "xuo"],
        &["rừng", "lạc", "tâng"],
    ),
    case(
        "Nhà tôi ở đường Láng, gần cầu",
        &["đường Láng", "duong lang", "Đường", "cau gan"],
        &["Dương", "dương", "lạng", "cấu"],
    ),
    case(
        "Ông Dương báo thang kẹt",
        &["Dương", "duong", "ket thang", "kẹt"],
        &["đường", "kết", "dưỡng"],
    ),
    case(
        "Cửa tầng khoá không khít",
        &["khóa", "khoá", "khoa", "cửa tầng", "cua tang"],
        &["khoả", "của"],
    ),
    case("Hòa ơi, máy kêu to quá", &["hoà", "hòa", "hoa", "keu to"], &["hoá", "họa"]),
    case(
        "Chị Thuý đã gọi ba lần",
        &["Thúy", "thuý", "thuy", "gọi ba lần", "goi ba lan"],
        &["thuỷ", "thụy"],
    ),
    case("Anh Lý hẹn thứ Ba sửa xong", &["lí", "Lý", "ly", "hen thu ba"], &["lỳ", "lị"]),
    case(
        "Nu\u{301}t go\u{323}i ta\u{302}\u{300}ng kho\u{302}ng sa\u{301}ng",
        &["nút gọi", "nut goi", "tầng không sáng", "sang"],
        &["nứt", "sảng"],
    ),
    case(
        "Thang may nha toi hay dung lech tang",
        &["thang máy", "thang may", "dừng lệch tầng", "lech"],
        &["thắng mây nhà hàng"],
    ),
    case(
        "Bảo trì trễ hai tháng liền",
        &["bảo trì", "bao tri", "bảo", "hai thang"],
        &["bão", "trị"],
    ),
    case(
        "Mùi khét bốc lên từ buồng máy",
        &["khét", "khet", "buong may", "bốc lên"],
        &["buông", "khết"],
    ),
    case(
        "Đèn cabin nhấp nháy suốt đêm",
        &["đèn", "den", "nhap nhay", "đêm"],
        &["đến", "đen", "đếm"],
    ),
    case(
        "Hoá đơn bảo dưỡng tháng 10 tính hai lần",
        &["hóa đơn", "hoa don", "thang 10", "tính hai lần"],
        &["hoà đơn", "tháng 11"],
    ),
    case(
        "Kỹ thuật viên thái độ không tốt",
        &["kĩ thuật", "kỹ thuật", "ky thuat", "thái độ", "thai do"],
        &["kỳ thuật", "thải"],
    ),
    case("Quạt thông gió không chạy", &["quạt", "quat", "thong gio", "chạy"], &["cháy", "quát"]),
    case(
        "Khách hàng yêu cầu đổi rơ-le phanh",
        &["rơ-le", "ro-le", "rơ le phanh", "doi ro le"],
        &["đội", "phảnh"],
    ),
    case(
        "Phản ảnh: bàn giao chậm mười ngày",
        &["phản ảnh", "phan anh", "bàn giao chậm", "ban giao cham"],
        &["bán giao"],
    ),
    case(
        "Tiếng ồn lúc nửa đêm ở tầng 12A",
        &["tiếng ồn", "tieng on", "12A", "nua dem"],
        &["ổn", "12B"],
    ),
    case(
        "Nước vào hố thang sau trận mưa lớn",
        &["nước vào hố", "nuoc vao ho", "hố thang", "mua lon"],
        &["hồ thang", "mùa"],
    ),
    case(
        "Giỏ hàng giao cho quý khách bị trầy",
        &["quí khách", "quý khách", "quy khach", "trầy"],
        &["quỹ khách", "giò"],
    ),
];

/// Lao, which puts no spaces between words.
pub const LAO: &[SearchCase] = &[
    case("ຂ້ອຍຕ້ອງການຮ້ອງທຸກກ່ຽວກັບລິບ", &["ຮ້ອງທຸກ", "ລິບ", "ຕ້ອງການ"], &["ໄຟໄໝ້", "ຕິດ"]),
    case("ລິບຕິດຄ້າງຢູ່ຊັ້ນສາມ", &["ຕິດ", "ຊັ້ນ", "ລິບ"], &["ປະຕູ"]),
    case("ປະຕູລິບບໍ່ປິດ", &["ປະຕູ", "ປິດ"], &["ເປີດ"]),
    case("ມີສຽງດັງຕອນກາງຄືນ", &["ສຽງ", "ດັງ", "ກາງຄືນ"], &["ກາງເວັນ"]),
    case("ຊ່າງມາຊ້າສອງມື້", &["ຊ່າງ", "ສອງ"], &["ສາມ"]),
    case("ໄດ້ຮັບຄຳຮ້ອງທຸກແລ້ວ", &["ຄຳຮ້ອງທຸກ", "ຄໍາຮ້ອງທຸກ"], &["ຄຳຕອບ"]),
    case("ກະລຸນາໂທຫາຂ້ອຍ", &["ກະລຸນາ"], &["ອີເມວ"]),
    case("ໃບບິນບໍ່ຖືກຕ້ອງ", &["ບໍ່", "ຖືກຕ້ອງ"], &["ຜິດ"]),
    case("ໄຟ\u{200b}ໃນ\u{200b}ລິບ\u{200b}ບໍ່\u{200b}ຕິດ", &["ລິບ", "ໄຟ"], &["ພັດລົມ"]),
    case("ຫມໍ້ໄຟຂອງລິບເສຍ", &["ໝໍ້ໄຟ", "ເສຍ"], &["ໝູ"]),
];

/// Two languages in one text, codes, telephones, references.
pub const MIXED: &[SearchCase] = &[
    case(
        "Thang LIFT-0042 lại kẹt",
        &["LIFT-0042", "lift0042", "LIFT 0042", "LIFT-0043", "LIFT-042", "LIFT-00042", "LIFT-0024"],
        &["LIFT-0153", "LIFT-9"],
    ),
    case(
        "Gọi tôi số 0933.26.98.98 sau 17 giờ",
        &[
            "0933269898",
            "+84 933 269 898",
            "0933 26 98 98",
            "84933269898",
            "269898",
            "9898",
            "093326",
        ],
        &["0933269899", "1234"],
    ),
    case(
        "Hotline +856 20 55 512 345 (ທ່ານ ສົມສັກ)",
        &["02055512345", "+8562055512345", "ສົມສັກ"],
        &["02055512346"],
    ),
    case(
        "KN-26-000384-KB",
        &["KN-26-000384-KB", "kn26000384kb", "000384", "384"],
        &["KN-26-000385-KB", "385"],
    ),
    case("ລິບ Alphatech ຢູ່ Vientiane ຕິດ", &["alphatech", "vientiane", "ຕິດ", "alpha"], &["hanoi"]),
    case(
        "Invoice HD-2026/118 was charged twice, cụ thể 4.500.000 đ",
        &["HD-2026/118", "charged twice", "cụ thể", "HD2026118"],
        &["HD-2026/771"],
    ),
    case(
        "Zalo nhóm cư dân tòa S2.05 phản ánh",
        &["S2.05", "toà S2.05", "cu dan", "zalo nhom"],
        &["S3.15"],
    ),
    case(
        "Email: nguyen.lan@example.vn",
        &["nguyen.lan@example.vn", "lan@example", "nguyen"],
        &["hung@example.vn"],
    ),
    case(
        "The lift door reopened 3 times ở tầng 7, Mr. Müller",
        &["müller", "muller", "door reopened", "tầng 7"],
        &["tâng 8", "miller"],
    ),
    case(
        "Motor model VVVF-15kW kêu, ຊ່າງບໍ່ມາ",
        &["VVVF-15kW", "vvvf", "ຊ່າງ", "15kw"],
        &["VVVF-99kW"],
    ),
];
