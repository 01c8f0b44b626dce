//! The report of a run, for people. It is made from `run.json`, so that what
//! `status` tells the next day is what the run said.

use serde_json::Value;

/// Width of the first column.
const NAME: usize = 11;

/// What a run did, in lines: with what, from what, how far each stage came, what the
/// checks found. `run` is a `run.json`; what it lacks is left out.
#[must_use]
pub fn summary(run: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |name: &str, text: String| lines.push(format!("{name:NAME$}{text}"));
    say(
        "run",
        format!(
            "{}, {:.1} s: {} (exit code {})",
            plain(&run["started"]),
            number(&run["seconds"]),
            plain(&run["outcome"]),
            plain(&run["exit_code"])
        ),
    );
    if let Some(error) = run["error"].as_str() {
        say("error", error.to_owned());
    }
    let program = &run["program"];
    say("program", format!("{}, build {}", plain(&program["version"]), plain(&program["build"])));
    say("models", models(run));
    say("today", plain(&run["settings"]["today"]));
    for (stage, settings) in run["settings"].as_object().into_iter().flatten() {
        if settings.is_object() {
            say("settings", format!("{stage}: {}", flat(settings)));
        }
    }
    say("inbox", inbox(&run["inputs"]));
    for stage in list(&run["stages"]) {
        say(&plain(&stage["stage"]), tally(stage, run));
    }
    let articles: u64 = list(&run["briefs"]).iter().filter_map(|it| it["articles"].as_u64()).sum();
    let files = &run["files"];
    say(
        "briefs",
        format!(
            "{} with {articles} articles; files: {} written, {} removed, {} unchanged",
            list(&run["briefs"]).len(),
            list(&files["written"]).len(),
            list(&files["removed"]).len(),
            plain(&files["unchanged"])
        ),
    );
    say(
        "findings",
        format!(
            "{}; {} sentences left in German",
            counts(&run["findings"]).unwrap_or_else(|| "none".to_owned()),
            plain(&run["kept_german_sentences"])
        ),
    );
    for setback in list(&run["setbacks"]) {
        let [path, stage, reason] = ["path", "stage", "reason"].map(|key| plain(&setback[key]));
        say("setback", format!("{path}: {reason} ({stage})"));
    }
    if let Some(bytes) = run["peak_memory_bytes"].as_u64() {
        say("memory", format!("{} MiB at most", bytes >> 20));
    }
    lines
}

fn models(run: &Value) -> String {
    let model = |which: &str| {
        let model = &run["engines"][which];
        format!("{which} {} (fingerprint {})", plain(&model["name"]), plain(&model["fingerprint"]))
    };
    let threads = match run["threads"].as_u64() {
        Some(0) | None => "a thread for each processor".to_owned(),
        Some(threads) => format!("{threads} threads"),
    };
    if run["engines"].is_null() {
        return "none could be used".to_owned();
    }
    let arithmetic = plain(&run["arithmetic"]);
    format!("{}, {}; {arithmetic}, {threads}", model("translate"), model("summarise"))
}

fn inbox(inputs: &Value) -> String {
    let many = |key: &str| list(&inputs[key]).len();
    format!(
        "{} articles: {} new, {} moved, {} edited, {} gone",
        plain(&inputs["articles"]),
        plain(&inputs["new"]),
        many("moved"),
        many("edited"),
        many("gone")
    )
}

fn tally(stage: &Value, run: &Value) -> String {
    let mut text = format!(
        "{} {} done, {} from memory, {} set back, {:.2} s",
        plain(&stage["done"]),
        plain(&stage["unit"]),
        plain(&stage["from_memory"]),
        plain(&stage["set_back"]),
        number(&stage["seconds"])
    );
    if let ("translate", Some(rate)) =
        (plain(&stage["stage"]).as_str(), run["words_per_second"].as_f64())
    {
        text += &format!("; {} German words, {rate:.0} a second", plain(&run["words_translated"]));
    }
    text
}

/// `name count, name count`, if there is any.
fn counts(value: &Value) -> Option<String> {
    let pairs: Vec<String> =
        value.as_object()?.iter().map(|(name, count)| format!("{name} {count}")).collect();
    (!pairs.is_empty()).then(|| pairs.join(", "))
}

/// Settings in one line; those of a group bear its name.
fn flat(settings: &Value) -> String {
    fn collect(value: &Value, name: &str, parts: &mut Vec<String>) {
        match value.as_object() {
            Some(group) => {
                for (key, value) in group {
                    let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                    collect(value, &name, parts);
                }
            }
            None => parts.push(format!("{name} {}", plain(value))),
        }
    }
    let mut parts = Vec::new();
    collect(settings, "", &mut parts);
    parts.join(", ")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

/// A value without JSON's quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
