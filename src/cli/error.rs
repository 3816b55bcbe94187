//! From the library's errors to a message and an exit status.

use crate::diagnostic::Diagnostic;
use std::process::ExitCode;

/// Why a command failed.
#[derive(Debug)]
pub(super) struct CliError {
    pub(super) message: String,
    code: u8,
}

impl CliError {
    /// The input or the work failed: status 1.
    pub(super) fn failure(message: impl ToString) -> Self {
        Self { message: message.to_string(), code: 1 }
    }

    /// The arguments make no sense together: status 2.
    pub(super) fn usage(message: impl ToString) -> Self {
        Self { message: message.to_string(), code: 2 }
    }

    /// The machine lacks something: status 3.
    pub(super) fn environment(message: impl ToString) -> Self {
        Self { message: message.to_string(), code: 3 }
    }

    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl From<Diagnostic> for CliError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::failure(diagnostic)
    }
}

impl From<crate::job::Cancelled> for CliError {
    fn from(cancelled: crate::job::Cancelled) -> Self {
        Self::failure(cancelled)
    }
}

impl From<crate::host::HostError> for CliError {
    fn from(error: crate::host::HostError) -> Self {
        match error.kind {
            crate::host::Kind::Environment => Self::environment(error),
            crate::host::Kind::Input | crate::host::Kind::Cancelled => Self::failure(error),
        }
    }
}

impl From<crate::render::RenderError> for CliError {
    fn from(error: crate::render::RenderError) -> Self {
        use crate::render::RenderError as E;
        match error {
            E::NoAdapter { .. } | E::NoDevice { .. } | E::Lost(_) => Self::environment(error),
            E::Size { .. } | E::Driver(_) => Self::failure(error),
        }
    }
}

#[cfg(feature = "film")]
impl From<crate::film::FilmError> for CliError {
    fn from(error: crate::film::FilmError) -> Self {
        use crate::film::FilmError as E;
        match error {
            E::Render(error) => error.into(),
            E::Unfit(_) | E::Container { .. } => Self::usage(error),
            other => Self::failure(other),
        }
    }
}

#[cfg(feature = "window")]
impl From<crate::app::AppError> for CliError {
    fn from(error: crate::app::AppError) -> Self {
        use crate::app::AppError as E;
        match error {
            E::Render(error) => error.into(),
            E::NoDisplay(_) | E::Surface(_) => Self::environment(error),
            E::NoMonitor { .. } => Self::failure(error),
        }
    }
}
