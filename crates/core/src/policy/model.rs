//! The policy pack as values: what `policy.toml` says, parsed and checked.
//! Must not read files, know of complaints, or hold words for people (those are [`super::Texts`]).

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use redress_calendar::{Amount, Calendar};

use crate::{
    complaint::vocabulary::PauseCategory,
    kinds::{About, ChannelKind, DepartmentId, Lang, Severity},
};

/// A policy pack in force: rules of one organisation at one version.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Name of the pack, `alphatech`.
    pub id: String,
    /// Rises with every change of content.
    pub version: u32,
    /// SHA-256 of the pack's files in hexadecimal; names the exact content for ever.
    pub digest: String,
    /// When the pack was put in force.
    pub in_force: Timestamp,
    /// Languages of the published text; the first decides where texts differ.
    pub languages: Vec<Lang>,
    /// Prefix of references, `KN`.
    pub prefix: String,
    /// Version of the personal-data notice.
    pub privacy_notice: Date,
    /// What can be complained about.
    pub categories: Vec<Category>,
    /// Offices that take complaints in person.
    pub offices: Vec<Office>,
    /// Other published policies of the organisation (S4).
    pub other_policies: Vec<OtherPolicy>,
    /// One notice is enough (S18, A19, A23).
    pub notices: Notices,
    /// Whether and for what a promise may stand still (A20).
    pub pause: PauseRule,
    /// What is different when people are in danger.
    pub safety: SafetyRule,
    /// How long a sealed file is kept (S29).
    pub archive: ArchiveRule,
    /// Facts of the company (A25).
    pub company: Company,
    /// Working time, with its holidays (A17, A18).
    pub calendar: Calendar,
    /// The weekly hours as the pack writes them, for the page; the calendar computes with them.
    pub week: WorkingWeek,
    /// Path of the holidays inside the pack.
    pub holidays: String,
    /// What becomes of running promises when the calendar changes (A18).
    pub moves: MovesRule,
    /// The organisation's units, in the pack's order.
    pub departments: Vec<Department>,
    /// Ways in, each with its ways back (S11 to S15, S26, S27).
    pub channels: Vec<ChannelRule>,
    /// Who may complain (S8, S9).
    pub who: WhoRule,
    /// The Director's gate and the routes (S20 to S22).
    pub handover: HandoverRule,
    /// The timed promises (S19, S30, S31).
    pub promises: Vec<PromiseRule>,
    /// Who may decide (S23, A29).
    pub decision: DecisionRule,
    /// On which grounds a complaint may be refused (S16, A13).
    pub refusal: RefusalRule,
    /// Checking again from the start (S28, A8, A9).
    pub rounds: RoundsRule,
    /// Bounds on what one notice may hold.
    pub limits: Limits,
    /// The published sentences in order, each with its source and rules.
    pub sentences: Vec<Sentence>,
}

/// One row of `categories.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Stable code, `LEVELLING`.
    pub code: String,
    /// Product, service, both or unsure.
    pub about: About,
    /// How serious by default.
    pub severity: Severity,
    /// Whether the category suggests danger to people.
    pub safety: bool,
}

/// One row of `offices.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Stable code.
    pub code: String,
    /// Name as shown.
    pub name: String,
    /// Province, as in the organisation's own list.
    pub province: String,
    /// Street address.
    pub address: String,
    /// Telephone in E.164, where there is one.
    pub phone: Option<String>,
}

/// A link to another published policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPolicy {
    /// Title per language, `vi`, `en`, `lo`; the pack's first language always stands.
    pub title: Vec<(Lang, String)>,
    /// Absolute https address.
    pub url: String,
}

/// What happens with repeated notices (A19, A23).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notices {
    /// `true`: staff are shown complaints a new notice may belong to (`join = "suggest"`; `"never"` otherwise).
    pub suggest_joining: bool,
    /// `true`: asking for what the file holds is refused (`ask_again = "refuse"`; `"allow"` otherwise).
    pub refuse_asking_again: bool,
}

/// Whether and for what a promise may stand still (A20).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseRule {
    /// Whether any may.
    pub allowed: bool,
    /// For what; `["waiting-for-complainant"]` when the pack does not say.
    pub categories: Vec<PauseCategory>,
    /// Which promises; `["resolution"]` when the pack does not say.
    pub promises: Vec<String>,
}

/// Rules for complaints with danger to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SafetyRule {
    /// Whether such a complaint may be refused.
    pub may_refuse: bool,
    /// Whether silence may close it.
    pub auto_close: bool,
    /// Who is warned at once, day and night.
    pub page: WarnTo,
}

/// How long a sealed file is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveRule {
    /// Years after archiving.
    pub years: u32,
    /// Years after archiving where people were in danger.
    pub safety_years: u32,
}

/// Facts of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Name as published.
    pub name: String,
    /// Site, host name only.
    pub site: String,
    /// Hotline in E.164.
    pub hotline: String,
}

/// The weekly hours as the pack writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingWeek {
    /// Days that share their hours, in the pack's order; a day that is missing is rest.
    pub rows: Vec<WeekRow>,
    /// Whether official swaps of working days are followed.
    pub swaps: bool,
    /// Whether 24 November is made up on a working day, which the law leaves open (it lies outside
    /// Labour Code 45/2019/QH14 art 112(1)); not, unless the pack states it.
    pub disputed_in_lieu: Option<bool>,
    /// Whether the days off for women only count as rest (8 March in Laos); not, unless the pack
    /// states it.
    pub women_only: Option<bool>,
    /// The company's own days, as its list holds them; they belong to this version of the pack.
    pub shifts: Option<String>,
}

/// What becomes of running promises when the calendar changes (A18). Earlier dates always move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MovesRule {
    /// Whether the pack states the rule; one that does not holds later dates and tells nobody.
    pub stated: bool,
    /// Whether a date may move later, against the complainant.
    pub later: bool,
    /// Whether the complainant is told of a new date.
    pub tell_complainant: bool,
}

/// Days of the week with the same hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekRow {
    /// The days.
    pub days: Vec<Weekday>,
    /// Intervals of work, `("08:00", "12:00")`.
    pub hours: Vec<(String, String)>,
}

/// A unit of the organisation; its names are texts `department.<id>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Stable id, `care`.
    pub id: DepartmentId,
    /// Holds complaints before hand-over (A32).
    pub receives: bool,
    /// Closes complaints.
    pub closes: bool,
}

/// A way in with its ways back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRule {
    /// Which channel.
    pub kind: ChannelKind,
    /// Ways back in order of preference.
    pub answer: Vec<WayBack>,
    /// Number or address of the channel, E.164 for telephones.
    pub at: Option<String>,
}

/// One way back to the complainant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WayBack {
    /// What the person asked for (`wish`).
    Wish,
    /// This channel; `visit` in the pack is [`ChannelKind::Visit`].
    Channel(ChannelKind),
}

/// Who may complain, and when without a way to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoRule {
    /// `person`, `organisation`, `representative`.
    pub may: Vec<crate::kinds::As>,
    /// Whether a complaint may come without any contact.
    pub without_contact: WithoutContact,
}

/// Whether a complaint may come without any contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutContact {
    /// Only where people are in danger.
    Danger,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// The Director's gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRule {
    /// Who is informed of every complaint at once; `director`.
    pub inform: InformRole,
    /// Who may hand over.
    pub by: Vec<HandoverBy>,
    /// How long the gate may wait.
    pub wait: Amount,
    /// What happens after the wait.
    pub then: AfterWait,
    /// Whether complaints with danger to people wait as well.
    pub safety_waits: bool,
    /// Which unit verifies what; one route for each [`About`].
    pub routes: Vec<Route>,
}

/// Who is informed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InformRole {
    /// The General Director and deputies.
    Director,
    /// The unit that receives.
    Receiving,
}

/// Who may hand over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoverBy {
    /// The General Director.
    Director,
    /// A deputy by dated delegation.
    Deputy,
    /// Anyone of the receiving unit.
    Receiving,
}

/// What happens when nobody handed over in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterWait {
    /// The route hands over by itself and says so.
    Route,
    /// Nothing; the complaint stays with the unit that received it.
    Stay,
}

/// One row of the routing table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// What the complaint is about.
    pub about: About,
    /// The unit that verifies.
    pub to: DepartmentId,
    /// Units that help.
    pub join: Vec<DepartmentId>,
}

/// One timed promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRule {
    /// `first-reply` or `resolution`, or any id of the pack.
    pub id: String,
    /// In which rounds it runs, counted from 1.
    pub rounds: Vec<u8>,
    /// How long.
    pub within: Amount,
    /// What keeps it.
    pub kept_by: KeptBy,
    /// Who answers for it.
    pub owner: PromiseOwner,
    /// When and whom to warn.
    pub warn: Warnings,
}

impl PromiseRule {
    /// Whether its warnings go out day and night: always where it counts elapsed time (A3).
    pub const fn warns_at_once(&self) -> bool {
        self.warn.at_once || matches!(self.within, Amount::Elapsed(_))
    }

    /// Whom step `nth` of the ladder (from 1) reaches: its own rung and all below, and the person
    /// on duty where the promise counts elapsed time, whatever the pack says (A3).
    pub fn rungs(&self, nth: usize) -> Vec<WarnTo> {
        let mut rungs: Vec<WarnTo> = self.warn.to.iter().copied().take(nth).collect();
        if matches!(self.within, Amount::Elapsed(_)) {
            rungs.push(WarnTo::Duty);
        }
        rungs.sort_unstable();
        rungs.dedup();
        rungs
    }
}

/// What keeps a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptBy {
    /// A first response sent by a person on any channel (A4).
    PersonReply,
    /// Any response, the automatic acknowledgement too.
    AnyReply,
    /// The result sent to the complainant (A7).
    ResultSent,
}

/// Who answers for a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromiseOwner {
    /// A unit.
    Department(DepartmentId),
    /// Whoever holds the complaint.
    Holder,
}

/// When and whom to warn as time runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warnings {
    /// Shares of the time in thousandths, ascending; 1000 is the due instant.
    pub at_permille: Vec<u16>,
    /// `at-once` warns day and night, `working-time` waits for working hours; a promise counted in
    /// elapsed time never waits, see [`PromiseRule::warns_at_once`].
    pub at_once: bool,
    /// One recipient for each share, in order; later shares reach all earlier recipients too.
    pub to: Vec<WarnTo>,
}

/// Whom a warning reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WarnTo {
    /// The person on duty.
    Duty,
    /// The holder of the complaint.
    Holder,
    /// The head of the owning unit.
    Head,
    /// Whoever stands in for the Director; the Director, while nobody does.
    Deputy,
    /// The General Director.
    Director,
}

impl WarnTo {
    /// The word of the pack and of events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Holder => "holder",
            Self::Head => "head",
            Self::Deputy => "deputy",
            Self::Director => "director",
        }
    }
}

/// Who may decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRule {
    /// Whether a second person must approve.
    pub approval: ApprovalRule,
    /// Who holds authority.
    pub authority: Vec<Authority>,
}

/// Whether a second person must approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalRule {
    /// Another person with authority.
    OtherPerson,
    /// Authority alone is enough: its holder's own proposal needs no second person.
    Authority,
}

/// A holder of authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// The head of a unit, for complaints that this unit verifies.
    HeadOf(DepartmentId),
    /// The General Director and deputies, for all.
    Director,
}

/// On which grounds a complaint may be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalRule {
    /// Whether a second person must approve.
    pub approval: ApprovalRule,
    /// The grounds, in the pack's order; names are texts `ground.<id>`.
    pub grounds: Vec<Ground>,
}

/// One ground for refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// `no-basis`, `no-evidence`, `outside-competence`, or any id of the pack.
    pub id: String,
    /// The complainant must have been asked for evidence before.
    pub ask_first: bool,
    /// How long the complainant has to answer that request; only with `ask_first`.
    pub wait: Option<Amount>,
    /// A field of the refusal that must not be empty; only `who_can_help`.
    pub must_name_who_can_help: bool,
}

/// Checking again from the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundsRule {
    /// How many rounds there are, at least 1.
    pub max: u8,
    /// Where a new round begins.
    pub again_from: AgainFrom,
    /// Round n must have another verifier than the rounds before.
    pub other_verifier: bool,
    /// Round n must have another decider (proposer and approver) than the rounds before.
    pub other_decider: bool,
    /// What happens when nobody else is left.
    pub if_nobody: IfNobody,
    /// Until when the complainant may disagree.
    pub objection: ObjectionRule,
    /// What happens with an objection after the last round.
    pub after_last: LateObjection,
}

/// Where a new round begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgainFrom {
    /// At the Director's gate.
    Handover,
    /// With the unit that verified before.
    Verification,
}

/// What happens when nobody else is left for a new round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfNobody {
    /// The Director decides, and a waiver is recorded and shown.
    Director,
    /// The command is refused.
    Refuse,
}

/// Until when the complainant may disagree (A9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionRule {
    /// The term, counted from the instant the result reached the person.
    pub within: Amount,
    /// What silence does when the term is over.
    pub silence: Silence,
    /// What happens with a later objection.
    pub late: LateObjection,
}

/// What silence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Closes as no objection.
    Close,
    /// Leaves the complaint open until a person closes it.
    Stay,
}

/// What happens with an objection that comes late or after the last round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateObjection {
    /// It is stored and goes to the Director, who may reopen.
    Director,
    /// It is refused, with the legal routes.
    Refuse,
}

/// Bounds on what one notice may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Characters (NFC) of a text.
    pub text_chars: usize,
    /// Files of one notice.
    pub files: usize,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Public submissions per minute and address; 0 is no limit.
    pub public_per_minute: u32,
}

/// One published sentence; its words are texts `sentence.<id>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Stable id, `first-reply`.
    pub id: String,
    /// Where it comes from, in order: `S19`, `A12`, `law:31(2)` or `company`.
    pub source: Vec<String>,
    /// Paths of the rules it announces.
    pub rules: Vec<String>,
    /// The readings it follows, `A3`; words are texts `reading.<id>`.
    pub choice: Vec<String>,
    /// Section of the page by name; `None` is the section of its first rule.
    pub section: Option<String>,
}

impl Policy {
    /// Name and version, `alphatech@7`.
    pub fn name(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// The promise `id` of `round`, if the pack has one.
    pub fn promise(&self, id: &str, round: u8) -> Option<&PromiseRule> {
        self.promises.iter().find(|rule| rule.id == id && rule.rounds.contains(&round))
    }

    /// The category with `code`.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == code)
    }

    /// The department with `id`.
    pub fn department(&self, id: &DepartmentId) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == *id)
    }

    /// The unit that holds complaints before hand-over; a checked pack has exactly one.
    ///
    /// # Panics
    ///
    /// Never for a policy that came from [`super::parse`].
    pub fn receiving(&self) -> &Department {
        self.departments
            .iter()
            .find(|department| department.receives)
            .expect("`policy check` refuses a pack without a receiving department")
    }

    /// The rule of a channel, if the pack offers it.
    pub fn channel(&self, kind: ChannelKind) -> Option<&ChannelRule> {
        self.channels.iter().find(|channel| channel.kind == kind)
    }

    /// The route for `about`; a checked pack has one for each.
    ///
    /// # Panics
    ///
    /// Never for a policy that came from [`super::parse`].
    pub fn route(&self, about: About) -> &Route {
        self.handover
            .routes
            .iter()
            .find(|route| route.about == about)
            .expect("`policy check` refuses a pack without a route for each kind")
    }
}
