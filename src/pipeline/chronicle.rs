//! What the briefs of an output folder have told, day by day. A brief marks the key
//! points that an earlier one told already, so it depends on the briefs of the days
//! before, and only on these: not on how they were marked themselves.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::brief::{DayBrief, Told, days_before, read_brief, relate};
use crate::ingest::BriefDate;
use crate::store::StoreError;

use super::driver::PipelineError;
use super::issue::{Desk, Issue, hash};
use super::outputs;
use super::report::Report;

/// The key points of every day's brief, ids and texts.
pub(super) struct Chronicle(BTreeMap<Date, Vec<(String, String)>>);

impl Chronicle {
    /// Of the briefs that are in the output folder, those included whose articles
    /// have left the inbox.
    pub(super) fn read(desk: &Desk<'_>) -> Result<Self, StoreError> {
        let mut days = BTreeMap::new();
        for (folder, _) in outputs::briefs(desk.output) {
            let Some(day) = day_of(&folder) else { continue };
            if let Some(issue) = Issue::last(desk, BriefDate::Day(day))? {
                days.insert(day, issue.told);
            }
        }
        Ok(Self(days))
    }

    /// A date has a new issue, which tells this.
    pub(super) fn set(&mut self, date: BriefDate, told: Vec<(String, String)>) {
        if let BriefDate::Day(day) = date {
            self.0.insert(day, told);
        }
    }

    /// A brief was removed.
    pub(super) fn forget(&mut self, folder: &str) {
        if let Some(day) = day_of(folder) {
            self.0.remove(&day);
        }
    }

    /// What the brief of `date` is held against.
    pub(super) fn before(&self, date: BriefDate) -> Vec<Told> {
        let days = days_before(date).into_iter();
        let points = days.filter_map(|day| Some((day, self.0.get(&day)?)));
        points
            .flat_map(|(day, points)| {
                let told = move |(id, text): &(String, String)| Told {
                    day,
                    id: id.clone(),
                    text: text.clone(),
                };
                points.iter().map(told)
            })
            .collect()
    }

    /// Marks the key points anew of every brief before which something else was told
    /// than when it was made. That is no new edition: its articles are the same. The
    /// brief's own JSON has all that is needed, so articles that have left the inbox
    /// are no obstacle, and a killed run is followed up by the next one.
    pub(super) fn follow_up(
        &self,
        desk: &Desk<'_>,
        report: &mut Report,
    ) -> Result<(), PipelineError> {
        for (folder, issue) in Issue::all(desk)? {
            let Some(date) = day_of(&folder).map(BriefDate::Day) else { continue };
            let before = self.before(date);
            let told_before = name_of(&before);
            if issue.told_before == told_before {
                continue;
            }
            let Ok(brief) = read_brief(&desk.output.join(&folder)) else { continue };
            let related = relate(brief.clone(), &before);
            let mut issue = Issue { told_before, ..issue };
            if related != brief {
                tracing::info!("{folder}: its key points are held against other earlier ones now");
                issue.files = rewrite(&related, &issue, desk, report)?;
            }
            issue.keep(desk, date)?;
        }
        Ok(())
    }
}

/// Writes a brief whose date counts as done already.
fn rewrite(
    brief: &DayBrief,
    issue: &Issue,
    desk: &Desk<'_>,
    report: &mut Report,
) -> Result<BTreeMap<String, String>, PipelineError> {
    let mut done = Report::default();
    let files = outputs::write_brief(desk.output, brief, Some(issue), &mut done)?;
    let is_counted = report.briefs.iter().any(|(date, _)| *date == brief.date);
    for path in done.changed {
        if !report.changed.contains(&path) {
            report.unchanged -= usize::from(is_counted).min(report.unchanged);
            report.changed.push(path);
        }
    }
    report.removed.extend(done.removed);
    Ok(files)
}

/// The key points of `brief`.
pub(super) fn told(brief: &DayBrief) -> Vec<(String, String)> {
    brief.key_points.iter().map(|point| (point.id.clone(), point.text.clone())).collect()
}

/// Names what was told.
pub(super) fn name_of(told: &[Told]) -> String {
    hash(format!("{told:?}").as_bytes())
}

/// The day whose brief is in `folder`.
fn day_of(folder: &str) -> Option<Date> {
    folder.parse().ok().filter(|day: &Date| day.to_string() == folder)
}
