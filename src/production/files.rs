//! Which files a production came from.

use super::{DEFAULT_AVATAR, Production, Request, is_avatar};
use crate::host::{self, HostError};
use std::path::PathBuf;

impl Production {
    /// The files that it was loaded from by `request` and that a person may change: the input, the avatars, their rig
    /// files, the sounds, the environment.
    pub fn files(&self, request: &Request) -> Vec<PathBuf> {
        let beside = self.sounds.as_ref();
        let mut files: Vec<PathBuf> =
            Some(PathBuf::from(&request.input)).filter(|f| f.is_file()).into_iter().collect();
        let avatars = (0..self.cast.len()).filter_map(|index| self.avatar_path(index, request));
        for avatar in avatars {
            files.extend(
                avatar
                    .file_stem()
                    .map(|stem| avatar.with_file_name(format!("{}.rig.toml", stem.to_string_lossy()))),
            );
            files.push(avatar);
        }
        let named = self.timeline.audio.iter().map(|clip| clip.file.as_str());
        let named = named.chain(self.timeline.stage.environment.as_deref());
        files.extend(named.filter_map(|name| beside?.resolve(name).ok()));
        files.extend(request.environment.as_ref().map(PathBuf::from).filter(|file| file.is_file()));
        files
    }

    /// The file of member `index` of the cast; `None` where it is inside the program.
    pub fn avatar_path(&self, index: usize, request: &Request) -> Option<PathBuf> {
        let (name, beside) = self.avatar_named(index, request);
        host::avatar_path(name, beside)
    }

    /// What member `index` of the cast was called where it was loaded from by `request`.
    pub fn avatar_name<'a>(&'a self, index: usize, request: &'a Request) -> &'a str {
        self.avatar_named(index, request).0
    }

    /// The same, and where documents' files are.
    fn avatar_named<'a>(
        &'a self,
        index: usize,
        request: &'a Request,
    ) -> (&'a str, Option<&'a host::FolderSource>) {
        let named = self.timeline.speakers.get(index).and_then(|s| s.avatar.as_deref());
        match &request.avatar {
            Some(avatar) if index == 0 => (avatar.as_str(), None),
            _ if is_avatar(&request.input) => (request.input.as_str(), None),
            _ => (named.unwrap_or(DEFAULT_AVATAR), self.sounds.as_ref()),
        }
    }

    /// The name and the bytes of the file that member `index` of the cast was loaded from by `request`.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn avatar_file(
        &self,
        index: usize,
        request: &Request,
    ) -> Result<(String, std::borrow::Cow<'static, [u8]>), HostError> {
        let (name, beside) = self.avatar_named(index, request);
        Ok((name.to_owned(), host::read_avatar(name, beside, &request.allow)?))
    }
}
