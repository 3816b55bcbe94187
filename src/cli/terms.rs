//! The terms of avatars: a performance that an avatar's author forbids is refused until its user says that they may.

use super::error::CliError;
use crate::perform::Cast;
use clap::Args;

/// What the user answers to an avatar's terms.
#[derive(Debug, Clone, Args)]
pub(super) struct Terms {
    /// Perform also with avatars whose terms allow it only to some: I am one of them.
    #[arg(long)]
    accept_terms: bool,
}

impl Terms {
    /// Refuses a performance that one of `cast` must not give.
    pub(super) fn check(&self, cast: &[Cast]) -> Result<(), CliError> {
        if self.accept_terms {
            return Ok(());
        }
        for member in cast {
            let Some(meta) = &member.avatar.meta else { continue };
            let Some((clause, who)) = meta.forbids_performing() else { continue };
            let title = if meta.title.is_empty() { &member.avatar.name } else { &meta.title };
            let by = match meta.authors.as_slice() {
                [] => String::new(),
                authors => format!(" by {}", authors.join(", ")),
            };
            return Err(CliError::failure(format!(
                "the terms of {title}{by} say '{clause}': {who}; if that is you, add --accept-terms"
            )));
        }
        Ok(())
    }
}
