//! Who made an avatar and what its licence allows, in the words of VRM.
//!
//! Sources: `VRMC_vrm-1.0/meta.md`, VRM 0.x `meta`. It states; it does not enforce.

/// An avatar's meta data. What the file does not say is empty or `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// `VRM 0.x` or `VRM 1.0`.
    pub format: &'static str,
    /// The avatar's own name.
    pub title: String,
    /// Of the avatar.
    pub version: String,
    /// First the creator.
    pub authors: Vec<String>,
    /// Who holds the copyright.
    pub copyright: String,
    /// How to reach the authors.
    pub contact: String,
    /// Works it was made from.
    pub references: Vec<String>,
    /// Licences of parts made by others.
    pub third_party_licenses: String,
    /// The licence's name and address.
    pub license: Vec<String>,
    /// Who may perform with it.
    pub performer: Option<Performer>,
    /// All terms as the file has them: the clause's name there and its value.
    pub terms: Vec<(&'static str, String)>,
}

/// Who may perform with an avatar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Performer {
    /// Its author.
    OnlyAuthor,
    /// People whom the author permitted one by one.
    OnlyLicensed,
    /// Everyone.
    Everyone,
}

impl Meta {
    /// The clause that forbids to perform with the avatar to everyone but those whom it names, as the file has it
    /// and in plain words; `None` where everyone may.
    ///
    /// Performing is showing the avatar speak and act, live or in a film. Terms about money, violence, religion,
    /// credit and passing the file on depend on what is said where, which a program does not know; they are only stated.
    pub fn forbids_performing(&self) -> Option<(String, &'static str)> {
        let who = match self.performer? {
            Performer::OnlyAuthor => "only its author may perform with it",
            Performer::OnlyLicensed => {
                "only people with the author's explicit permission may perform with it"
            }
            Performer::Everyone => return None,
        };
        let clause = self.terms.iter().find(|(name, _)| Self::PERFORMER_CLAUSES.contains(name));
        Some((clause.map_or_else(String::new, |(name, value)| format!("{name}: {value}")), who))
    }

    /// What VRM 1.0 and VRM 0.x call the clause of who may perform.
    pub const PERFORMER_CLAUSES: [&'static str; 2] = ["avatarPermission", "allowedUserName"];
}
