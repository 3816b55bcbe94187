//! A time as documents write it: a number of seconds.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};

use super::validate::LATEST;
use crate::time::Time;

/// Seconds in 0..=864000, exact to the nanosecond.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seconds(pub(super) Time);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(SecondsVisitor)
    }
}

struct SecondsVisitor;

impl Visitor<'_> for SecondsVisitor {
    type Value = Seconds;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of seconds")
    }

    fn visit_f64<E: de::Error>(self, secs: f64) -> Result<Seconds, E> {
        if secs < 0.0 {
            return Err(E::custom(format_args!("the time {secs} is negative")));
        }
        let time = Time::from_secs_f64(secs);
        if time > LATEST {
            return Err(E::custom(format_args!("the time {secs} is later than ten days (864000 seconds)")));
        }
        Ok(Seconds(time))
    }
}

impl JsonSchema for Seconds {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Seconds".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0, "maximum": 864_000 })
    }
}
