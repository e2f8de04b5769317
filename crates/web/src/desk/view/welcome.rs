//! The first page of a new installation, and the page of a link that signs in once.
//! Must not use a link up by being shown.

use askama::Template;

use crate::components::FieldErrors;
use crate::desk::DeskFrame;

/// `/desk/set-up/{token}` of a new installation: fields `name`, `email`, `role`, `password`, `again`.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/first.html")]
pub struct FirstAccount {
    /// Around the page.
    pub frame: DeskFrame,
    /// The single-use token of the link.
    pub token: String,
    /// What was typed: field name and value; passwords are never shown again.
    pub typed: Vec<(String, String)>,
    /// What is wrong.
    pub errors: FieldErrors,
}

/// `/desk/sign-in/{secret}`: one button, no fields.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sign-in-link.html")]
pub struct SignInLink {
    /// Around the page.
    pub frame: DeskFrame,
    /// The single-use token of the link.
    pub secret: String,
    /// Whom it signs in.
    pub name: String,
}

impl FirstAccount {
    /// What was typed into a field.
    pub fn typed(&self, name: &str) -> &str {
        self.typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The roles a first account may have, the usual one first, with whether it is chosen.
    pub fn roles(&self) -> [(redress_core::kinds::Role, bool); 2] {
        use redress_core::kinds::Role;
        let is_director = self.typed("role") == Role::Director.as_str();
        [(Role::Admin, !is_director), (Role::Director, is_director)]
    }
}
