//! Words after which a name stands: given names, offices, forms of address.

/// Given names, folded, in German news.
const GIVEN: &str = "
    achim adam adrian agnes albert albrecht alexander alexandra alfred alice alina alois andrea
    andreas andre angela angelika anja anke anna annalena anne annegret annette anton antonia armin
    arne arnold arthur astrid august axel barbara bastian beate beatrix benjamin bernd bernhard
    bettina birgit bjorn bodo boris brigitte bruno burkhard carl carla carlo carlos caroline carsten
    cem charlotte christa christian christiane christina christine christof christoph christopher
    clara claudia claus clemens cornelia dagmar daniel daniela david detlef diana dieter dietmar
    dietrich dirk dominik donald doris dorothea eberhard eckart edith eduard elena elias elisabeth
    elke ella ellen elvira emil emma emmanuel erhard eric erich erik erika ernst erwin esther eugen
    eva evelyn fabian felix ferdinand fiona florian frank franz franziska frauke frieda friedrich
    fritz gabriele georg georgia gerald gerd gerda gerhard gert gertrud gesine gisela giorgia gregor
    gregory greta gudrun gunter gunther guido gustav hanna hannah hanne hannes hans harald hartmut
    heidi heike heiko heiner heinrich heinz helene helga helmut hendrik henning henriette henry
    herbert hermann hilde hildegard holger horst hubert hubertus hugo ilse ina ines inga inge ingo
    ingrid irene iris isabel isabella jakob jan jana janine jannik jens jessica joachim jochen joe
    johann johanna johannes john jonas jorg jorn josef joseph josephine judith julia julian juliane
    julius jurgen jutta kai karen karin karl karla karoline karsten katarina katharina kathrin
    katja katrin kerstin kevin kim kirsten klara klaus knut konrad konstantin kristina kurt lars
    laura lea lena leo leon leonie lina linda lisa lothar louis louise luca lucas ludwig luis luise
    lukas lutz magdalena maja maike malte manfred manuel manuela marc marcel marco marcus mareike
    margarete margot margrit maria marianne marie marina mario marion marius mark markus marlene
    marta martha martin martina mathias mathilde matteo matthias max maximilian melanie meike
    michael michaela michel mike miriam moritz monika nadine nadja natalie natascha nicolas nicole
    niels nikolaus nils nina nora norbert nele olaf ole oliver olga oskar otto pascal patricia
    patrick paul paula pauline peer peter petra philipp pia rainer ralf ralph ramona raphael regina
    reiner reinhard reinhold renate rene ricarda richard rita robert robin roland rolf roman ronald
    rosa rosemarie rudi rudiger rudolf ruth sabine sabrina sahra samuel sandra sara sarah sascha
    sebastian sergej sibylle siegfried sigmar sigrid silke silvia simon simone sina sofia sofie
    sonja sophia sophie stefan stefanie steffen stephan stephanie susanne sven svenja sylvia tanja
    theo theodor theresa thilo thomas thorsten tilo tim timo tina tobias tom toni torben torsten
    udo ulf uli ulla ulrich ulrike ursula ute uwe valentin vanessa vera verena veronika viktor
    viktoria vincent volker volkmar walter waltraud werner wiebke wilfried wilhelm wilhelmine
    willi willy winfried wladimir wolf wolfgang wolodymyr wolfram xaver yasmin yvonne
";

/// Endings of German words for what somebody is: a name may follow at once
/// ("Bürgermeisterin Voss").
const OFFICES: &[&str] = &[
    "minister",
    "ministerin",
    "prasident",
    "prasidentin",
    "kanzler",
    "kanzlerin",
    "meister",
    "meisterin",
    "chef",
    "chefin",
    "sprecher",
    "sprecherin",
    "trainer",
    "trainerin",
    "direktor",
    "direktorin",
    "richter",
    "richterin",
    "rat",
    "ratin",
    "senator",
    "senatorin",
    "professor",
    "professorin",
    "bischof",
    "bischofin",
    "kommissar",
    "kommissarin",
    "leiter",
    "leiterin",
    "vorsitzende",
    "vorsitzender",
    "vorsitzenden",
    "abgeordnete",
    "abgeordneter",
    "autor",
    "autorin",
    "anwalt",
    "anwaltin",
    "forscher",
    "forscherin",
    "experte",
    "expertin",
    "herr",
    "herrn",
    "frau",
    "doktor",
    "general",
    "konig",
    "konigin",
    "papst",
    "pfarrer",
    "pfarrerin",
    "landrat",
    "landratin",
    "sekretar",
    "sekretarin",
    "manager",
    "managerin",
    "unternehmer",
    "unternehmerin",
    "regisseur",
    "regisseurin",
    "schauspieler",
    "schauspielerin",
];

/// Words that end like an office and are none, or seldom stand before a name.
const NO_OFFICE: &[&str] = &[
    "vorrat",
    "verrat",
    "hausrat",
    "bundesrat",
    "stadtrat",
    "gemeinderat",
    "aufsichtsrat",
    "betriebsrat",
    "beirat",
    "apparat",
    "sicherheitsrat",
    "weltmeister",
    "europarat",
    "weltchef",
];

/// English words before names: forms of address and offices.
const ENGLISH: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "chancellor",
    "minister",
    "mayor",
    "professor",
    "king",
    "queen",
    "senator",
    "judge",
    "prince",
    "princess",
    "pope",
    "bishop",
    "director",
    "coach",
    "spokesman",
    "spokeswoman",
    "councillor",
    "chairman",
    "chairwoman",
    "chief",
];

/// Whether the folded word is a given name of the list.
pub(super) fn is_given(folded: &str) -> bool {
    use std::collections::BTreeSet;
    use std::sync::LazyLock;
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| GIVEN.split_whitespace().collect());
    NAMES.contains(folded)
}

/// Whether the folded German word says what somebody is.
pub(super) fn is_office(folded: &str) -> bool {
    !NO_OFFICE.contains(&folded) && OFFICES.iter().any(|office| folded.ends_with(office))
}

/// Whether a name follows the folded English word.
pub(super) fn leads_in_english(folded: &str) -> bool {
    ENGLISH.contains(&folded) || is_given(folded)
}
