//! What is not an answer: "I don't know", "skip", "go back", "say that again", "I want a person".

use std::sync::LazyLock;

use super::answer::Kind;
use super::filler;
use super::said::{Found, Phrases, Table, Tongue, span};
use crate::redflag::words::Word;

/// How a phrase is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Meaning {
    kind: Kind,
    /// Whether it counts only where nothing else was said ("back", "what").
    alone: bool,
}

const fn says(kind: Kind) -> Meaning {
    Meaning { kind, alone: false }
}

const fn alone(kind: Kind) -> Meaning {
    Meaning { kind, alone: true }
}

const ENGLISH: Table<Meaning> = &[
    (
        says(Kind::Unknown),
        &[
            "(i)? (really|honestly|just)? (dont|do not|wouldnt|would not|didnt) (really|actually|exactly|even|quite|honestly|rightly)? know (exactly|really|sorry|offhand)?",
            "(i)? dont know (about)? (that|it|that one|this one)?",
            "dunno",
            "(i)? (dont|do not) no",
            "(ive|i have) (no|not any) idea",
            "(ive|i have|i got|got|have)? (absolutely|honestly)? no (earthly)? (idea|clue)",
            "(i)? (havent|havnt) (got)? (a|the) (clue|foggiest|faintest) (idea)?",
            "(im|i am)? (really|honestly)? not (really|entirely|quite|too|very|so|exactly|100 percent)? (sure|certain) (really|exactly|about that|about it|sorry|to be honest)?",
            "(im|i am)? (unsure|uncertain)",
            "(i)? (really)? (cant|cannot|can not|dont|do not|couldnt|wouldnt) (really|quite|exactly|honestly|rightly)? (remember|recall|say|tell you) (exactly|for sure|right now|offhand|off hand|sorry)?",
            "(i)? (cant|couldnt|could not|wouldnt) (really)? be (sure|certain)",
            "(i|ive|i have)? (completely)? (forget|forgot|forgotten) (it|that)?",
            "who knows",
            "beats me",
            "search me",
            "(your)? guess is as good as mine",
            "(its|that is|thats|it is)? (really|very|kind of)? hard to (say|tell|know)",
            "(its|that is|thats|it is)? difficult to (say|tell|know)",
            "it (escapes|slips) (me|my mind)",
            "it slipped my mind",
            "no way (of|to) (knowing|know)",
            "(i)? lost track",
            "(my)? mind (has|is|just)? (gone|went)? blank",
            "nobody (ever)? told me",
            "(they)? never told me",
            "(id|i would) have to (check|look|ask|think)",
            "my (wife|husband|daughter|son|mother|mom) (would|might) know",
        ],
    ),
    (
        says(Kind::Skip),
        &[
            "(lets|can we|could we|can i|could i|please|just|ill|i will|i want to|id like to|i would like to)? skip (to)? (it|this|that|this one|that one|the question|this question|that question|over it|over this|the next one)?",
            "(lets|can we|could we|please)? (move on|go on|keep going|carry on) (to the next (one|question)?)?",
            "(go|on)? (on)? to the next (one|question)",
            "next (question|one)",
            "move along",
            "(id|i would|i had|ill|i) (really|just|much)? (rather|prefer) not (to)? (say|answer|tell|tell you|discuss|talk about (it|that)|talk|share|share that|answer (it|that|this)|get into (it|that)|go into (it|that)|say right now)",
            "(id|i would)? prefer not to",
            "(id|i would)? rather not (thanks|thank you|if (thats|its) (ok|okay|all right|alright))",
            "(i)? (dont|do not|wont|will not) (really)? (want|wish|care|feel like|need) (to)? (answer|say|tell|talk|discuss|answering|saying|talking|share) ..4",
            "(im|i am)? not (going to|gonna|comfortable) (answer|answering|saying|say|talking|discussing|tell) ..4",
            "(i)? (dont|do not) feel comfortable (answering|saying|talking|with) ..3",
            "(thats|that is|its|it is)? none of your (business|concern)",
            "(thats|that is|its|it is) (private|personal)",
            "too personal",
            "leave (it|that|this|that one|this one) (blank|out|empty|for now)?",
            "no comment",
            "(ill|i will)? pass on (that|this|it) (one|question)?",
            "(lets|can we|we can|ill)? come back to (it|that|this) (one)? (later)?",
            "ask me (something else|another (one|question)|later)",
            "(can|could) i not answer (that|this|it)",
            "do i have to (answer|say)",
        ],
    ),
    (
        alone(Kind::Skip),
        &[
            "(i|ill|i will)? pass",
            "next",
            "skipping",
            "next please",
            "not answering",
            "continue",
            "ignore (that|this|it)",
            "forget it",
            "never mind",
            "nevermind",
        ],
    ),
    (
        says(Kind::Back),
        &[
            "(can|could) (you|we|i) (please)? go back ..6",
            "(lets|please|i want to|i need to|i wanna|id like to|i would like to|take me|take us|bring me|we need to|ill)? (go|going|get) back (one|a step|to (the)? (last|previous|first|other) (one|question|page|screen)|please)?",
            "(take|bring) (me|us) back ..4",
            "back (up one|one|please|a step|a question|to the (last|previous) (one|question))",
            "(the|to the|go to the)? previous (one|question|page|screen|answer)",
            "(the)? (one|question) before (that|this|it)?",
            "(i|can i|could i|let me|i want to|i need to|id like to|i would like to|i have to|i gotta)? (change|fix|correct|redo|edit) (my|that|the|what i) (last|previous|earlier|first|other|said)? (answer|one|response|question|before)?",
            "(i|ive) (think)? (i)? (made|pressed|hit|said|answered|gave|picked|put|clicked) (a|the|that|you)? (mistake|wrong one|wrong answer|wrong button|wrong thing) (on|in|with|to)? (the|my)? (last|previous|earlier)? (one|question|answer)?",
            "(i|that) (was|answered|got) (the)? (last|previous) (one|question|answer)? wrong",
            "(the|my) last (one|question|answer) (again)? (was wrong|please)?",
            "undo (that|it)?",
            "return to (the)? (last|previous) (one|question)?",
        ],
    ),
    (
        alone(Kind::Back),
        &["back", "previous", "go backwards", "backwards", "reverse", "last question", "the last one"],
    ),
    (
        says(Kind::Repeat),
        &[
            "(can|could|would|will) you (please)? (say|repeat|read|ask|explain|tell me) (that|it|this|the question|me)? ..5",
            "(can|could) you (please)? (repeat|explain|rephrase|clarify) ..4",
            "(please)? (repeat|rephrase) (that|it|this|the question|please|again|yourself)?",
            "(please)? say (that|it|again|what) (again|that again|please|one more time|once more|louder|slower)?",
            "(please)? (read|ask|say|tell me|play) (it|that|me|the question|that question|this question|question)? (to me)? (again|once more|one more time)",
            "(one|once) more (time)? (please)?",
            "come again",
            "run that by me (again)?",
            "(whats|what was|what is|whats) (that|the question|it|your question|this) (again|you said|about|asking|for)?",
            "what (did|do|was|were) (you) (say|ask|asking|saying|just say|mean|want)",
            "what (does|do|did|is|would) ..4 (mean|means|stand for)",
            "(i)? (dont|do not|didnt|did not|cant|cannot|can not|couldnt|could not|never|doesnt) (really|quite|even|fully|properly)? (hear|understand|follow|make out) ..6",
            "(i)? (dont|do not|didnt|did not|cant|cannot|can not|couldnt|could not|never) (really|quite|even|fully|properly)? (catch|get|see|hear) (you|that|it|what|this|the question|the first|the last|a word|any of (that|it|this)) (you)? (said|say|please|sorry|again|at all|properly|clearly)?",
            "(i)? (dont|do not|wouldnt|didnt) (really|even|quite)? (know|understand|see|get|remember) what (you|that|this|it|thats|its|youre|the question) ..5",
            "(i)? (dont|do not) know what (a|an|the) ..3 (is|are|means|mean)",
            "(i)? (dont|do not) know (that|this) word",
            "(im|i am) (not|having trouble) (following|understanding|hearing|with you|getting) ..4",
            "(not)? sure what (you|that|this|it|youre|thats) ..4 (mean|means|asking|is|said|saying)",
            "(im|i am) (a bit|a little|so|very|really)? (confused|deaf|lost|hard of hearing)",
            "(a (bit|little)|im|i am)? hard of hearing",
            "(my)? hearing (aid|isnt|is not) ..4",
            "(speak|talk) (up|louder|slower|more slowly|more clearly)",
            "(thats|youre|that is|that was|it was|its|you are)? too (quiet|fast|loud|low)",
            "(a (bit|little))? (louder|slower) (please)?",
            "(i)? missed (that|it|what|the) ..3",
            "(that)? (doesnt|didnt|makes no|does not) (make)? (any)? sense (to me)?",
            "what are (the|my) (options|choices|answers)",
            "what were (the|my) (options|choices|answers|they|those)",
            "how do you mean",
            "what (question|now)",
            "(i)? (beg)? your pardon",
            "(pardon|excuse) me",
            "what kind of ..3 (do you mean|you mean)",
            "(you|do you) mean (like)? what",
            "(sorry|huh|eh) what",
            "what sorry",
            "i have trouble hearing ..3",
            "is that a question",
            "what is it you want ..4",
        ],
    ),
    (
        alone(Kind::Repeat),
        &[
            "what",
            "huh",
            "pardon",
            "sorry",
            "sorry about that",
            "excuse me",
            "again",
            "repeat",
            "eh",
            "say what",
            "explain",
            "explain (that|it|please)",
            "how",
            "im sorry",
            "sorry again",
            "come on again",
            "whats that mean",
            "again please",
            "what again",
        ],
    ),
    (
        says(Kind::Person),
        &[
            "(talk|speak|talking|speaking|chat) (to|with) (a|an|the|some|one of the|somebody|someone|any|your|you)? ..2 (person|human|human being|nurse|doctor|somebody|someone|anybody|receptionist|staff|people|assistant|attendant|lady|man|girl|clerk|desk)",
            "(want|need|get|like|have|see|prefer|wanna|rather have|rather see) (me|to see|to have|to get|to speak to|to talk to)? (a|an|the|some|another)? (real|actual|live|proper|human)? (person|human|human being|someone|somebody|receptionist|staff member|member of staff|attendant|assistant|real one) (please|here|instead|now)?",
            "(a|an)? (real|live|actual|human) (person|human|being|operator|one)",
            "(i)? (need|want|could use) (some|a bit of|a little)? help (please|here|with (this|that|it|the machine|this thing))?",
            "(can|could|will|would) (someone|somebody|anyone|anybody|a person|you) (please)? (come)? (and)? (help|assist) (me|us)? ..4",
            "(call|get|fetch|find|send) (me|for|over|in)? (a|an|the|some)? (person|human|nurse|someone|somebody|receptionist|staff|help|front desk)",
            "(is there|are there) (a|an|any|some)? (person|someone|somebody|anyone|anybody|human|staff|people) ..8",
            "(i)? (cant|cannot|dont know how to|dont want to|do not want to|dont like|hate|wont|refuse to) (do|use|using|work|figure out|manage|talk to|talking to|speak to|deal with|operate) (with)? (this|that|a|the|these|it) (on my own|by myself|thing|machine|computer|robot|screen|tablet|kiosk|machines|computers|anymore)?",
            "(i)? (give up|am done with this|want out)",
            "(front desk|reception|customer service) (please)?",
            "not (a|this) (machine|robot|computer)",
            "(where is|wheres|where are) (the|a)? (person|receptionist|staff|lady|nurse|people|desk|front desk|girl)",
            "(someone|somebody|anyone|lady|girl|man|person|people) (at|from|in|behind) (the)? (desk|front|front desk|reception|counter|window)",
            "(a|can a) (human|person) (do|help|come|take) ..6",
            "(with|to|get|for) (the|a) (receptionist|nurse|front desk|reception desk)",
            "(rather|prefer) (to)? (talk|speak|deal) ..2 (with|to) ..3 (person|someone|human|somebody|nurse)",
        ],
    ),
    (
        alone(Kind::Person),
        &[
            "help",
            "person",
            "human",
            "operator",
            "agent",
            "receptionist",
            "nurse",
            "representative",
            "staff",
            "somebody",
            "someone",
            "a person",
            "help me",
            "a nurse",
            "assistance",
            "assistant",
            "a human",
        ],
    ),
];

const SPANISH: Table<Meaning> = &[
    (
        says(Kind::Unknown),
        &[
            "(la verdad|pues|yo|ay)? no (lo)? (se|sabria) (decir|decirle|decirte|exactamente|bien|con exactitud|la verdad)?",
            "nose",
            "no (lo)? se (exactamente|bien|muy bien|a ciencia cierta)?",
            "no (lo|me)? (recuerdo|acuerdo) (bien|ahora|muy bien|exactamente|de eso)?",
            "no (lo)? (puedo|podria) (recordar|recordarlo|acordarme|decir|decirle)",
            "(no tengo)? ni (la mas minima|la menor|la mas remota|puta)? idea",
            "no tengo (la menor|la mas minima|mucha)? idea",
            "no (estoy|estaria) (muy|del todo|tan|completamente)? segur*",
            "(quien sabe|vaya usted a saber|vete a saber|a saber|sepa dios|sabe dios|solo dios sabe)",
            "no lo tengo (claro|presente|a la mano)",
            "no tengo (claro|presente) eso",
            "(ya)? se me (olvido|ha olvidado|fue|escapa)",
            "(lo)? (olvide|he olvidado)",
            "(es)? dificil de (decir|saber)",
            "no (llevo|llevaba) la cuenta",
            "ni se",
            "desconozco (eso|ese dato)?",
            "no me han dicho",
            "tendria que (preguntar*|revisar*|ver|checar*|mirar*|buscar*)",
        ],
    ),
    (
        says(Kind::Skip),
        &[
            "(prefiero|preferiria|mejor) no (contestar*|responder*|decir*|hablar|comentar*|hacerlo|contesto|respondo|digo|hablo) (de|sobre)? (eso|esa|esta|esto|nada|esta pregunta|esa pregunta)?",
            "(podemos|puedo|quiero|quisiera|vamos a|me gustaria|se puede)? (saltar|omitir|pasar|dejar|saltarme|saltarnos|saltarla|saltarlo|omitirla|brincar|brincarla) (esta|esa|esto|eso|la|de|a la)? (pregunta|siguiente|blanco)?",
            "(salta|salte|saltala|saltalo|saltese|saltate|saltela|saltemos|saltemosla|omite|omita|omitela|brinca|brinquele|brincala|brinquela|brinquemela|saltemela) (esta|esa|esto|eso|la|a la)? (pregunta|siguiente)?",
            "(a|ir a|pasa a|pase a|pasemos a|vamos a|vaya a|ve a)? (la)? (siguiente|proxima) (pregunta|por favor)?",
            "(pasemos|siga|sigamos|avance|avancemos|adelantar) (a la|con la|adelante)? (siguiente|otra|proxima) (pregunta)?",
            "(pasemos|pasar) a otra (cosa|pregunta)",
            "no (quiero|deseo|quisiera|voy a|me apetece|pienso|me gustaria) (contestar*|responder*|decir*|hablar) (a|de|sobre)? (eso|esto|esta|esa|pregunta|nada)?",
            "no (quiero|deseo|quisiera|voy a|me apetece|pienso|me gustaria) (contestar*|responder*|decir*|hablar)",
            "no (me siento)? comod* (contestando|respondiendo|con (esa|esta|eso) (pregunta)?)",
            "(eso|esto|es)? (es)? (privado|personal)",
            "(eso)? no (es)? (de)? su (asunto|incumbencia)",
            "(no)? le importa eso",
            "(deja*|dejemos*|dejela) (en blanco|para despues|para luego|asi)",
            "(lo|la)? (dejamos|vemos) (para)? (despues|luego)",
            "(yo)? paso de (esta|esa|eso|responder)",
            "sin comentarios",
            "preguntame otra cosa",
        ],
    ),
    (
        alone(Kind::Skip),
        &[
            "paso",
            "siguiente",
            "otra pregunta",
            "pasar",
            "salta",
            "saltar",
            "omitir",
            "adelante siguiente",
            "continuar",
            "continua",
            "olvidelo",
            "olvidalo",
            "ignorar",
            "mejor no",
        ],
    ),
    (
        says(Kind::Back),
        &[
            "(puedo|podemos|podria|quiero|quisiera|me gustaria|vamos a|hay que|necesito)? (volver|regresar|regresarme|retroceder|ir) (hacia|para|a)? (atras|la (pregunta)? (anterior|de antes|pasada)|una (pregunta)? (atras)?)",
            "(vuelve|vuelva|volvamos|regresa|regrese|regresemos|retrocede|retroceda) (hacia|para|a|una|un)? (atras|paso|la|pregunta)? (pregunta)? (anterior|de antes|pasada|atras)? (por favor)?",
            "(para|hacia) atras",
            "(la|a la|ir a la|en la)? (pregunta|pantalla) (anterior|de antes|pasada)",
            "la (anterior|de antes)",
            "(puedo|quiero|quisiera|necesito|dejeme|dejame|me gustaria|tengo que|hay que)? (cambiar|corregir|modificar|arreglar) (mi|la|lo|lo que) (respuesta|anterior|ultima|dije|que dije|puse) (anterior|respuesta|antes|pasada)?",
            "me equivoque (en|de|con)? (la|lo)? (anterior|pregunta|respuesta|de antes|pasada)? (anterior)?",
            "(puse|dije|conteste|marque|di) mal (la anterior|la respuesta|la pasada|lo anterior|antes)",
            "un paso atras",
        ],
    ),
    (
        alone(Kind::Back),
        &[
            "atras",
            "volver",
            "regresar",
            "anterior",
            "regresa",
            "regrese",
            "vuelve",
            "vuelva",
            "deshacer",
            "la pregunta anterior",
        ],
    ),
    (
        says(Kind::Repeat),
        &[
            "(me)? (lo|la)? (puede|puedes|podria|podrias|quiere) (usted)? (por favor)? (repetir*|decir*|explicar*|volver a (decir*|leer*|preguntar*)|leer*|hablar) ..5",
            "(repita|repite|repitame|repiteme|repitamelo|repitemelo|repitelo|repitala|repetir|repitalo|repitemela|repitamela) (me)? (eso|la pregunta|por favor|otra vez|de nuevo)?",
            "(otra vez|de nuevo|una vez mas) (por favor)?",
            "(digame|dime|digamelo|dimelo|digalo|dilo|lea|lee|leame|leela|leala|pregunteme|preguntame) (eso|la pregunta|lo)? (otra vez|de nuevo|una vez mas)",
            "(como|que) (dijo|dice|dijiste|dices|ha dicho|me dijo|me dice|dijeron|pregunto|fue|es|era) (usted|eso|la pregunta)?",
            "que (fue)? (lo)? que (dijo|dice|dijiste|me dijo|pregunto|me pregunto)",
            "(no)? (se)? (que|a que) (significa|quiere decir|se refiere|te refieres|quieres decir) ..4",
            "que es (eso|esto|un|una|lo que) ..4",
            "no (le|te|lo|la|les|se|he|me|pude|puedo|alcance a|alcanzo a)? (lo)? (entiendo|entendi|entendido|entender|entenderle|escuche|escucho|escuchado|escuchar|escucharle|oigo|oi|oido|oir|oirle|comprendo|comprendi|comprender|capto) (bien|nada|muy bien|la pregunta|eso|lo que|que)? ..4",
            "no se (lo)? que (es|significa|quiere|me) ..4",
            "no (lo)? (se)? (oye|escucha|entiende) (bien|nada)?",
            "(cual|como) (era|es|fue) la pregunta",
            "(hable|habla|hableme|digalo|dilo) (mas|un poco mas)? (despacio|alto|fuerte|lento|claro|recio)",
            "(mas|un poco mas) (despacio|alto|fuerte|lento|claro|recio) (por favor)?",
            "(muy|va muy|habla muy|demasiado) (rapido|bajo|bajito|quedito)",
            "(estoy|soy|ando)? (un poco|medio)? (sord*|confundid*|perdid*)",
            "(expliqueme|explicame|explique|explica|aclareme|aclarame) (eso|la pregunta|por favor|mejor|otra vez)?",
            "no (me)? quedo claro",
            "(como|que) asi",
            "cuales son (las|mis) opciones",
            "(perdon|disculpe|disculpa) (que|como)",
            "a que se refiere ..4",
            "no oigo (bien|nada)?",
        ],
    ),
    (
        alone(Kind::Repeat),
        &[
            "como",
            "que",
            "mande",
            "mande usted",
            "perdon",
            "perdone",
            "disculpe",
            "disculpa",
            "eh",
            "diga",
            "digame",
            "como que",
            "y eso que",
            "que cosa",
            "otra vez",
            "repetir",
            "oiga",
            "como asi",
        ],
    ),
    (
        says(Kind::Person),
        &[
            "(hablar|platicar|comunicarme|conversar|hablo) (con|a) (una|un|la|el|alguna|algun)? (persona|alguien|enfermer*|doctor*|medico|recepcion*|humano|ser humano|emplead*|asistente|encargad*|senorita) ..3",
            "(quiero|necesito|prefiero|quisiera|busco|deme|traiga|llame|llamen|llama|llameme|llamen a|llame a|me puede llamar a|que venga) (a|ver a|que venga)? (una|un|la|el|al|alguna)? (persona|alguien|enfermer*|recepcion*|humano|ser humano|emplead*|asistente|encargad*|persona real)",
            "(una)? persona (de verdad|real|humana|de carne y hueso)",
            "(quiero|necesito|quisiera|ocupo) (un poco de|que me den)? (ayuda|que me ayud*|que alguien me ayude) (por favor|con esto|aqui)?",
            "(me)? (puede|puedes|podria|podrian|pueden) (alguien|usted)? (ayudar|ayudarme|atenderme|atender) (alguien|una persona|por favor)?",
            "(alguien|alguien que) (me)? (puede|podria|pueda) (ayudar*|atender*) (me)?",
            "(ayudeme|ayudame|ayudenme) (por favor)?",
            "(con|a) (la|el|una|un) (recepcionista|recepcion|enfermera|enfermero|senorita|encargada|encargado)",
            "que venga (alguien|una persona|una enfermera|la enfermera)",
            "(hay|esta) (alguien|alguna persona|una persona) (que|aqui|por|ahi|disponible|con)? ..5",
            "no (puedo|quiero|se|me gusta|se como)? (usar|hablar con|hacer|manejar|contestarle a|utilizar) (con)? (esto|esta|una|la|este|estas)? (maquina|pantalla|robot|computadora|aparato|tableta|cosa|maquinas)?",
            "(que)? me atienda (una persona|alguien|un humano)",
            "(un|al|el)? (ser)? humano",
            "donde esta (la|el) (senorita|recepcionista|enfermera|encargado)",
        ],
    ),
    (
        alone(Kind::Person),
        &[
            "ayuda",
            "recepcion",
            "recepcionista",
            "persona",
            "una persona",
            "operador*",
            "asistente",
            "alguien",
            "humano",
            "enfermera",
            "la enfermera",
            "socorro",
            "auxilio",
            "ayudeme",
        ],
    ),
];

/// "I never took it": no number to give, and to a yes-or-no question a no.
const NOT_TAKEN: [&[&str]; 2] = [
    &[
        "(i)? (havent|have not|never|didnt|did not|ive never|have never|ive not) (really|ever|even|actually)? (checked|check|measured|measure|weighed myself|took it|taken it|take it|counted|count|kept track|took my temperature|taken my temperature|take my temperature) (it|that|lately|recently)?",
        "(i)? (dont|do not) (have|own) a (thermometer|scale|scales|monitor)",
    ],
    &[
        "no (me)? (lo|la)? he (medido|tomado|contado|pesado|fijado|checado|revisado)",
        "no me (la|lo) (tome|medi|he tomado|he medido)",
        "no tengo (termometro|bascula|balanza)",
    ],
];

static NOT_TAKEN_PHRASES: LazyLock<[Phrases<()>; 2]> = LazyLock::new(|| {
    let compiled = |phrases| Phrases::of(phrases, ());
    [compiled(NOT_TAKEN[0]), compiled(NOT_TAKEN[1])]
});

/// Whether the patient says that what is asked for was never measured, and where.
pub(super) fn never_measured(words: &[Word], tongue: Tongue) -> Option<(u32, u32)> {
    let found = tongue.pick(&NOT_TAKEN_PHRASES[0], &NOT_TAKEN_PHRASES[1]).find(words);
    found.first().map(|found| span(words, found.first, found.last))
}

static PHRASES: LazyLock<[Phrases<Meaning>; 2]> =
    LazyLock::new(|| [Phrases::new(&[ENGLISH]), Phrases::new(&[SPANISH])]);

/// Words that may stand around a wish without making it something else.
const AROUND: &[&str] = &[
    "please",
    "sorry",
    "can",
    "could",
    "we",
    "you",
    "i",
    "id",
    "want",
    "to",
    "would",
    "like",
    "lets",
    "question",
    "this",
    "that",
    "one",
    "it",
    "the",
    "ok",
    "okay",
    "well",
    "thanks",
    "thank",
    "no",
    "yes",
    "yeah",
    "hey",
    "excuse",
    "me",
    "im",
    "por",
    "favor",
    "perdon",
    "disculpe",
    "no",
    "si",
    "esta",
    "esa",
    "pregunta",
    "la",
    "es",
    "que",
    "eso",
    "gracias",
    "lo",
    "siento",
    "mind",
    "afraid",
    "ay",
    "honest",
    "honestly",
    "sir",
    "madam",
    "doctor",
    "dear",
    "exactly",
    "anymore",
    "offhand",
    "hand",
    "ni",
    "modo",
    "may",
    "usted",
    "verdad",
    "again",
    "exactamente",
    "bien",
    "ahora",
    "mismo",
];

/// A wish that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    pub(super) kind: Kind,
    pub(super) span: (u32, u32),
    /// Its first and last word.
    pub(super) words: (usize, usize),
    /// Whether nothing else of meaning was said.
    pub(super) whole: bool,
    /// Whether it is one that counts only alone.
    pub(super) alone: bool,
    /// Words of meaning besides it.
    pub(super) left: usize,
}

/// The wish in the words, if there is one: the last of the strongest.
pub(super) fn wish(words: &[Word], tongue: Tongue) -> Option<Wish> {
    let found = tongue.pick(&PHRASES[0], &PHRASES[1]).every(words);
    let found: Vec<_> = found.into_iter().filter(|found| !excused(words, found, tongue)).collect();
    let mut covered = vec![false; words.len()];
    for found in &found {
        (found.first..=found.last).for_each(|word| covered[word] = true);
    }
    for (word, covered) in words.iter().zip(&mut covered) {
        *covered |= AROUND.contains(&word.text.as_str());
    }
    let left = filler::left_over(words, &covered, tongue);
    let rank = |found: &&Found<Meaning>| match (found.means.kind, found.means.alone) {
        (Kind::Person, false) => 6,
        (Kind::Repeat, false) => 5,
        (Kind::Back | Kind::Skip, false) => 4,
        (Kind::Unknown, _) => 3,
        (Kind::Repeat, true) => 1,
        _ => 2,
    };
    let best = found.iter().max_by_key(rank)?;
    // "back", "what", "next" mean it only where they are all that was said.
    let others = words
        .iter()
        .enumerate()
        .filter(|(index, word)| {
            !found.iter().any(|found| found.covers(*index))
                && !AROUND.contains(&word.text.as_str())
                && !filler::HESITATION.contains(&word.text.as_str())
        })
        .count();
    if best.means.alone && others > 0 {
        return None;
    }
    Some(Wish {
        kind: best.means.kind,
        span: span(words, best.first, best.last),
        words: (best.first, best.last),
        whole: left == 0,
        alone: best.means.alone,
        left,
    })
}

/// "I don't, no" is no "I don't know"; Spanish "no se me quita" no "no sé".
fn excused(words: &[Word], found: &Found<Meaning>, tongue: Tongue) -> bool {
    let next = words.get(found.last + 1).map_or("", |word| word.text.as_str());
    let parted = found.last > found.first
        && words[found.last].text == "no"
        && words[found.last - 1].mark >= crate::redflag::words::Mark::Comma;
    parted && found.means.kind == Kind::Unknown
        || tongue == Tongue::Spanish
            && found.means.kind == Kind::Unknown
            && words[found.last].text == "se"
            && matches!(
                next,
                "me" | "te" | "le" | "les" | "nos" | "quita" | "puede" | "va" | "siente" | "ve" | "pasa"
            )
}

#[cfg(test)]
mod tests {
    use super::super::said::words_of;
    use super::*;

    fn kind(text: &str, tongue: Tongue) -> Option<Kind> {
        wish(&words_of(text), tongue).filter(|wish| wish.whole).map(|wish| wish.kind)
    }

    #[test]
    fn english_wishes_are_told_apart() {
        for (text, expected) in [
            ("I don't know", Kind::Unknown),
            ("um no idea sorry", Kind::Unknown),
            ("I'm not really sure to be honest", Kind::Unknown),
            ("i can't remember", Kind::Unknown),
            ("skip", Kind::Skip),
            ("can we skip this one please", Kind::Skip),
            ("I'd rather not say", Kind::Skip),
            ("next question", Kind::Skip),
            ("go back please", Kind::Back),
            ("I made a mistake on the last one", Kind::Back),
            ("can you say that again", Kind::Repeat),
            ("sorry what was that", Kind::Repeat),
            ("I don't understand the question", Kind::Repeat),
            ("what does that mean", Kind::Repeat),
            ("pardon", Kind::Repeat),
            ("I didn't hear you", Kind::Repeat),
            ("I want to talk to a person", Kind::Person),
            ("can I speak to a nurse please", Kind::Person),
            ("can someone help me", Kind::Person),
            ("I don't know what that means", Kind::Repeat),
        ] {
            assert_eq!(kind(text, Tongue::English), Some(expected), "{text}");
        }
    }

    #[test]
    fn spanish_wishes_are_told_apart() {
        for (text, expected) in [
            ("no sé", Kind::Unknown),
            ("pues no me acuerdo", Kind::Unknown),
            ("ni idea", Kind::Unknown),
            ("prefiero no contestar", Kind::Skip),
            ("la siguiente pregunta", Kind::Skip),
            ("quiero volver atrás", Kind::Back),
            ("¿me lo puede repetir?", Kind::Repeat),
            ("no le entendí", Kind::Repeat),
            ("¿mande?", Kind::Repeat),
            ("¿qué significa eso?", Kind::Repeat),
            ("quiero hablar con una persona", Kind::Person),
            ("necesito ayuda", Kind::Person),
        ] {
            assert_eq!(kind(text, Tongue::Spanish), Some(expected), "{text}");
        }
        assert_eq!(kind("no se me quita", Tongue::Spanish), None);
    }

    #[test]
    fn an_answer_with_such_a_word_in_it_is_no_wish() {
        for text in ["my back hurts", "I'm back at work", "what I have is a cough", "next to my elbow"] {
            assert_eq!(kind(text, Tongue::English), None, "{text}");
        }
    }
}
