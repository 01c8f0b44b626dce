use serde_json::Value;
use tagesbrief::brief::{DayBrief, assemble};
use tagesbrief::ingest::BriefDate;
use tagesbrief::render::BRIEF_SCHEMA;

use super::day::{articles, day, engines};
use super::rendered;

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(BRIEF_SCHEMA).unwrap()).unwrap()
}

fn complaints(brief: &Value) -> Vec<String> {
    validator()
        .iter_errors(brief)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn snapshot() {
    insta::assert_snapshot!("brief.json", rendered(&day(), "brief.json"));
}

#[test]
fn reading_gives_back_what_was_written() {
    let json = rendered(&day(), "brief.json");
    assert_eq!(serde_json::from_str::<DayBrief>(&json).unwrap(), day());
}

#[test]
fn every_kind_of_brief_keeps_the_schema() {
    let month = BriefDate::Month { year: 2024, month: 10 };
    let briefs = [
        day(),
        assemble(month, articles(), vec![], &engines()),
        assemble(BriefDate::Undated, vec![], vec![], &engines()),
    ];
    for brief in briefs {
        let json = serde_json::from_str(&rendered(&brief, "brief.json")).unwrap();
        assert_eq!(complaints(&json), Vec::<String>::new());
    }
}

/// A schema that allows everything would pass the test above, too.
#[test]
fn the_schema_knows_every_field() {
    let json: Value = serde_json::from_str(&rendered(&day(), "brief.json")).unwrap();
    let mut objects = Vec::new();
    pointers(&json, String::new(), &mut objects);
    assert!(objects.len() > 100);
    for pointer in objects {
        let mut more = json.clone();
        let object = more.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
        object.insert("unknown".into(), Value::Null);
        assert!(!complaints(&more).is_empty(), "{pointer} may have any field");
    }
    for field in json.as_object().unwrap().keys() {
        let mut less = json.clone();
        less.as_object_mut().unwrap().remove(field);
        assert!(!complaints(&less).is_empty(), "{field} may be missing");
    }
}

fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, format!("{at}/{name}"), found);
            }
            found.push(at);
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

proptest::proptest! {
    /// A brief read back from disk must give the same bytes again.
    #[test]
    fn scores_come_back_to_the_last_bit(score in -20.0_f64..0.0) {
        let json = serde_json::to_string(&score).unwrap();
        proptest::prop_assert_eq!(serde_json::from_str::<f64>(&json).unwrap().to_bits(), score.to_bits());
    }
}
