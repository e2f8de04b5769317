//! The people of a made-up company: a director, two units with heads, an auditor, an administrator.

use jiff::Timestamp;
use redress_core::{
    complaint::people::{AuthorityScope, Member},
    id::AccountId,
    kinds::{DepartmentId, Role},
};

/// General Director.
pub const DIRECTOR: &str = "giamdoc@x.vn";
/// Head of Customer Care.
pub const LAN: &str = "lan@x.vn";
/// Customer Care.
pub const MAI: &str = "mai@x.vn";
/// Head of the technical unit.
pub const HUY: &str = "huy@x.vn";
/// Technical unit.
pub const TUNG: &str = "tung@x.vn";
/// Technical unit.
pub const SON: &str = "son@x.vn";
/// Technical unit.
pub const DAT: &str = "dat@x.vn";
/// Auditor.
pub const KIEM: &str = "kiem@x.vn";
/// Administrator.
pub const ADMIN: &str = "admin@x.vn";

/// The department `id`.
///
/// # Panics
///
/// When it is no id.
pub fn department(id: &str) -> DepartmentId {
    DepartmentId::parse(id).expect("tests name departments rightly")
}

/// A member; `heads` is the unit the person may approve for.
pub fn member(n: u8, email: &str, name: &str, role: Role, unit: Option<&str>) -> Member {
    Member {
        id: AccountId::new(Timestamp::UNIX_EPOCH, &[n; 10]),
        email: email.to_owned(),
        name: name.to_owned(),
        role,
        department: unit.map(department),
        authority: vec![],
        stands_in_for: None,
    }
}

/// The same person as head of `unit`.
#[must_use]
pub fn heading(mut member: Member, unit: &str) -> Member {
    member.authority.push(AuthorityScope::Department(department(unit)));
    member
}

/// The same person standing in for the Director of [`everybody`].
#[must_use]
pub fn standing_in(mut member: Member) -> Member {
    member.stands_in_for = Some(AccountId::new(Timestamp::UNIX_EPOCH, &[1; 10]));
    member
}

/// Everybody, each with an active account.
pub fn everybody() -> Vec<Member> {
    vec![
        member(1, DIRECTOR, "Đỗ Minh Quân", Role::Director, None),
        heading(member(2, LAN, "Nguyễn Thị Lan", Role::Care, Some("care")), "care"),
        member(3, MAI, "Phạm Tuyết Mai", Role::Care, Some("care")),
        heading(member(4, HUY, "Lê Quang Huy", Role::Department, Some("technical")), "technical"),
        member(5, TUNG, "Vũ Thanh Tùng", Role::Department, Some("technical")),
        member(6, SON, "Hoàng Văn Sơn", Role::Department, Some("technical")),
        member(7, DAT, "Bùi Tiến Đạt", Role::Department, Some("technical")),
        member(8, KIEM, "Trịnh Thu Kiểm", Role::Auditor, None),
        member(9, ADMIN, "Ngô Quản Trị", Role::Admin, None),
    ]
}
