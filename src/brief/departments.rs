//! The departments of German newspapers and their English names, in one place.

/// German name in lower case, English name. Sorted by the German name.
const DEPARTMENTS: &[(&str, &str)] = &[
    ("arbeit", "Work"),
    ("ausland", "World"),
    ("auto", "Motoring"),
    ("bildung", "Education"),
    ("börse", "Stock markets"),
    ("deutschland", "Germany"),
    ("digital", "Digital"),
    ("energie", "Energy"),
    ("ernährung", "Food"),
    ("europa", "Europe"),
    ("familie", "Family"),
    ("feuilleton", "Arts"),
    ("film", "Film"),
    ("finanzen", "Finance"),
    ("forschung", "Research"),
    ("fußball", "Football"),
    ("geld", "Money"),
    ("geschichte", "History"),
    ("gesellschaft", "Society"),
    ("gesundheit", "Health"),
    ("immobilien", "Property"),
    ("inland", "Germany"),
    ("international", "World"),
    ("interview", "Interview"),
    ("investigativ", "Investigations"),
    ("justiz", "Justice"),
    ("karriere", "Careers"),
    ("klima", "Climate"),
    ("kommentar", "Comment"),
    ("kommentare", "Comment"),
    ("kriminalität", "Crime"),
    ("kultur", "Culture"),
    ("kunst", "Art"),
    ("landespolitik", "State politics"),
    ("leben", "Life"),
    ("literatur", "Books"),
    ("lokales", "Local"),
    ("medien", "Media"),
    ("medizin", "Medicine"),
    ("meinung", "Opinion"),
    ("meldungen", "In brief"),
    ("mobilität", "Transport"),
    ("musik", "Music"),
    ("nachrichten", "News"),
    ("netzwelt", "Internet"),
    ("panorama", "Miscellany"),
    ("politik", "Politics"),
    ("recht", "Law"),
    ("regional", "Regional"),
    ("reise", "Travel"),
    ("reisen", "Travel"),
    ("religion", "Religion"),
    ("reportage", "Reportage"),
    ("ratgeber", "Advice"),
    ("sicherheit", "Security"),
    ("sport", "Sport"),
    ("stadt", "City"),
    ("technik", "Technology"),
    ("technologie", "Technology"),
    ("umwelt", "Environment"),
    ("unterhaltung", "Entertainment"),
    ("unternehmen", "Companies"),
    ("verbraucher", "Consumers"),
    ("verkehr", "Transport"),
    ("vermischtes", "Miscellany"),
    ("verteidigung", "Defence"),
    ("welt", "World"),
    ("weltpolitik", "World politics"),
    ("wetter", "Weather"),
    ("wirtschaft", "Business"),
    ("wissen", "Science"),
    ("wissenschaft", "Science"),
    ("wohnen", "Home"),
    ("zeitgeschehen", "Current affairs"),
];

/// What the newsroom calls the department in English; `None` where it is not
/// known, so that the German name can stand, marked as German, instead of a
/// guess. `Politik/Ausland` and `Politik & Wirtschaft` are translated part by
/// part, if every part is known.
#[must_use]
pub fn english_department(german: &str) -> Option<String> {
    if let Some(english) = lookup(german) {
        return Some(english.to_owned());
    }
    for separator in ["/", "&", " und ", ",", "|", "›", ">"] {
        if german.contains(separator) {
            let parts: Option<Vec<&str>> = german.split(separator).map(lookup).collect();
            return parts.map(|parts| parts.join(joint(separator)));
        }
    }
    None
}

fn lookup(german: &str) -> Option<&'static str> {
    let key = german.trim().to_lowercase();
    DEPARTMENTS.iter().find(|(name, _)| *name == key).map(|&(_, english)| english)
}

fn joint(separator: &str) -> &'static str {
    match separator {
        "&" | " und " => " and ",
        _ => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_departments_have_english_names_in_any_case() {
        assert_eq!(english_department("Politik").as_deref(), Some("Politics"));
        assert_eq!(english_department(" WIRTSCHAFT ").as_deref(), Some("Business"));
    }

    #[test]
    fn compounds_are_translated_part_by_part() {
        assert_eq!(english_department("Politik/Ausland").as_deref(), Some("Politics, World"));
        assert_eq!(english_department("Kultur & Medien").as_deref(), Some("Culture and Media"));
        assert_eq!(english_department("Kultur & Kleingarten"), None);
    }

    #[test]
    fn unknown_departments_have_none() {
        assert_eq!(english_department("Kleingarten"), None);
        assert_eq!(english_department(""), None);
    }

    #[test]
    fn no_department_is_listed_twice() {
        let mut names: Vec<&str> = DEPARTMENTS.iter().map(|&(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), DEPARTMENTS.len());
    }
}
