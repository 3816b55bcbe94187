//! The keys of a speaker's channels.

use std::borrow::Cow;
use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::script::seconds::Seconds;
use crate::script::timeline::ChannelTrack;
use crate::time::FrameRate;
use crate::vocabulary::Channel;

/// Weights of channels, frame by frame without gaps.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Channels")]
pub(super) struct ChannelsFile {
    /// Seconds: when the first frame is.
    #[serde(default)]
    start: Seconds,
    /// Frames a second, such as "60" or "30000/1001".
    rate: Rate,
    /// Which, by their ARKit names, each once.
    names: Vec<ChannelName>,
    /// A list of weights 0 to 1 for each frame, one for each name.
    frames: Vec<Vec<f32>>,
}

impl ChannelsFile {
    pub(super) fn into_track(self) -> ChannelTrack {
        ChannelTrack {
            start: self.start.0,
            rate: self.rate.0,
            channels: self.names.into_iter().map(|name| name.0).collect(),
            frames: self.frames,
        }
    }
}

struct Rate(FrameRate);

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(de::Error::custom)
    }
}

impl JsonSchema for Rate {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Rate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]+([/.][0-9]+)?$" })
    }
}

/// One of the 52 names.
struct ChannelName(Channel);

static NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| Channel::ALL.iter().map(|channel| channel.name()).collect());

impl<'de> Deserialize<'de> for ChannelName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Channel::from_name(&name).map(Self).ok_or_else(|| de::Error::unknown_variant(&name, &NAMES))
    }
}

impl JsonSchema for ChannelName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ChannelName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": *NAMES })
    }
}
