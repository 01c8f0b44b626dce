"""Translation pairs made by program: numbers, dates, names and line shapes that news is full of.

Small parallel corpora hold too few of them for a model to learn that `3.000` is `3,000`, that a date keeps its day
and that a name is copied letter by letter. The sentences below were written for this file; no corpus text is in it.
"""
import random
import re

MONTHS = [("Januar", "January"), ("Februar", "February"), ("März", "March"), ("April", "April"), ("Mai", "May"),
          ("Juni", "June"), ("Juli", "July"), ("August", "August"), ("September", "September"),
          ("Oktober", "October"), ("November", "November"), ("Dezember", "December")]
WEEKDAYS = [("Montag", "Monday"), ("Dienstag", "Tuesday"), ("Mittwoch", "Wednesday"), ("Donnerstag", "Thursday"),
            ("Freitag", "Friday"), ("Samstag", "Saturday"), ("Sonntag", "Sunday")]
UNITS = [("Euro", "euros"), ("Dollar", "dollars"), ("Tonnen", "tonnes"), ("Menschen", "people"),
         ("Einwohner", "inhabitants"), ("Haushalte", "households"), ("Unternehmen", "companies"),
         ("Stimmen", "votes"), ("Kilometer", "kilometres"), ("Besucher", "visitors"), ("Soldaten", "soldiers"),
         ("Arbeitsplätze", "jobs"), ("Patienten", "patients"), ("Fälle", "cases"), ("Wohnungen", "flats")]
SCALES = [("Millionen", "million"), ("Mio.", "million"), ("Milliarden", "billion"), ("Mrd.", "billion")]
FIRST = "Anna Bernd Carla Dirk Elif Franz Greta Hakan Ines Jonas Katrin Lars Mareike Nils Olga Paul Rosa Stefan Tarek Ulla Vera Wolfgang".split()
ONSET = "B Br D Dr F Fr G Gr H J K Kl Kr L M N P R S Sch St T Tr V W Z".split()
RIME = "a e i o u ei au ö ü ä ie".split()
CODA = "ber der ger hof ler mann mer ner rich ring sen ski stein ter tz witz ow ic a o".split()
CITIES = [("München", "Munich"), ("Köln", "Cologne"), ("Wien", "Vienna"), ("Nürnberg", "Nuremberg"), ("Berlin", "Berlin"),
          ("Hamburg", "Hamburg"), ("Frankfurt", "Frankfurt"), ("Brüssel", "Brussels"), ("Genf", "Geneva"),
          ("Zürich", "Zurich"), ("Kiew", "Kyiv"), ("Moskau", "Moscow"), ("Warschau", "Warsaw"), ("Dresden", "Dresden"),
          ("Leipzig", "Leipzig"), ("Hannover", "Hanover"), ("Braunschweig", "Brunswick"), ("Bremen", "Bremen")]
STATES = [("Bayern", "Bavaria"), ("Sachsen", "Saxony"), ("Sachsen-Anhalt", "Saxony-Anhalt"), ("Thüringen", "Thuringia"),
          ("Niedersachsen", "Lower Saxony"), ("Hessen", "Hesse"), ("Rheinland-Pfalz", "Rhineland-Palatinate"),
          ("Nordrhein-Westfalen", "North Rhine-Westphalia"), ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
          ("Schleswig-Holstein", "Schleswig-Holstein"), ("Brandenburg", "Brandenburg"), ("Baden-Württemberg", "Baden-Württemberg"),
          ("Nordkorea", "North Korea"), ("Südkorea", "South Korea"), ("Nordirland", "Northern Ireland"), ("Österreich", "Austria")]
# Subjects: article, noun; English.
ACTORS = [("die", "Bundesregierung", "the federal government"), ("der", "Bundestag", "the Bundestag"), ("der", "Landtag", "the state parliament"),
          ("das", "Bundesverfassungsgericht", "the Federal Constitutional Court"), ("das", "Landgericht", "the regional court"),
          ("das", "Amtsgericht", "the district court"), ("die", "Staatsanwaltschaft", "the public prosecutor's office"),
          ("der", "Betriebsrat", "the works council"), ("der", "Aufsichtsrat", "the supervisory board"), ("der", "Personalvorstand", "the head of human resources"),
          ("die", "Gewerkschaft", "the trade union"), ("der", "Stadtrat", "the city council"), ("die", "Ministerpräsidentin", "the state premier"),
          ("der", "Oberbürgermeister", "the mayor"), ("die", "Gesundheitsministerin", "the health minister"), ("der", "Finanzminister", "the finance minister"),
          ("die", "Innenministerin", "the interior minister"), ("der", "Außenminister", "the foreign minister"), ("die", "Verteidigungsministerin", "the defence minister"),
          ("der", "Wirtschaftsminister", "the economy minister"), ("die", "Bundeskanzlerin", "the chancellor"), ("der", "Bundespräsident", "the federal president"),
          ("die", "EU-Kommission", "the European Commission"), ("die", "Opposition", "the opposition"), ("der", "Verband", "the association")]
# Compounds that news is full of; all feminine or plural, so that one article fits. Last: whether they are plural.
MATTERS = [("Corona-Krise", "coronavirus crisis", 0), ("Corona-Pandemie", "coronavirus pandemic", 0), ("Corona-Regeln", "coronavirus rules", 1),
           ("Corona-Maßnahmen", "coronavirus measures", 1), ("Corona-Zahlen", "coronavirus figures", 1), ("Corona-Politik", "coronavirus policy", 0),
           ("Corona-Impfung", "coronavirus vaccination", 0), ("Corona-Tests", "coronavirus tests", 1), ("Corona-Hilfen", "coronavirus aid payments", 1),
           ("Corona-Auflagen", "coronavirus restrictions", 1), ("Corona-Lage", "coronavirus situation", 0), ("Corona-Fälle", "coronavirus cases", 1),
           ("Corona-Verordnung", "coronavirus regulation", 0), ("Klimakrise", "climate crisis", 0), ("Energiekrise", "energy crisis", 0),
           ("Schuldenbremse", "debt brake", 0), ("Rentenreform", "pension reform", 0), ("Landtagswahl", "state election", 0),
           ("Bundestagswahl", "federal election", 0), ("Steuerreform", "tax reform", 0), ("Preiserhöhungen", "price increases", 1),
           ("Sparmaßnahmen", "austerity measures", 1), ("Tarifverhandlungen", "wage negotiations", 1), ("Sicherheitslücke", "security vulnerability", 0),
           ("Wohnungsnot", "housing shortage", 0), ("Arbeitslosigkeit", "unemployment", 0), ("Lieferketten", "supply chains", 1),
           ("Kinderbetreuung", "childcare", 0), ("Gesundheitsversorgung", "health care", 0), ("Stromversorgung", "power supply", 0)]
QUOTES = [("„", "“"), ("»", "«"), ('"', '"'), ("“", "”"), ("«", "»")]

# {n} number with unit, {d} date, {p} person, {c} city, {w} weekday, {x} percentage, {y} year, {m} money, {s} state, {i} {I}
# German and {j} {J} English actor, {a} German and {b} English matter with its verb {v} {V}
TEMPLATES = [
    ("Insgesamt wurden {n} gezählt.", "A total of {n} were counted."),
    ("Am {d} trat {p} in {c} zurück.", "On {d}, {p} resigned in {c}."),
    ("{p} sagte am {w} in {c}, man habe {m} ausgegeben.", "{p} said in {c} on {w} that {m} had been spent."),
    ("Die Inflation stieg im Vergleich zum Vorjahr um {x}.", "Inflation rose by {x} compared with the previous year."),
    ("Der Umsatz sank um {x} auf {m}.", "Revenue fell by {x} to {m}."),
    ("Das Treffen findet am {d} statt.", "The meeting will take place on {d}."),
    ("Seit dem {d} gilt das neue Gesetz.", "The new law has been in force since {d}."),
    ("{q}Das kostet uns {m}{Q}, sagte {p}.", '"This will cost us {m}," said {p}.'),
    ("{q}Wir brauchen mehr Zeit{Q}, erklärte {p} am {w}.", '"We need more time," {p} said on {w}.'),
    ("Nach Angaben der Polizei kamen {n} nach {c}.", "According to police, {n} came to {c}."),
    ("{p} und {P} trafen sich am {d} in {c}.", "{p} and {P} met in {c} on {d}."),
    ("Im Jahr {y} waren es noch {n}.", "In {y}, there were still {n}."),
    ("{p} wurde {y} in {c} geboren.", "{p} was born in {c} in {y}."),
    ("Die Partei kommt in der Umfrage auf {x}.", "The party stands at {x} in the poll."),
    ("Das Projekt kostet {m} und soll bis {y} fertig sein.", "The project costs {m} and is due to be finished by {y}."),
    ("{c} ({w}) - Die Zahl der Beschäftigten stieg auf {k}.", "{c} ({w}) - The number of employees rose to {k}."),
    ("Der Bund stellt dafür {m} bereit.", "The federal government is providing {m} for this."),
    ("Um {t} Uhr rückte die Feuerwehr in {c} aus.", "The fire brigade was called out in {c} at {u}."),
    ("Stand: {d}", "As of {d}"),
    ("Laut {p} sind {n} betroffen.", "According to {p}, {n} are affected."),
    ("{p} gewann mit {x} der Stimmen.", "{p} won with {x} of the votes."),
    ("Der Preis liegt bei {m} je Stück.", "The price is {m} per unit."),
    ("{I} rechnet mit {n}.", "{J} expects {n}."),
    ("{I} lehnt den Vorschlag ab.", "{J} rejects the proposal."),
    ("{I} hat {m} zugesagt.", "{J} has pledged {m}."),
    ("Das teilte {i} am {w} mit.", "This was announced by {j} on {w}."),
    ("{I} berät am {w} über die {a}.", "{J} will discuss the {b} on {w}."),
    ("{p} kritisierte in {c} die {a}.", "{p} criticised the {b} in {c}."),
    ("Wegen der {a} verliert {c} {m}.", "Because of the {b}, {c} is losing {m}."),
    ("Die {a} {v} die Menschen in {c}.", "The {b} {V} the people of {c}."),
    ("In {s} und {S} gelten andere Regeln.", "Other rules apply in {s} and {S}."),
    ("{p} stammt aus {s}.", "{p} comes from {s}."),
    ("In {s} sind {n} betroffen.", "In {s}, {n} are affected."),
    ("Rund {n} sind ohne Strom.", "Around {n} are without electricity."),
    ("Mehr als {k} Menschen demonstrierten am {w} in {c}.", "More than {k} people demonstrated in {c} on {w}."),
]


def thousands(n, mark):
    return f"{n:,}".replace(",", mark)


def whole(rng):
    """A whole number as Germans and as English speakers write it."""
    n = int(10 ** rng.uniform(1.1, 6.5))
    if rng.random() < 0.5 and n > 1000:
        n = n // 100 * 100
    return thousands(n, "." if rng.random() < 0.9 or n < 10000 else " "), thousands(n, ",")


def decimal(rng):
    d = rng.choice([1, 1, 1, 2])
    v = f"{rng.uniform(0.1, 99):.{d}f}"
    return v.replace(".", ","), v


def scaled(rng):
    """`1,5 Mio.` and `1.5 million`."""
    de, en = rng.choice(SCALES)
    a, b = decimal(rng) if rng.random() < 0.7 else (str(k := rng.randint(2, 900)), str(k))
    return f"{a} {de}", f"{b} {en}"


def amount(rng):
    (a, b), (u, v) = (whole(rng) if rng.random() < 0.65 else scaled(rng)), rng.choice(UNITS)
    return f"{a} {u}", f"{b} {v}"


def money(rng):
    a, b = rng.choice([whole, scaled, decimal])(rng)
    u, v = rng.choice([("Euro", "euros"), ("Euro", "euros"), ("Dollar", "dollars"), ("Franken", "francs")])
    return f"{a} {u}", f"{b} {v}"


def date(rng):
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1985, 2029)
    style = rng.random()
    de, en = MONTHS[month - 1]
    if style < 0.5:
        return f"{day}. {de} {year}", f"{day} {en} {year}"
    if style < 0.75:
        return f"{day}. {de}", f"{day} {en}"
    if style < 0.9:
        return f"{day:02}.{month:02}.{year}", f"{day} {en} {year}"
    return f"{day}.{month}.{year}", f"{day} {en} {year}"


def person(rng):
    name = rng.choice(FIRST) + " " + rng.choice(ONSET) + rng.choice(RIME) + rng.choice(CODA)
    return name + (rng.choice(ONSET).lower() + rng.choice(RIME) if rng.random() < 0.2 else "")


def sentence(rng):
    de, en = rng.choice(TEMPLATES)
    q, Q = rng.choice(QUOTES)
    x = decimal(rng) if rng.random() < 0.6 else (str(k := rng.randint(1, 99)), str(k))
    hour, minute = rng.randint(0, 23), rng.choice(["", f"{rng.randint(0, 59):02}"])
    half = "am" if hour < 12 else "pm"
    twelve = (hour - 1) % 12 + 1
    y, p, P = str(rng.randint(1950, 2030)), person(rng), person(rng)
    parts = dict(n=amount(rng), m=money(rng), d=date(rng), c=rng.choice(CITIES), w=rng.choice(WEEKDAYS), k=whole(rng),
                 x=(x[0] + rng.choice([" Prozent", " %", "%"]), ""), y=(y, y), p=(p, p), P=(P, P), q=(q, ""), Q=(Q, ""),
                 t=(f"{hour}.{minute}" if minute else str(hour), ""), u=("", f"{twelve}:{minute} {half}" if minute else f"{twelve} {half}"))
    article, noun, actor = rng.choice(ACTORS)
    matter, english, plural = rng.choice(MATTERS)
    parts |= dict(s=rng.choice(STATES), S=rng.choice(STATES), i=(f"{article} {noun}", ""), I=(f"{article.capitalize()} {noun}", ""),
                  j=("", actor), J=("", actor[0].upper() + actor[1:]), a=(matter, ""), b=("", english),
                  v=("beschäftigen" if plural else "beschäftigt", ""), V=("", "concern" if plural else "concerns"))
    parts["x"] = (parts["x"][0], x[1] + (" percent" if "Prozent" in parts["x"][0] else "%"))
    return de.format(**{k: v[0] for k, v in parts.items()}), en.format(**{k: v[1] for k, v in parts.items()})


def made(count, seed=7):
    """`count` pairs; every fifth holds two sentences in one line."""
    rng = random.Random(seed)
    for i in range(count):
        de, en = sentence(rng)
        if i % 5 == 0:
            more = sentence(rng)
            de, en = f"{de} {more[0]}", f"{en} {more[1]}"
        yield de, en


def without_umlauts(text):
    for a, b in zip("äöüÄÖÜß", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "ss")):
        text = text.replace(a, b)
    return text


def varied(pairs, seed=8):
    """Variants of real pairs: two or three neighbours in one line, capitals, other quotation marks, no umlauts.

    `pairs` are in document order. About one in eight gives a variant.
    """
    rng = random.Random(seed)
    for i, (de, en) in enumerate(pairs):
        r = rng.random()
        if r < 0.06 and i + 2 < len(pairs):
            group = pairs[i:i + rng.choice([2, 2, 3])]
            if sum(len(g[0]) for g in group) < 420:
                yield " ".join(g[0] for g in group), " ".join(g[1] for g in group)
        elif r < 0.08 and len(de) < 80:
            yield de.upper(), en.upper()
        elif r < 0.11 and re.search('["„“»«]', de) and '"' in en:
            q, Q = rng.choice(QUOTES)
            inner = re.sub(r'[„“»«”]', '"', de)
            if inner.count('"') == 2:
                a, b, c = inner.split('"')
                yield f"{a}{q}{b}{Q}{c}", en
        elif r < 0.125 and re.search("[äöüß]", de):
            yield without_umlauts(de), en
