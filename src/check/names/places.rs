//! Places, peoples and institutions that have other names in English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// German forms and English forms, folded. A star stands for any ending, a plus
/// parts two words.
const PLACES: &[(&str, &str)] = &[
    // Countries and continents, with their adjectives and people.
    ("afghanistan afghan*", "afghan*"),
    ("afrika afrikan*", "africa*"),
    ("agypten agypt*", "egypt*"),
    ("albanien* albanisch* albaner*", "albania*"),
    ("algerien algeri*", "algeria*"),
    (
        "amerika amerikan* us usa vereinigte+staaten vereinigten+staaten",
        "america* us usa u.s united+states",
    ),
    ("argentinien argentin*", "argentin*"),
    ("armenien armenisch* armenier*", "armenia*"),
    ("aserbaidschan*", "azerbaijan*"),
    ("asien asiat*", "asia*"),
    ("athiopien athiop*", "ethiopia*"),
    ("australien austral*", "australia* aussie*"),
    ("bangladesch*", "bangladesh*"),
    ("belarus belaruss* weissrussland weissruss* weißrussland weißruss*", "belarus*"),
    ("belgien* belgisch* belgier*", "belgi*"),
    ("bosnien bosn*", "bosnia*"),
    ("brasilien brasil*", "brazil*"),
    ("bulgarien bulgar*", "bulgaria*"),
    ("chile chilen*", "chile*"),
    ("china chines* chinas", "china* chines*"),
    ("danemark* danen dane danisch*", "denmark* danish dane*"),
    ("deutschland* deutsch* bundesrepublik bundesdeutsch*", "german*"),
    ("england* englisch* englander*", "england* english* britain british"),
    (
        "grossbritannien* großbritannien* briten brite britin britisch*",
        "britain* british* brit brits briton britons uk united+kingdom u.k england* english*",
    ),
    ("estland* esten estnisch*", "estonia*"),
    ("europa europa*", "europe*"),
    ("finnland* finnisch* finnen finne", "finland* finnish finn*"),
    ("frankreich franzos*", "france* french*"),
    ("georgien georgisch* georgier*", "georgia*"),
    ("griechenland griech*", "greece* greek* hellenic"),
    ("indien* indisch* inder indern inderin", "india*"),
    ("indonesien indones*", "indonesia*"),
    ("irak irakisch* iraker*", "iraq*"),
    ("iran iranisch* iraner*", "iran*"),
    ("irland irisch* iren irlands", "ireland* irish*"),
    ("island islandisch* islander* islands", "iceland*"),
    ("israel israel*", "israel*"),
    ("italien italien*", "ital*"),
    ("japan japan*", "japan*"),
    ("jemen jemenit*", "yemen*"),
    ("jordanien* jordanisch* jordanier*", "jordan*"),
    ("kanada kanad*", "canad*"),
    ("kasachstan kasach*", "kazakh*"),
    ("katar katar*", "qatar*"),
    ("kenia kenian*", "kenya*"),
    ("kolumbien kolumbian*", "colombia*"),
    ("korea nordkorea* sudkorea* korean*", "korea*"),
    ("kosovo kosovar*", "kosov*"),
    ("kroatien kroat*", "croat*"),
    ("kuba kuban*", "cuba*"),
    ("kuwait kuwait*", "kuwait*"),
    ("lettland lettisch* letten", "latvia*"),
    ("libanon libanes*", "leban*"),
    ("libyen libysch* libyer*", "libya*"),
    ("liechtenstein*", "liechtenstein*"),
    ("litauen litau*", "lithuania*"),
    ("luxemburg*", "luxemb*"),
    ("mali malisch*", "mali malian*"),
    ("malta maltes*", "malta maltese"),
    ("marokko marokkan*", "morocc*"),
    ("mexiko mexikan*", "mexic*"),
    ("moldau moldau* moldawien*", "moldov*"),
    ("mongolei mongol*", "mongol*"),
    ("montenegro montenegrin*", "montenegr*"),
    ("mazedonien nordmazedonien* mazedon*", "macedonia*"),
    ("namibia namib*", "namibia*"),
    ("neuseeland neuseel*", "zealand*"),
    ("niederlande niederlanden niederland* hollander* holland*", "netherlands dutch* holland*"),
    ("nigeria nigerian*", "nigeria*"),
    ("niger", "niger*"),
    ("norwegen* norwegisch* norweger*", "norw*"),
    ("osterreich osterreich*", "austria*"),
    ("pakistan pakistan*", "pakistan*"),
    ("palastina palastinens*", "palestin*"),
    ("peru peruan*", "peru*"),
    ("philippinen philippin*", "philippin* filipin*"),
    ("polen polnisch* pole polin", "poland* polish pole poles"),
    ("portugal portugies*", "portug*"),
    ("rumanien ruman*", "romania* rumania*"),
    ("russland* russisch* russen russe russin", "russia*"),
    ("saudi-arabien saudi* saudis saudisch*", "saudi*"),
    ("schottland* schotten schotte schottisch*", "scot*"),
    ("schweden schwed*", "swed*"),
    ("schweiz schweizer*", "switzerland* swiss*"),
    ("serbien serb*", "serb*"),
    ("slowakei slowak*", "slovak*"),
    ("slowenien slowen*", "sloven*"),
    ("somalia somali*", "somali*"),
    ("spanien spani*", "spain* spanish* spaniard*"),
    ("sudan sudsudan* sudanes*", "sudan*"),
    ("sudafrika*", "africa*"),
    ("syrien syrisch* syrer*", "syria*"),
    ("taiwan taiwan*", "taiwan*"),
    ("thailand thai*", "thai*"),
    ("tschechien tschech* tschechisch*", "czech*"),
    ("tunesien tunes*", "tunisia*"),
    ("turkei turk*", "turk*"),
    ("ukraine ukrain*", "ukrain*"),
    ("ungarn* ungarisch* ungar", "hungar*"),
    ("venezuela venezol*", "venezuel*"),
    ("vietnam vietnames*", "vietnam* viet*"),
    ("zypern zyprisch* zyprer* zypriot*", "cypr*"),
    // German states and regions.
    ("bayern bayerisch* bayer bayerns", "bavaria* bayern*"),
    ("sachsen sachsisch*", "saxon*"),
    ("niedersachsen niedersachsisch*", "saxon*"),
    ("thuringen thuringisch* thuringer", "thuring*"),
    ("hessen hessisch*", "hesse* hessian*"),
    ("westfalen westfalisch*", "westphalia* westfal*"),
    ("pfalz pfalzisch*", "palatin*"),
    ("vorpommern", "pomerania* vorpommern"),
    ("schwaben schwabisch*", "swabia*"),
    ("tirol tirol* sudtirol*", "tyrol* tirol*"),
    ("steiermark*", "styria*"),
    ("karnten karntner*", "carinthia*"),
    ("rhein rheins", "rhine rhine's"),
    ("donau", "danube*"),
    ("mosel", "moselle* mosel*"),
    ("bodensee bodensees", "constance*"),
    ("nordsee", "north+sea"),
    ("ostsee", "baltic*"),
    ("mittelmeer mittelmeers", "mediterran*"),
    ("alpen", "alp* alpine"),
    ("schwarzwald schwarzwalds", "black+forest"),
    ("ruhrgebiet ruhrgebiets", "ruhr*"),
    ("kaukasus", "caucas*"),
    ("balkan balkans", "balkan*"),
    ("krim", "crimea*"),
    // Cities.
    ("munchen munchens munchner*", "munich* münchen munchen"),
    ("koln kolns kolner*", "cologne* köln koln"),
    ("nurnberg nurnbergs nurnberger*", "nuremberg* nürnberg nurnberg"),
    ("hannover hannovers hannoveraner*", "hannover* hanover*"),
    ("braunschweig braunschweigs braunschweiger*", "brunswick braunschweig*"),
    ("wien wiens wiener*", "vienn* wiener"),
    ("zurich zurichs zurcher*", "zurich* zürich*"),
    ("genf genfs genfer*", "geneva* genev*"),
    ("basel basels basler*", "basel* basle*"),
    ("luzern luzerns luzerner*", "lucerne* luzern*"),
    ("mailand mailands mailander*", "milan*"),
    ("rom roms romisch* romer*", "rome* roman*"),
    ("venedig venedigs venezian*", "venice* veneti*"),
    ("neapel neapels", "naples* neapol*"),
    ("florenz florentin*", "floren*"),
    ("prag prags prager*", "prague* prag"),
    ("warschau warschaus warschauer*", "warsaw*"),
    ("krakau krakaus", "krakow* cracow* kraków*"),
    ("danzig danzigs", "gdansk* danzig* gdańsk*"),
    ("moskau moskaus moskauer*", "moscow* muscov*"),
    ("kiew kiews kiewer* kyjiw*", "kyiv* kiev*"),
    ("peking pekings pekinger*", "beijing* peking*"),
    ("brussel brussels brusseler*", "brussels*"),
    ("antwerpen antwerpens", "antwerp*"),
    ("luttich", "liege* liège*"),
    ("haag haags haager*", "hague*"),
    ("kopenhagen kopenhagens kopenhagener*", "copenhagen*"),
    ("lissabon lissabons lissabonner*", "lisbon*"),
    ("athen athens athener*", "athen*"),
    ("belgrad belgrads", "belgrade*"),
    ("bukarest bukarests", "bucharest*"),
    ("strassburg straßburg* strassburger*", "strasbourg*"),
    ("kairo kairos", "cairo*"),
    ("teheran teherans", "tehran* teheran*"),
    ("damaskus", "damasc*"),
    ("bagdad bagdads", "baghdad*"),
    ("tokio tokios tokioter*", "tokyo*"),
    ("singapur singapurs", "singapore*"),
    ("hongkong hongkongs", "hong*"),
    ("dunkirchen", "dunkirk*"),
    ("triest triests", "trieste*"),
    ("nizza nizzas", "nice"),
    ("sevilla sevillas", "seville* sevilla*"),
    ("lowen lowens", "leuven* louvain*"),
];

/// Institutions whose German acronym or name is another in English. The English
/// words are no sign of them ("court"), so they are only ever missed.
const INSTITUTIONS: &[(&str, &str)] = &[
    ("ezb", "ecb european"),
    ("eugh", "ecj cjeu court"),
    ("egmr", "echr court"),
    ("uno un vereinte+nationen vereinten+nationen", "un u.n nations"),
    ("eu", "eu european europe* e.u"),
    ("iwf", "imf monetary"),
    ("osze", "osce"),
    ("bip", "gdp gross"),
    ("ki", "ai artificial"),
    ("dsgvo", "gdpr data"),
];

/// The places of either language, found by a folded word.
struct Index {
    whole: BTreeMap<&'static str, Vec<usize>>,
    beginnings: Vec<(&'static str, usize)>,
    /// Two words that only together mean a place.
    pairs: BTreeMap<(&'static str, &'static str), usize>,
}

impl Index {
    fn of(forms: impl Iterator<Item = &'static str>) -> Self {
        let (whole, beginnings, pairs) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let mut index = Self { whole, beginnings, pairs };
        for (place, forms) in forms.enumerate() {
            for form in forms.split_whitespace() {
                match (form.split_once('+'), form.strip_suffix('*')) {
                    (Some(pair), _) => {
                        index.pairs.insert(pair, place);
                    }
                    (None, Some(beginning)) => index.beginnings.push((beginning, place)),
                    (None, None) => index.whole.entry(form).or_default().push(place),
                }
            }
        }
        index
    }

    fn find(&self, before: &str, folded: &str) -> Vec<usize> {
        let beginnings = self.beginnings.iter().filter(|(start, _)| folded.starts_with(start));
        let mut places: Vec<usize> = beginnings.map(|(_, place)| *place).collect();
        places.extend(self.whole.get(folded).into_iter().flatten());
        places.extend(self.pairs.get(&(before, folded)));
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// Both tables; the first [`PLACES`] rows are places.
fn rows() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    PLACES.iter().chain(INSTITUTIONS)
}

/// Whether a row is a place, which its English name shows as well.
pub(super) fn is_place(row: usize) -> bool {
    row < PLACES.len()
}

static GERMAN: LazyLock<Index> = LazyLock::new(|| Index::of(rows().map(|(german, _)| *german)));

static ENGLISH: LazyLock<Index> = LazyLock::new(|| Index::of(rows().map(|(_, english)| *english)));

/// The rows that a folded German word can mean after the folded word `before`.
pub(super) fn german(before: &str, folded: &str) -> Vec<usize> {
    let places = GERMAN.find(before, folded);
    match folded.strip_suffix('s') {
        Some(bare) if places.is_empty() => GERMAN.find(before, bare),
        _ => places,
    }
}

/// The rows that a folded English word can mean after the folded word `before`.
pub(super) fn english(before: &str, folded: &str) -> Vec<usize> {
    ENGLISH.find(before, folded)
}
