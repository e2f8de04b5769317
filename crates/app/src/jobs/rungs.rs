//! Who stands on a rung of the ladder, and who instead of somebody who is not there: the head, the
//! Director, whoever receives. Must not reach nobody as long as anybody works here.

use redress_core::{
    complaint::people::Member,
    id::AccountId,
    kinds::{DepartmentId, Role},
};

/// The people of the organisation as one complaint sees them; disabled accounts are not among them.
#[derive(Debug)]
pub(super) struct Rungs<'a> {
    /// Everybody with an active account.
    pub(super) members: &'a [Member],
    /// Who is on duty now.
    pub(super) on_duty: Vec<Member>,
    /// The unit that answers for the complaint now.
    pub(super) unit: Option<DepartmentId>,
    /// The unit that receives.
    pub(super) receiving: &'a DepartmentId,
    /// The person who verifies.
    pub(super) verifier: Option<AccountId>,
}

impl Rungs<'_> {
    /// Who stands on the rung `word`: `duty`, `holder`, `head`, `deputy` or `director`.
    pub(super) fn on(&self, word: &str) -> Vec<Member> {
        match word {
            "duty" => self.on_duty(),
            "director" => self.directors(),
            "deputy" => self.deputies(),
            "head" => self.heads(),
            _ => self.holder(),
        }
    }

    /// The person on duty, else whoever stands in for the Director.
    pub(super) fn on_duty(&self) -> Vec<Member> {
        or(self.on_duty.clone(), || self.directors())
    }

    /// Everybody of a unit, else its heads, else the Director.
    pub(super) fn of_unit(&self, unit: &str) -> Vec<Member> {
        let unit = DepartmentId::parse(unit);
        let of = self.those(|member| unit.as_ref().is_some_and(|unit| member.is_of(unit)));
        or(of, || or(self.heads_of(unit.as_ref()), || self.directors()))
    }

    /// The Director and who stands in for the Director; else the unit that receives; else everybody
    /// who works on complaints.
    pub(super) fn directors(&self) -> Vec<Member> {
        or(self.those(Member::directs), || {
            or(self.those(|member| member.is_of(self.receiving)), || self.those(works))
        })
    }

    /// Who stands in for the Director, else the Director.
    fn deputies(&self) -> Vec<Member> {
        or(self.those(|member| member.stands_in_for.is_some()), || self.directors())
    }

    /// Who verifies; while nobody does, the head.
    fn holder(&self) -> Vec<Member> {
        or(self.those(|member| Some(member.id) == self.verifier), || self.heads())
    }

    fn heads(&self) -> Vec<Member> {
        or(self.heads_of(self.unit.as_ref()), || self.directors())
    }

    fn heads_of(&self, unit: Option<&DepartmentId>) -> Vec<Member> {
        self.those(|member| works(member) && unit.is_some_and(|unit| member.heads(unit)))
    }

    fn those(&self, is: impl Fn(&Member) -> bool) -> Vec<Member> {
        self.members.iter().filter(|member| is(member)).cloned().collect()
    }
}

fn works(member: &Member) -> bool {
    matches!(member.role, Role::Care | Role::Department | Role::Director)
}

fn or(these: Vec<Member>, others: impl FnOnce() -> Vec<Member>) -> Vec<Member> {
    if these.is_empty() { others() } else { these }
}

#[cfg(test)]
mod tests {
    use redress_testkit::people::*;

    use super::*;

    /// Whom a rung reaches: e-mails up to the `@`, in the order of the accounts.
    fn check(members: &[Member], verifier: &str, expected: &[(&str, &str)]) {
        let verifier = members.iter().find(|member| member.email == verifier);
        let rungs = Rungs {
            members,
            on_duty: members.iter().filter(|member| member.email == SON).cloned().collect(),
            unit: Some(department("technical")),
            receiving: &department("care"),
            verifier: verifier.map(|member| member.id),
        };
        for (word, who) in expected {
            let found = rungs.on(word);
            let found: Vec<_> =
                found.iter().filter_map(|member| member.email.strip_suffix("@x.vn")).collect();
            assert_eq!(found.join(" "), *who, "{word}");
        }
    }

    fn without(absent: &[&str]) -> Vec<Member> {
        everybody().into_iter().filter(|member| !absent.contains(&member.email.as_str())).collect()
    }

    #[test]
    fn each_rung_has_its_people() {
        let rungs = [
            ("duty", "son"),
            ("holder", "tung"),
            ("head", "huy"),
            ("deputy", "giamdoc"),
            ("director", "giamdoc"),
        ];
        check(&everybody(), TUNG, &rungs);
    }

    #[test]
    fn a_deputy_hears_what_the_director_hears() {
        let mut members = everybody();
        let lan = members.iter_mut().find(|member| member.email == LAN).expect("she works here");
        *lan = standing_in(lan.clone());
        check(&members, TUNG, &[("deputy", "lan"), ("director", "giamdoc lan")]);
    }

    #[test]
    fn whoever_is_absent_is_replaced_upwards_and_nobody_is_never_reached() {
        check(&without(&[TUNG]), TUNG, &[("holder", "huy")]);
        check(&without(&[TUNG, HUY]), TUNG, &[("holder", "giamdoc"), ("head", "giamdoc")]);
        let nobody_leads = without(&[TUNG, HUY, DIRECTOR, SON]);
        let care = "lan mai";
        let rungs = [("duty", care), ("holder", care), ("head", care), ("director", care)];
        check(&nobody_leads, TUNG, &rungs);
        check(&without(&[TUNG, HUY, DIRECTOR, SON, LAN, MAI]), TUNG, &[("director", "dat")]);
    }
}
