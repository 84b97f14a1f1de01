//! What an answer means by the question's own drift: "not too bad" to "are you sleeping well?" is a yes, "I've had a
//! hysterectomy" to "could you be pregnant?" a no, "no vivo con nadie" to "do you live alone?" a yes.

use std::sync::LazyLock;

use super::super::Heard;
use super::super::answer::Value;
use super::super::asked::Asked;
use super::super::filler::HESITATION;
use super::super::said::{Phrases, span};
use super::NEGATION;
use crate::redflag::words::{Mark, Word};

/// A drift: the words of which the question must have one of each row, and what then means yes, and what no.
struct Drift {
    asks: &'static [&'static [&'static str]],
    yes: &'static [&'static str],
    no: &'static [&'static str],
    /// How surely.
    sure: f64,
}

const DRIFTS: &[Drift] = &[
    Drift {
        asks: &[&["job", "work", "working", "employed", "trabaja", "trabajando", "trabajo", "empleo"]],
        yes: &[
            "(full|part) time",
            "(self employed|freelance|my own (business|shop|company)|medio tiempo|tiempo completo)",
        ],
        no: &[
            "(im|i am|ive|ive been|been)? (retired|unemployed|redundant|laid off|signed off|between jobs|out of work|off sick|a pensioner|on disability|on benefits)",
            "(lost|quit|left|gave up) (my)? (job|work|working)",
            "(looking|applying) for (work|a job|jobs|something)",
            "(took|taken|taking) (my|early|voluntary)? (retirement|redundancy|pension)",
            "(on|en) (maternity|sick|medical)? (leave|paro|incapacidad)",
            "me (jubile|retire|pensione|despidieron|corrieron|echaron|liquidaron)",
            "(jubilad*|retirad*|pensionad*|desemplead*|cesante|incapacitad*)",
            "(sin|buscando|busco) (trabajo|chamba|empleo|pega|laburo)",
        ],
        sure: 0.84,
    },
    Drift {
        asks: &[&["right", "diestro", "diestra"], &["hand", "handed", "mano", "diestro", "diestra"]],
        yes: &["(right handed|righty|diestr*)"],
        no: &[
            "(lefty|lefthanded|southpaw|cack handed|left (handed|hander|hand)?)",
            "(zurd*|la izquierda|con la izquierda)",
        ],
        sure: 0.86,
    },
    Drift {
        asks: &[&["left", "zurdo", "zurda"], &["hand", "handed", "mano", "zurdo", "zurda"]],
        yes: &["(left handed|lefty|southpaw|zurd*)"],
        no: &["(righty|right (handed|hander|hand)?)", "(diestr*|derech*)"],
        sure: 0.86,
    },
    Drift {
        asks: &[&["first", "primera"], &["visit", "time", "vez", "visita", "here", "appointment"]],
        yes: &[
            "(never|nunca) (been|come|set|he|habia) ..4",
            "(im|i am|soy) (new|nuevo|nueva) ..3",
            "(brand new|recien llegad*)",
        ],
        no: &[
            "(all my life|for (years|ages)|years now|donkeys years|since (i was|forever)|regular here|on your books|old (hand|customer|patient))",
            "(been|come|came|coming) (here|in|to you)? (before|for (years|ages)|loads|lots|many times|plenty)",
            "(second|third|fourth|fifth|umpteenth|segunda|tercera|cuarta|enesima) (time|visit|vez|visita)?",
            "(llevo|tengo) ..3 (anos|vida|tiempo|meses|viniendo)",
            "toda (la|mi) vida",
            "(siempre|ya) (he|habia)? (vengo|venido|vine|estuve|me atiendo|me conocen)",
            "(muchas|varias|otras) veces",
        ],
        sure: 0.84,
    },
    Drift {
        asks: &[
            &[
                "vaccinations",
                "vaccines",
                "vacunas",
                "shots",
                "jabs",
                "immunizations",
                "immunisations",
                "vaccinated",
            ],
            &["date", "dia", "current", "all"],
        ],
        yes: &[
            "(had|got|have|tengo|las tengo) (them)? (all|todas|completas|every one)",
            "(cartilla|carnet) complet*",
            "(all|everything) (done|current|up to date)",
        ],
        no: &[
            "(me|le)? (falta|faltan|hace falta|hacen falta) ..4",
            "(missing|behind|overdue|due|lapsed|missed) ..3",
            "(need|owe|still need) (a|my|the|another|one) ..3",
            "(tengo)? (pendiente|atrasad*|vencid*) ..2",
            "(no|not) (all|todas|todavia)",
        ],
        sure: 0.76,
    },
    Drift {
        asks: &[&["fasted", "fasting", "ayunas", "ayuno"]],
        yes: &[
            "(havent|have not|not|ive not|didnt) (eaten|had|touched|drunk|eat) ..4",
            "(nothing|not a thing|not a (crumb|bite|drop)|nada) (since|to eat|all|has|passed|but water|desde|mas que|de comer|but) ..3",
            "(only|just|solo|nomas|pura|puro)? (a (sip|glass|drop) of|un (trago|vaso|poco) de)? (water|agua)",
            "no (he)? (comido|desayunado|tomado|probado|como|desayune|comi|cene) ..3",
            "(skipped|missed|without|no|sin) (my)? (breakfast|desayuno|desayunar|food|comer)",
            "en ayunas",
        ],
        no: &[
            "(i|ive|i have|we)? (just|only)? (had|ate|eaten|drank|grabbed|nibbled|finished|swallowed) (a|an|some|my|the|breakfast|toast|coffee|half|two|tea|one|something) ..3",
            "(coffee|tea|toast|breakfast|juice|yogurt|yoghurt|sandwich|biscuit|cereal|banana)",
            "(me)? (tome|comi|desayune|bebi|almorce|he (comido|tomado|desayunado|bebido)) ..3",
            "(un|una|mi|el)? (cafe|cafecito|yogur|yogurt|te|jugo|galleta|galletas|galletita|pan|pancito|tostada|desayuno|atole|arepa)",
        ],
        sure: 0.84,
    },
    Drift {
        asks: &[&["home", "casa"], &["take", "drive", "lleve", "llevar", "get"]],
        yes: &[],
        no: &[
            "(drove|driving|drive|came) (by)? (myself|alone|on my own|my own car)",
            "(vine|vengo|ando|estoy) (manejando|conduciendo|solo|sola|solito|solita) ..2",
            "(take|taking|get|getting|catch|catching|tomar|tomo|agarro) (the|a|an|el|la|un|una) (bus|taxi|cab|train|uber|metro|camion|guagua)",
        ],
        sure: 0.76,
    },
    Drift {
        asks: &[&["regular", "regulares"], &["period", "periods", "regla", "periodo", "menstruacion"]],
        yes: &["like clockwork", "(on the dot|como (un)? reloj|cada (mes|veintiocho dias))"],
        no: &[
            "(all over the (place|shop)|hit and miss|irregular*|comes and goes|when it feels like it|a veces|se (me)? (salta|atrasa|adelanta))",
        ],
        sure: 0.8,
    },
    Drift {
        asks: &[
            &["well", "good", "bien"],
            &["you", "your", "usted", "su", "sleeping", "eating", "sleep", "eat", "duerme", "come"],
        ],
        yes: &[
            "not (too|so|that|at all) (bad|badly)",
            "(i)? (cant|cannot|mustnt|shouldnt) complain",
            "no (problems|problem|trouble|issues|complaints) ..3",
            "like (a|an) (log|baby|rock|horse)",
            "no me (puedo quejar|quejo)",
            "sin (ningun)? (problema|problemas)",
            "como un (tronco|bebe|angelito|liron)",
            "de maravilla",
        ],
        no: &[
            "not (great|good|brilliant|really|so good|so well|so great|very well|very good|very|enough|much)",
            "not as (well|good) ..4",
            "(could|might) be better",
            "i wish",
            "(hardly|barely|scarcely) (at all|any|a wink|ever)?",
            "(up|awake) (all|half|most of) (the)? night",
            "(toss|tossing) (and)? (turn|turning)",
            "(wake|waking) (up)? (a lot|every|often|all|constantly|several)",
            "no (muy|tan|nada) bien",
            "(muy|bastante|fatal|tan)? mal",
            "(ojala|regular|fatal|apenas|no pego ojo)",
            "(podria|puede) (ser|estar|ir) mejor",
            "casi (nada|no)",
            "(doy|dando) (muchas)? vueltas",
            "me despierto (mucho|varias|cada|a)",
        ],
        sure: 0.8,
    },
    Drift {
        asks: &[&["pregnant", "embarazada"]],
        yes: &[],
        no: &[
            "(had|have had|after)? (a)? (hysterectomy|histerectomia)",
            "(tubes|trompas) (are|were)? (tied|ligadas|atadas)",
            "(im|i am|ive|i have|been|gone|well)? (past|through|over|done with) (all)? (that|the change|it|menopause|the menopause)",
            "(menopause|menopausal|postmenopausal|menopausia|menopausica)",
            "(im|i am) (a man|a guy|male|too old) ..3",
            "soy (un)? (hombre|varon)",
            "(im|i am|tengo) (fifty|sixty|seventy|eighty|ninety|cincuenta|sesenta|setenta|ochenta|noventa) ..3",
            "(ya no regla|me operaron de la matriz|sin matriz|no womb|no uterus)",
        ],
        sure: 0.84,
    },
    Drift {
        asks: &[&["safe", "segura", "seguro"]],
        yes: &[],
        no: &[
            "(im|i am|i feel|i get|me|sometimes)? (scared|afraid|frightened|terrified|threatened)",
            "(he|she|they|someone|husband|wife|partner|boyfriend|girlfriend|son|father) (hits|hit|hurts|beats|kicks|threatens|yells at) (me)?",
            "(tengo|me da|con) miedo",
            "me (pega|golpea|amenaza|maltrata|grita)",
        ],
        sure: 0.86,
    },
    Drift {
        asks: &[
            &["spread", "elsewhere", "else", "moved", "travel", "extendido", "otra", "otro"],
            &["pain", "it", "rash", "dolor"],
        ],
        yes: &[],
        no: &[
            "(it|its|its only|just|only|it just)? (stays|stayed|stay|staying) (in one place|put|there|in the same place|where it is|the same)",
            "(its|it is)? (just|only) (there|here|in (one|the same|that) (place|spot)|in the one place)",
            "(solo|nomas) (ahi|aqui|en (un|el mismo) (lugar|sitio))",
        ],
        sure: 0.82,
    },
    Drift {
        asks: &[&["lost", "losing", "perdido", "bajado", "loss"], &["weight", "peso"]],
        yes: &[],
        no: &[
            "(ive|i have|i)? (put (on|it on)|gained|gaining|got fatter|been putting on) ..3",
            "(he)? (engordado|subido (de peso)?|ganado peso)",
            "(my weight|mi peso) (is|has|sigue|es) (the same|been the same|stayed|igual|stable)",
        ],
        sure: 0.84,
    },
    Drift {
        asks: &[&["gained", "gaining", "put", "subido", "engordado"], &["weight", "peso"]],
        yes: &[],
        no: &[
            "(ive|i have|i)? (lost|losing|been losing) ..3",
            "(he)? (adelgazado|bajado (de peso)?|perdido peso)",
        ],
        sure: 0.84,
    },
    Drift {
        asks: &[&["worse", "mas", "more"], &["when", "move", "walk", "eat", "cough", "al", "cuando"]],
        yes: &[],
        no: &[
            "(its|it is|it gets|gets|it feels|no)? better (when|if)? ..4",
            "(mejora|mejor) (cuando|al|si)? ..3",
            "(its|it is|about|just)? (the same|no different)",
            "(es|da|me da)? (igual|lo mismo)",
            "(doesnt|does not|no) (change|changes|matter|cambia) ..3",
        ],
        sure: 0.76,
    },
    Drift {
        asks: &[&["without", "sin"], &["help", "ayuda"]],
        yes: &[],
        no: &[
            "(only|just|solo)? (with|con) (a|my|un|una|mi)? (stick|cane|walker|frame|crutches|wheelchair|someone|somebody|help|baston|andador|muletas|silla|alguien|ayuda) ..3",
            "(i)? (need|use|require|have) (a|my|some)? (stick|cane|walker|frame|crutches|wheelchair|someone|somebody|help|zimmer) ..3",
            "(necesito|uso|llevo) (un|una|el|la)? (baston|andador|muletas|silla|ayuda|alguien) ..3",
        ],
        sure: 0.8,
    },
    Drift {
        asks: &[&["interpreter", "translator", "interprete", "traductor"]],
        yes: &["(me)? (vendria|iria) bien"],
        no: &[
            "(i|i can|can)? (manage|cope|get by)",
            "(im|i am|its)? (fine|okay|ok|good) (in|with) (english|spanish)",
            "(me defiendo|me las arreglo|me apano)",
            "entiendo (bien|todo|perfectamente|el idioma)",
        ],
        sure: 0.8,
    },
    Drift {
        asks: &[
            &["had", "puesto", "received", "recibido"],
            &["shot", "vaccine", "jab", "vaccination", "vacuna", "test", "screening"],
        ],
        yes: &[
            "(just|already|ive|i)? (had|got|done) (it|mine|that|one|them) ..2",
            "(ya)? me (la|lo) (puse|pusieron|hice|hicieron)",
        ],
        no: &[
            "(im|i am|i|well)? (getting|having|booked|due|going to (get|have)|will (get|have)) ..3 (next|tomorrow|soon|later) ..2",
            "(i)? (missed|forgot|skipped) (it|about it|mine|that)?",
            "(todavia|aun) no ..3",
        ],
        sure: 0.8,
    },
];

static PHRASES: LazyLock<Vec<Phrases<bool>>> = LazyLock::new(|| {
    let of = |drift: &Drift| {
        let mut phrases = Phrases::of(drift.yes, true);
        phrases.more(drift.no, false);
        phrases
    };
    DRIFTS.iter().map(of).collect()
});

/// Yes or no by the question's drift, where the answer says nothing plainer.
pub(super) fn by_drift(asked: &Asked, words: &[Word]) -> Option<Heard> {
    let at = |yes: bool, sure: f64, first: usize, last: usize| {
        Some(Heard::new(Value::Boolean(yes), sure, span(words, first, last)))
    };
    let says = |table: &[&str]| words.iter().any(|word| table.contains(&word.text.as_str()));
    let plain = says(&["yes", "yeah", "yep", "no", "nope", "si", "maybe"]);
    for (drift, phrases) in DRIFTS.iter().zip(PHRASES.iter()) {
        if !drift.asks.iter().all(|row| asked.says(row)) {
            continue;
        }
        let Some(found) = phrases.find(words).first().copied() else { continue };
        // "I'm not scared": a denied one says the opposite, or nothing.
        // An answering "no" ("uy no, llevo años viniendo") denies nothing that follows it.
        let answering = |at: usize| {
            words[at].text == "no"
                && (words[at].mark >= Mark::Comma
                    || at > 0 && HESITATION.contains(&words[at - 1].text.as_str()))
        };
        // "Nada más un café": only.
        let only =
            |at: usize| words[at].text == "nada" && words.get(at + 1).is_some_and(|next| next.text == "mas");
        let denied = (found.first.saturating_sub(2)..found.first)
            .any(|at| NEGATION.contains(&words[at].text.as_str()) && !answering(at) && !only(at));
        let own_no = NEGATION.contains(&words[found.first].text.as_str());
        let agrees = if found.means {
            says(&["yes", "yeah", "yep", "si"]) && !says(&["no", "nope", "maybe"])
        } else {
            says(&["no", "nope"]) && !says(&["yes", "yeah", "yep", "si", "maybe"])
        };
        if !own_no && (denied || plain && !agrees) {
            continue;
        }
        return at(found.means, drift.sure, found.first, found.last);
    }
    let last = words.len() - 1;
    if asked.alone() && says(&["vivo", "live", "living"]) && says(&["nadie", "nobody"]) {
        return at(true, 0.84, 0, last);
    }
    // "For sure", "please", and nothing else.
    if (1..3).contains(&last)
        && words[last].text == "sure"
        && words[last - 1].text == "for"
        && !says(NEGATION)
    {
        return at(true, 0.92, 0, last);
    }
    let please = |word: &Word| matches!(word.text.as_str(), "please" | "por" | "favor");
    if asked.request && words.iter().all(please) {
        return at(true, 0.85, 0, last);
    }
    None
}
