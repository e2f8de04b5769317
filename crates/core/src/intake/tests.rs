//! Tests of intake.

use super::suggests_danger;

#[test]
fn danger_is_suggested_by_phrases_and_not_by_their_harmless_doubles() {
    for (text, suggests) in [
        ("Mẹ tôi bị kẹt trong thang máy", true),
        ("me toi bi MAC KET, cuu voi", true),
        ("Có khói ở tầng 3", true),
        ("Thang chạy rất ồn, không khỏi lo lắng", false),
        ("Kết quả bảo trì rồi mà vẫn kêu", false),
        ("People trapped inside!", true),
        ("ຄົນຕິດຄ້າງຢູ່ໃນລິບ", true),
        ("The backfire of the misfired plan", false),
    ] {
        assert_eq!(suggests_danger(text), suggests, "{text}");
    }
}
