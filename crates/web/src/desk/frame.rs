//! What every page of the desk shows around its content.
//! Must not hold anything of one complaint.

use jiff::Timestamp;
use redress_core::kinds::Lang;

use crate::components::Words;

/// Head, menu and foot of a page of the desk.
#[derive(Debug, Clone)]
pub struct DeskFrame {
    /// Language, zone and present.
    pub w: Words,
    /// Name of the company.
    pub company: String,
    /// Who is signed in; `None` before sign-in.
    pub user: Option<User>,
    /// The pages this person may open, in order; empty before sign-in.
    pub menu: Vec<MenuItem>,
    /// Which of them is the present page.
    pub place: Place,
    /// Languages of the pack, in its order.
    pub languages: Vec<Lang>,
    /// Path and query of the present page, to come back to after a change of language.
    pub path: String,
    /// The key every form of the page sends back as `key`; a repeated submit of one form is known
    /// by it together with the form's address.
    pub key: String,
    /// What was just done, in words; shown once on top: `Đã bàn giao KN-26-000384-KB`.
    pub done: Option<String>,
    /// What is wrong with the server and somebody must act on, in words; on top of every page.
    pub alarms: Vec<String>,
    /// Whether every page says that this is a demonstration.
    pub demo: bool,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct User {
    /// Name.
    pub name: String,
    /// Role and unit, in words.
    pub role: String,
}

/// One entry of the menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// Where it leads.
    pub place: Place,
    /// How much waits there; `None` where nothing is counted.
    pub count: Option<u32>,
}

/// Pages of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The queue.
    Queue,
    /// The Director's inbox.
    Director,
    /// Entering a complaint.
    New,
    /// The duty roster.
    Duty,
    /// Accounts.
    Accounts,
    /// None of them.
    Other,
}

impl Place {
    /// Its address.
    pub fn href(&self) -> &'static str {
        match self {
            Self::Queue | Self::Other => "/desk/queue",
            Self::Director => "/desk/director",
            Self::New => "/desk/new",
            Self::Duty => "/desk/duty",
            Self::Accounts => "/desk/accounts",
        }
    }

    /// Its name in texts (`desk-menu-<name>`) and among the icons.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Queue | Self::Other => "queue",
            Self::Director => "director",
            Self::New => "new",
            Self::Duty => "duty",
            Self::Accounts => "accounts",
        }
    }
}

/// Who is on duty, and where nobody is.
#[derive(Debug, Clone, Default)]
pub struct Duty {
    /// Who is on duty now.
    pub now: Vec<DutyPerson>,
    /// The first stretch within a week with nobody on duty: from, until.
    pub gap: Option<(Timestamp, Timestamp)>,
}

/// A person on duty.
#[derive(Debug, Clone)]
pub struct DutyPerson {
    /// Name.
    pub name: String,
    /// Telephone in E.164.
    pub phone: String,
}

impl DeskFrame {
    /// The tag of the page's language.
    pub fn lang(&self) -> &'static str {
        self.w.lang.as_str()
    }

    /// Whether `lang` is the page's language.
    pub fn speaks(&self, lang: &Lang) -> bool {
        self.w.lang == *lang
    }

    /// Whether `item` is the present page.
    pub fn is_here(&self, item: &MenuItem) -> bool {
        self.place == item.place
    }

    /// The address that changes the language and comes back.
    pub fn language_href(&self, to: &Lang) -> String {
        format!("/desk/language?to={to}&back={}", encode(&self.path))
    }

    /// One count word of the clocks, for the module that re-counts them: `{n}` stands for the
    /// number.
    pub fn unit(&self, id: &str) -> String {
        self.w.t1(id, "n", "{n}")
    }
}

/// Percent-encodes everything but letters, digits and `-._~/`.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            other => {
                const HEX: [char; 16] = [
                    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
                ];
                encoded.push('%');
                encoded.push(HEX[usize::from(other >> 4)]);
                encoded.push(HEX[usize::from(other & 15)]);
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn an_address_travels_inside_another_unharmed() {
        assert_eq!(encode("/desk/queue?q=cửa&mine=1"), "/desk/queue%3Fq%3Dc%E1%BB%ADa%26mine%3D1");
    }
}
