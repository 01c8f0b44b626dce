//! The few word lists the English rules need, kept in one file.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::words::{fold, words};

fn set(words: &'static str) -> BTreeSet<&'static str> {
    words.split_whitespace().collect()
}

/// Words that carry no content of their own. Folded as in
/// [`fold`].
static STOP_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    set("
    a about above according after again against all also although am among an and another any
    are around as at be because been before being below between both but by can cannot could
    despite did do does doing don't down during each either even ever every few for from further
    had has have having he her here hers herself him himself his how however i if in instead
    into is isn't it its itself just like many may me meanwhile might more moreover most much
    must my myself neither never no nor not now of off often on once one only onto or other our
    ours out over own per perhaps quite rather really same several shall she should since so
    some still such than that the their theirs them themselves then there therefore these they
    this those though through thus to together too toward towards under until up upon us very
    was we well were what when whenever where whereas whether which while who whom whose why
    will with within without would yes yet you your yours
")
});

/// Common nouns, verbs and adjectives that news sentences begin with, and
/// titles that stand capitalised before names. Folded.
static COMMON_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    set("
    able academics access accidents action activists activity actors additional adults advocates
    agencies agents agreement agriculture aid air aircraft airlines airports almost already
    alternative altogether ambulances amount analysts anger animals annual answers apparently
    applicants apprentices archbishop architects areas arms army artists asked asylum athletes
    attacks attempts attorney authorities authors average aviation bad bakers bank banking bars
    based basic beaches beer bicycles bids big bills biologists birds bishop black blue board
    boats bodies bonds books border borrowers both boys brewers bridges brief broad brokers
    builders buildings bus buses business businesses buyers campaign capital captain cardinal
    care carers carmakers cars cases cash cattle central certain chairman chairwoman chancellor
    change charges cheap chemicals chief child childcare children church cities citizens city
    civil civilians claims clear clients climate close closed club coach coal coalition cold
    colleagues college colonel commentators commerce commercial commissioner committee commuters
    companies company competition competitors complaints computers concerns conservative
    construction consumer contracts control costs council councillors count counterparts
    countless countries country couples court craftsmen credit crews crime criminal critics
    crops crowds cultural culture current customers cuts cyclists daily dairy damage data days
    deaths debates debt decades decisions deep defence delegates deliveries demand democratic
    departments depositors deputy details detectives developers diesel digital diplomatic
    diplomats direct director disputes distant districts doctor donations doors double doubts
    dozens dr drinking driver drought drugs duke earlier early earnings earthquakes economic
    economists economy editors education efforts eight elderly election electric electricity
    eleven emergency emissions employees employers energy engineers enough entire entrepreneurs
    environmental epidemiologists equal estimates even evening events eventually everyone exact
    exchange exhibitors expensive experts exporters exports extra extreme factories fair false
    families family fans farm farmers fears federal fees fewer fifty figures films final
    financial financing fines fire firefighters firm first fishermen five flames flats flights
    floods followers food footage forecasters foreign forests former fortunately four free
    freight fresh friends front fruit fuel full fully fund funding further future games gas
    general girls glaciers global goods government governor graduates great greater green gross
    ground groups growth guests gunmen half hardly harvests heads health heat heating heavy
    heirs helicopters help high higher highly historians historic holders holiday home hope
    hospital hotel hour house household housing hundred hunters hydrogen ice ideas illegal
    immediate import important improved income increased individual industrial industry
    infections inflation information initial injured insiders inspectors insurance insurers
    interest internal international internet investigators investors issues items jobs joint
    journalists judge jurors key killed king labour lack land landlords landslides large larger
    largest last late later latest law lawyers layoffs leader leading leaks learning least left
    legal less letters liberal libraries library life light likewise limited links little lives
    living loans local logistics long losses lost lots low lower main mainly major managers
    manufacturers map market mass materials matters mayor meanwhile measures meat media medical
    medicine meetings member merchants meteorologists middle migrants mild military millions
    miners minister ministry minor minority models moderate modern money month more morning
    mortgage mothers motorists motorways mountain movies mr ms multiple murder museum music
    musicians mutual names national natural nature nearby nearly necessary negotiators
    neighbours neither networks new newspapers next night nine nobody none normal northern notes
    nothing novels nuclear numbers numerous nurses objections observers offers office officers
    officials oil old ongoing online open operators opinion opponents opposition orchestras
    orders organisations organisers original others outside overall overnight owners oxygen
    packages paintings panels paper parcels parents parliament part participants parties
    partners party passengers passers past patients peace pedestrians pension pensioners people
    performances permanent personal petrol pharmacies pharmacists photos physicians pilots plans
    plants players playgrounds pleas poets police policies policy political politicians
    pollution poor pope popular population possible postal potential poverty power practical
    preliminary premier premiums present president press pressure previous price primary prime
    prince princess prisons private problems procedures proceeds producers production products
    professor profit programmes progress projects property proponents proposals prosecutor
    prospects protesters protests providers provisional psychologists public publishers pupils
    purchases quarter queen questions quick raids rail railway rain ranks rapid rare rates raw
    readers real recent recently record red reforms refugees regardless regional regions
    regulators relations relatives relief religious renewable rent repairs replacements
    reporters reports representatives republican rescue rescuers research researchers reserves
    residents results retail retailers retired revenue rich right riots rival rivers road
    robbers robots rose rules rumours rural safety salaries sales samples sanctions satellites
    savers savings sceptics scholars school schoolchildren science scientists scores seasonal
    second secretary sections security sellers senator senior separate serious services settlers
    seven severe shareholders shares shelters ships shoppers shops short shortly shots signs
    similar simple simultaneously singers single sir sites six size skilled small smaller smoke
    smugglers snow social software solar soldier solid somebody someone something songs soon
    sooner sources southern space speaker special specialists spectators spending spokesman
    spokespeople spokeswoman sports staff stakeholders standard state stations statistics steel
    stocks stone storms street strict strikers strikes strong stronger structural students
    studies study subsidies successful sudden sufficient summer supervisors suppliers supplies
    support supporters surgeons surprise surveys survivors suspects swimmers talents talks
    targets tax taxes taxis taxpayers teachers team technicians technology teenagers telephone
    temperatures temporary ten tenants terms tests theatres theoretically thieves third thirty
    thousand threats three thunderstorms tickets time tired today tomatoes tomorrow tonight top
    total tough tourism tourists towns trade trading traditional traffic train trainees
    translators transport travellers treasures treatment trees trials tribal troops trucks true
    trust tunnels turnout turnover twelve twenty twice two typical unemployed unemployment
    unfortunately uniform union university unknown unlike unusual urban used users usually
    vaccines valuable values variants various vegetables vehicles vets victims viewers villages
    violence virtual viruses visitors voluntary volunteers vote voters wage waiters wanted war
    warm warnings waste water weak weapons weather week western wheat white whoever whole wide
    wild wind wines winter witnesses wolves women wood wooden work workers world worldwide worse
    worst writers wrong year yesterday young younger youth zero zoos
")
});

/// First words that point back to the sentence before. Folded.
static BACKWARD: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    set("
    also and but he hence her here his however instead it its meanwhile moreover nevertheless
    she so still such that their then there therefore these they this those thus yet
")
});

/// Words that, capitalised before a name, claim an office. Folded.
static TITLES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    set("
    archbishop bishop captain cardinal chancellor colonel commissioner count director duke
    general governor judge king mayor minister pope premier president prince princess professor
    prosecutor queen secretary senator speaker
")
});

/// Endings of ordinary English words that hardly any name has.
const COMMON_ENDINGS: &[&str] =
    &["ing", "ly", "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ities", "ity"];

/// Adjective or inhabitant on one side, country on the other, where the one is
/// not the other plus an ending. Folded.
pub(super) const DEMONYMS: &[(&str, &str)] = &[
    ("american", "america"),
    ("argentine", "argentina"),
    ("belgian", "belgium"),
    ("british", "britain"),
    ("chinese", "china"),
    ("czech", "czechia"),
    ("danish", "denmark"),
    ("dutch", "netherlands"),
    ("finnish", "finland"),
    ("french", "france"),
    ("greek", "greece"),
    ("hungarian", "hungary"),
    ("irish", "ireland"),
    ("italian", "italy"),
    ("norwegian", "norway"),
    ("polish", "poland"),
    ("portuguese", "portugal"),
    ("scottish", "scotland"),
    ("slovak", "slovakia"),
    ("spanish", "spain"),
    ("swedish", "sweden"),
    ("swiss", "switzerland"),
    ("turkish", "turkey"),
    ("ukrainian", "ukraine"),
];

/// Whether the folded word carries no content of its own.
#[must_use]
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.contains(folded)
}

/// Whether the folded word is an ordinary English word rather than a name, as
/// far as a short list and a few endings can tell.
#[must_use]
pub fn is_common(folded: &str) -> bool {
    let listed = |word: &str| COMMON_WORDS.contains(word);
    is_stop_word(folded)
        || listed(folded)
        || folded.strip_suffix('s').is_some_and(listed)
        || super::numbers::small_number(folded).is_some()
        || (folded.len() > 5 && COMMON_ENDINGS.iter().any(|ending| folded.ends_with(ending)))
}

/// Whether the folded word claims an office when it stands before a name.
#[must_use]
pub fn is_title(folded: &str) -> bool {
    TITLES.contains(folded)
}

/// Whether a sentence begins with a word that needs the sentence before: "He said …",
/// "But this …".
#[must_use]
pub fn points_back(sentence: &str) -> bool {
    let first = words(sentence).next().map(|word| fold(word.text)).unwrap_or_default();
    // "It's", "He'll"
    BACKWARD.contains(first.split('\'').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_common_words_too() {
        assert!(TITLES.iter().all(|title| is_common(title)));
    }

    #[test]
    fn names_are_not_common() {
        for name in ["scholz", "berlin", "kassel", "anna"] {
            assert!(!is_common(name), "{name}");
        }
        for word in ["the", "talks", "negotiations", "rising", "minister", "nineteen", "mayors"] {
            assert!(is_common(word), "{word}");
        }
    }
}
