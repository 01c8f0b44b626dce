//! The word lists behind the rules. German capitalises every noun, so a
//! capital after a full stop proves little: what counts is which word stands
//! before the stop and whether the next one is a word that opens sentences.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a known abbreviation says about the full stop after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Always goes on: "Dr.", "z. B.".
    Never,
    /// Goes on only before a number, and is a plain word otherwise: "Art. 5",
    /// but "Angriffe dieser Art."
    Number,
    /// Ends a sentence only if a sentence opener follows: "50 Mio."
    May,
    /// Ends a sentence before any capital: "usw."
    Likely,
    /// Goes on before the rest of a company's name: "Co. KG".
    Company,
}

const NEVER: &str = "Dr Prof Dipl Hr Hrn Hl hl St Fa Fam Frhr Maj Col Sgt Capt Lt Cpt Sen Rep Gov \
    Mr Mrs Ms Th Ph Wm Hrsg hrsg Verf Red Abg Univ Ev ev kath röm österr dt engl frz lat griech \
    bzw ca vgl Vgl geb gest verh verw inkl Inkl exkl zzgl abzgl einschl evtl ggf Ggf sog insb insbes bes allg max \
    mind durchschn jährl monatl wöchentl tägl tgl stündl rd lt Lt gem entspr betr bspw resp od vs Az Tel \
    stellv verantw wiss staatl städt amtl gesetzl techn int internat nat ehem urspr vorl männl weibl \
    östl westl nördl südl ungef versch zit med rer phil jur theol oec pol habil Gebr Hptm Oblt Brig \
    zw bzgl diesbzgl eigtl wg u o bisw ausschl hpts Bgm LAbg Adm Uffz Obstlt";

const NUMBER: &str = "Nr Nrn Art Abs Bd Kap Ziff Abb Tab Rn Rdnr Pos Lit No Vol Fig Anm Jg Aufl S Bl Dok Buchst Gr \
    Sp Anl";

const MAY: &str = "Mag Mio Mrd Tsd Mill Bill Jan Jän Feb Febr Mrz Apr Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Fr Sa \
    Jr Sr jr sr jun sen Ing Inc Ltd Corp Bros Cie Str Pl Min min Abt Std Sek Stk Stck Hbf Bhf Jh Jhd Jhdt Chr f ff pp Gen \
    Bsp Zt Kl Bez tlw Mt Ft Ausg";

const LIKELY: &str = "usw usf etc dgl";

/// Several short parts, written with or without blanks between them. The key
/// is the parts with their stops, but for the last stop.
const DOTTED_NEVER: &str = "z.B Z.B d.h D.h v.a V.a i.d.R I.d.R z.T Z.T u.U U.u U.U i.S i.d.S o.g m.a.W m.E m.W h.c \
    z.Hd i.e e.g i.H.v i.S.v i.V.m u.d z.Zt z.Z i.w.S i.e.S";

const DOTTED_MAY: &str = "u.a U.a e.V a.D i.R d.J d.Ä d.M v.Chr n.Chr v.Chr.G a.M a.d a.a.O p.a s.o s.u S.u S.o i.A i.V k.o K.o k.A \
    Anm.d.Red d.Red U.S D.C u.s.w M.A B.A B.Sc M.Sc Ph.D a.G d.Vf";

const DOTTED_LIKELY: &str = "u.Ä o.Ä u.ä o.ä u.dgl u.v.m u.a.m u.s.f o.dgl";

const COMPANY_FORMS: &str = "KG KGaA OHG AG GmbH Ltd Inc LLC Corp SE Limited KGAA";

const MONTHS: &str = "Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember \
    Jan Jän Feb Febr Mrz Apr Jun Jul Aug Sep Sept Okt Nov Dez";

/// Words that open sentences: articles, pronouns, prepositions, conjunctions,
/// adverbs. Within a sentence they are written small, so their capital is
/// evidence, where a noun's is not.
const OPENERS: &str = "Der Die Das Dem Den Des Ein Eine Einem Einen Einer Eines Kein Keine Keinem Keinen Keiner Keines \
    Er Sie Es Ich Du Wir Ihr Ihm Ihn Ihnen Ihre Ihrem Ihren Ihrer Ihres Man Sein Seine Seinem Seinen Seiner Seines Mein Meine \
    Meinem Meinen Meiner Unser Unsere Unserem Unseren Unserer Euer Eure Mich Mir Uns Euch Ihm \
    Dieser Diese Dieses Diesem Diesen Jener Jene Jenes Jenem Jenen Jeder Jede Jedes Jedem Jeden Mancher Manche Manches Manchen Manchem \
    Solche Solcher Solches Alle Alles Allen Aller Viele Vielen Vieles Wenige Wenigen Einige Einigen Einiges Mehrere Mehreren Beide Beiden Beides \
    Andere Anderen Anderer Anderes Etwas Nichts Niemand Niemanden Jemand Keiner Derselbe Dieselbe Dasselbe Derjenige Diejenigen Denen Dessen Deren \
    Und Oder Aber Doch Denn Sondern Jedoch Allerdings Dennoch Trotzdem Deshalb Deswegen Daher Darum Also Somit Folglich Demnach Demzufolge \
    Dass Weil Wenn Als Ob Obwohl Obgleich Während Nachdem Bevor Ehe Sobald Solange Seitdem Seit Bis Damit Sodass Falls Sofern Indem Da Wie Wo \
    Wer Wen Wem Wessen Was Wann Warum Weshalb Wieso Wohin Woher Womit Wodurch Wofür Worum Welcher Welche Welches Welchem Welchen Wozu Woran Worauf \
    In Im Ins An Am Ans Auf Aus Bei Beim Mit Nach Von Vom Vor Zu Zum Zur Für Gegen Ohne Um Durch Über Unter Zwischen Neben Hinter Trotz Wegen \
    Laut Gemäß Entgegen Statt Anstatt Anstelle Aufgrund Infolge Angesichts Mithilfe Mittels Innerhalb Außerhalb Bezüglich Hinsichtlich Gegenüber Binnen Ab Außer Entlang Samt Dank \
    Hier Dort Da Dann Danach Davor Dabei Dafür Dagegen Dahinter Daneben Daran Darauf Daraufhin Daraus Darin Darüber Darunter Davon Dazu Dadurch Damals \
    Heute Gestern Morgen Nun Jetzt Bald Bereits Schon Noch Erst Später Früher Zuvor Zunächst Zuletzt Zugleich Gleichzeitig Inzwischen Mittlerweile Unterdessen Indes Indessen \
    Auch Außerdem Zudem Ferner Ebenso Ebenfalls Überdies Zusätzlich Darüber Nur Sogar So Sonst Ansonsten Stattdessen Vielmehr Insgesamt Immerhin Immer Nie Niemals Oft Häufig \
    Manchmal Meist Meistens Selten Vielleicht Wahrscheinlich Vermutlich Offenbar Offensichtlich Angeblich Womöglich Möglicherweise Tatsächlich Natürlich Leider Zwar Dazu Hinzu \
    Kaum Fast Etwa Rund Knapp Gut Genau Mindestens Höchstens Wieder Erneut Weiter Weiterhin Weitere Weiteren Insbesondere Besonders Vor Zuerst Schließlich Endlich Letztlich Letztendlich Kürzlich \
    Neulich Jüngst Ursprünglich Eigentlich Nicht Nein Ja Kein Hat Haben Hatte Hatten Ist Sind War Waren Wird Werden Wurde Wurden Kann Können Konnte Muss Müssen Soll Sollen Sollte Will Wollen Darf Dürfen \
    Könnte Könnten Möchte Würde Hätte Wäre Gibt Geht Kommt Bitte Nachts Morgens Abends Mittags Vormittags Nachmittags Montags Sonntags Samstags Freitags \
    Zweitens Erstens Drittens Einerseits Andererseits Dagegen Hingegen Demgegenüber Bislang Bisher Seither Fortan Künftig Derzeit Momentan Aktuell Zurzeit Gerade Soeben Längst Einst Ehemals \
    Insofern Insoweit Soweit Je Desto Umso Wobei Weder Entweder Sowohl Zumal Zumindest Wenigstens Nämlich Schätzungsweise Selbst Dort Dorthin Hierbei Hierzu Hierfür Hiervon Draußen Drinnen Oben Unten Links Rechts \
    Zwei Drei Vier Fünf Sechs Sieben Acht Neun Zehn Elf Zwölf Hunderte Tausende Dutzende Keinesfalls Keineswegs Allein Anders Anschließend Abschließend Beispielsweise Einmal Zweimal Mehr Weniger";

/// Nouns that ordinals count: "der 2. Platz", "3. Liga".
const ORDINAL_NOUNS: &str = "Platz Rang Liga Bundesliga Runde Lesung Klasse Auflage Halbzeit Spieltag Geburtstag Jahrestag Todestag \
    Hochzeitstag Tag Jahrhundert Jahrhunderts Jahrhunderten Jahrtausend Jahrtausends Etage Stock Stockwerk Weltkrieg Weltkriegs Weltkrieges Quartal Halbjahr \
    Mal Instanz Staffel Folge Hälfte Satz Minute Stunde Woche Monat Jahr Lebensjahr FC SC SV FSV FFC VfL TSV Kapitel Teil Akt Spiel Sieg Etappe Lauf Durchgang Bezirk Wahlgang \
    Wahlperiode Legislaturperiode Legislatur Parteitag Kammer Senat Zivilsenat Strafsenat Strafkammer Armee Division Brigade Bataillon Korps Flotte Infanteriedivision \
    Preis Titel Tor Treffer Punkt Advent Semester Kind Welle Impfung Dosis Mann Republik Reich Internationale Symphonie Sinfonie Klavierkonzert Gebot Grad Hand Person Vorsitzende \
    Vorsitzender Bürgermeister Bürgermeisterin Präsident Präsidentin Ausgabe Jubiläum Festival Mose Petrus Korinther Timotheus Samuel Könige Filmfestspiele Berlinale \
    Verhandlungstag Prozesstag Kriegstag Sanktionspaket Paket Zusatzartikel Verfassungszusatz Arrondissement Wiener Jahresbericht Sinfoniekonzert Meisterschaft Olympische Olympischen";

/// Words before an ordinal: "am 24.", "der 1.".
const ORDINAL_LEFT: &str = "der die das dem den des zum zur im am vom beim ein eine einen einem einer eines jeder jede jedes jeden jedem dieser diese \
    dieses diesen diesem sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres mein meinen unser unseren sowie ans ins \
    und bis bereits";

/// Words before a cardinal number: "Platz 3.", "stieg auf 45."
const CARDINAL_LEFT: &str = "platz rang nummer kapitel seite artikel paragraf paragraph gruppe absatz windows minute gleis tor teil halle stufe liga zone \
    kategorie klasse auf um bei von sind waren war ist mit etwa rund knapp fast über unter gegen gerade nur erst schon insgesamt mindestens \
    höchstens wurden werden alter stärke punkt version staffel folge linie band raum zimmer haus station §";

/// Nouns that a single letter names: "Plan B.", "Vitamin C."
const LETTER_LEFT: &str = "vitamin plan hepatitis gruppe typ klasse serie variante teil kategorie punkt buchstabe ausgang halle tor gleis block \
    influenza liga stufe version note haus";

/// Words without a vowel that are no abbreviations.
const NO_ABBREVIATION: &str = "km kg cm mm nm ml Pkw Lkw Lkws Pkws kW kWh MWh GWh MW GmbH mbH Hz kHz pst psst hm hmm brr pfft Std tschh ggmbh gGmbH";

/// Names that carry their own exclamation mark.
const SHOUTING_NAMES: &str = "Yahoo Jeopardy Wham";

/// Endings that make `name.ending` an address or a file.
const ADDRESS_ENDINGS: &str = "de com org net at ch eu info tv js io pdf txt gov edu biz uk fr ru html htm php jpg png xlsx docx zip";

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let lists = [
        (NEVER, Abbreviation::Never),
        (NUMBER, Abbreviation::Number),
        (MAY, Abbreviation::May),
        (LIKELY, Abbreviation::Likely),
        (DOTTED_NEVER, Abbreviation::Never),
        (DOTTED_MAY, Abbreviation::May),
        (DOTTED_LIKELY, Abbreviation::Likely),
        ("Co", Abbreviation::Company),
    ];
    let entries =
        lists.iter().flat_map(|(words, class)| words.split_whitespace().map(|word| (word, *class)));
    entries.collect()
});

static COMPANY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(COMPANY_FORMS));
static MONTH: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(MONTHS));
static OPENER: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(OPENERS));
static ORDINAL_NOUN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(ORDINAL_NOUNS));
static BEFORE_ORDINAL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(ORDINAL_LEFT));
static BEFORE_CARDINAL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(CARDINAL_LEFT));
static BEFORE_LETTER: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(LETTER_LEFT));
static PLAIN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(NO_ABBREVIATION));
static SHOUTING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(SHOUTING_NAMES));
static ADDRESS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(ADDRESS_ENDINGS));

/// "MÜLLER" as "Müller".
fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter();
    first.chain(chars.flat_map(char::to_lowercase)).collect()
}

/// Whether `word` has two letters or more, all of them capitals.
pub(super) fn is_all_caps(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Looks `word` up as it stands, and ALL CAPS also as "Allcaps".
fn holds(set: &HashSet<&'static str>, word: &str) -> bool {
    set.contains(word) || (is_all_caps(word) && set.contains(title_case(word).as_str()))
}

/// The class of an abbreviation given without its last full stop.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let known = ABBREVIATIONS.get(word).copied();
    known.or_else(|| if is_all_caps(word) { shouted_abbreviation(word) } else { None })
}

/// "DR", "PROF" and "BZW" are abbreviations too, but "MAX", "DO" and "MAG" in a
/// shouted headline are words, so only those count that are nothing else.
fn shouted_abbreviation(word: &str) -> Option<Abbreviation> {
    let titled = ABBREVIATIONS.get(title_case(word).as_str()).copied();
    let small = || {
        ABBREVIATIONS
            .get(word.to_lowercase().as_str())
            .copied()
            .filter(|_| !word.chars().any(is_vowel))
    };
    titled.filter(|class| *class != Abbreviation::May).or_else(small)
}

fn is_vowel(c: char) -> bool {
    "aeiouyäöüAEIOUYÄÖÜéèêáàâóòôíìîúùû".contains(c)
}

/// "Hptm", "lfd": a word without a vowel that is not shouted is abbreviated.
pub(super) fn looks_abbreviated(word: &str) -> bool {
    word.chars().count() > 1
        && word.chars().any(char::is_lowercase)
        && word.chars().all(|c| c.is_alphabetic() && c.is_ascii() && !is_vowel(c))
        && !PLAIN.contains(word)
}

/// Whether `word` is the rest of a company's name after "Co.".
pub(super) fn is_company_form(word: &str) -> bool {
    COMPANY.contains(word)
}

/// Whether `word` names a month, long or short.
pub(super) fn is_month(word: &str) -> bool {
    holds(&MONTH, word)
}

/// Whether `word`, capitalised, opens sentences.
pub(super) fn is_opener(word: &str) -> bool {
    holds(&OPENER, word)
}

/// Whether `word` is a noun that ordinals count.
pub(super) fn is_ordinal_noun(word: &str) -> bool {
    holds(&ORDINAL_NOUN, word)
}

/// Whether a number after `word` is an ordinal.
pub(super) fn precedes_ordinal(word: &str) -> bool {
    BEFORE_ORDINAL.contains(word.to_lowercase().as_str())
}

/// Whether a number after `word` is a cardinal.
pub(super) fn precedes_cardinal(word: &str) -> bool {
    BEFORE_CARDINAL.contains(word.to_lowercase().as_str())
}

/// Whether a single letter after `word` is its name, not an initial.
pub(super) fn precedes_letter(word: &str) -> bool {
    BEFORE_LETTER.contains(word.to_lowercase().as_str())
}

/// Whether `word` is a name that ends in an exclamation mark.
pub(super) fn is_shouting_name(word: &str) -> bool {
    SHOUTING.contains(word)
}

/// Whether `ending` makes `name.ending` an address or a file name.
pub(super) fn is_address_ending(ending: &str) -> bool {
    ADDRESS.contains(ending.to_lowercase().as_str())
}
