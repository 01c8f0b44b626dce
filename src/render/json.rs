//! `brief.json`: the brief itself, for programs.

use serde::Serialize;

use crate::brief::DayBrief;

use super::RenderError;

/// The brief as indented JSON. Fields stand in the order of the types, so that
/// equal briefs give equal bytes.
pub(super) fn brief(brief: &DayBrief) -> Result<Vec<u8>, RenderError> {
    pretty(brief).map_err(RenderError::WriteJson)
}

fn pretty(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
