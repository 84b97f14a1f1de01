//! What people say instead of yes and no.

use super::super::said::Table;

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The bare word.
    Yes,
    No,
    /// A short sentence that answers by itself: "I do", "not at all".
    Plainly(bool),
    /// "I think so", "I don't think so", "not really".
    Hedged(bool),
    /// "Now and then": yes, whatever stood before it.
    Sometimes,
    /// "Hardly ever", "maybe": could be either.
    Doubtful(bool),
    /// "I used to", "I quit": no longer.
    Formerly,
    /// "Not since Tuesday": before, and no longer.
    NotSince,
    /// "Years ago": perhaps no longer.
    LongAgo,
    /// "No problem": yes to a request.
    Allows,
    /// "I'd rather not": no to a request.
    Refuses,
    /// "It's the first time": no to "ever before", yes to "the first".
    First,
    /// "Same as always": no to what asks for a change.
    Same,
    /// What recognition writes of a short "no".
    Slip,
    /// "No, thank you" and the like carry what they begin with; words in here mean nothing more.
    Nothing,
}

pub(super) const ENGLISH: Table<Cue> = &[
    (
        Cue::Same,
        &[
            "(still)? (the)? same (as|one|thing)? (always|usual|before|ever|old|it was)?",
            "(nothings|nothing has|nothing is|nothing) (changed|different|new)",
            "(no change|unchanged|like always|as always|as usual)",
        ],
    ),
    (
        Cue::First,
        &[
            "(its|it is|this is|this one is|it was|that was|this was)? (my|the|a)? (very)? first (time|visit|one|ever) (ever)?",
        ],
    ),
    (Cue::Slip, &["(know|noe|noh|nough)"]),
    (
        Cue::Yes,
        &[
            "(yes|yeah|yep|yup|yah|yea|ya|aye|yessir|yeh|yass|ye|si)",
            "(uh|mm|um|mmm|m) (huh|hmm|hm)",
            "(mhm|mmhmm|mhmm|mmhm|uhhuh)",
        ],
    ),
    (Cue::No, &["(no|nope|nah|naw|nay|noo|nooo|negative)", "(uh|nuh|unh) uh", "(uhuh|nuhuh)"]),
    (
        Cue::Plainly(true),
        &[
            "(sure|definitely|absolutely|certainly|indeed|totally|obviously|exactly|affirmative|correct|surely|always|constantly|frequently|often|regularly)",
            "(sure|definitely|absolutely|certainly) (do|am|have|did|is|does|can|was)",
            "(true|right|y)",
            "of course (i do|i am|i have|i can|you can|you may)?",
            "(thats|that is) (right|correct|true|so)",
            "youre right",
            "i (really|sure|certainly|definitely|still|actually|always|most certainly)? (do|am|did|have|can|was|would|could|will|should)",
            "(it|she|he) (really|sure|certainly|definitely|still|actually|always)? (does|is|did|has|was|will|can)",
            "(they|we) (really|sure|certainly|definitely|still|actually|always)? (do|are|did|have|were|can|will)",
            "there (is|are|was|were|has been)",
            "(all|most of|much of) the time",
            "(every|each) (day|night|morning|evening|week|time|hour|single day|single night)",
            "(a lot|lots|plenty|very much|very|heaps|loads|tons|quite a bit|quite a lot|a good bit|a great deal|a fair bit|most days|daily|too much|extremely)",
            "(my whole|all my) life",
            "you bet",
            "(go|right) ahead",
            "(please|yes) do",
            "(id|i would) (like|love|appreciate) (that|to|it)",
            "(im|i am) (allergic|pregnant|diabetic|asthmatic)",
            "guilty",
            "(trying|want|tried|need|going|hoping|planning|wanting) to (quit|stop|cut down|cut back|give (it|them) up|give up)",
            "cutting (down|back)",
            "(its|it is|thats|that is)? (not|isnt) (impossible|out of the question|unlikely)",
            "(i)? (cant|couldnt|wouldnt) (really)? say (that)? (i|it|they|he|she|we) (dont|doesnt|didnt|isnt|arent|havent|hasnt|wasnt|am not|cant|never)",
            "(its|it is|thats) not (like|as if|that) ..2 (dont|doesnt|never|havent|didnt)",
            "(i)? (dont|cant|do not|cannot) see why not",
            "why (wouldnt|shouldnt|not)",
            "afraid so",
            "i (had|have|got|did have|have had) (one|some)",
            "(too|damn) right",
        ],
    ),
    (
        Cue::Plainly(false),
        &[
            "(thats|that is) (it|all|everything|about it|about all)",
            "(eso es|es) todo",
            "(sure|certainly|definitely|really|just|actually|still|honestly) (dont|havent|didnt|doesnt|isnt|wasnt|cant|wont|do not|have not|did not)",
            "(havent|havnt|didnt|hasnt|have not|did not)",
            "(false|untrue|incorrect|impossible|imposible|n)",
            "not a (drop|bit|thing|chance|soul|one)",
            "(not|none) (at all|whatsoever|one bit|in the least|in the slightest|even a little)",
            "(absolutely|definitely|certainly|of course|surely|thankfully|thank god|thank goodness|fortunately|luckily|obviously|positively) (no|not|none|never|nothing)",
            "no (way|sir|maam|chance|never|none|not)",
            "(hell|heck|god) no",
            "never (ever|have|had|did|been|happened|once)?",
            "not (ever|once|currently|presently|yet|now|right now|today|this time|any|anymore|any more|any longer|at the moment|at this time|me|that i remember|that i recall|anything|anyone|lately|recently|in years)",
            "(none|nothing|nobody|neither|nowhere|nada|zero|zilch)",
            "(none|nothing) (of (that|those|them|these|the above)|like that|comes to mind|that i (know|can think|remember|recall) (of)?|to (report|speak of|mention|worry about))",
            "i (really|honestly|certainly|definitely|just|still|actually|currently|personally)? (dont|do not|havent|have not|didnt|did not|wasnt|was not|cant|cannot|can not|wont|will not|wouldnt|couldnt|havnt|aint|never have|never did|never do|have never|never had|shouldnt)",
            "(im|i am) (really|honestly|certainly|definitely|just|still|actually)? not",
            "(it|he|she|that) (really|still|just|certainly|actually)? (doesnt|does not|isnt|is not|didnt|did not|hasnt|has not|wasnt|was not|wont|cant|never has|never does)",
            "(its|thats) (not|never)",
            "(they|we) (really|still|just)? (dont|do not|arent|are not|didnt|did not|havent|have not|cant|werent)",
            "there (isnt|is not|is no|arent|wasnt|are no|was no|is nothing|is none)",
            "no longer",
            "not (any|one) (of|that|at all) ..3",
            "no (problems|trouble|issues|complaints|concerns|symptoms|changes|change) (there|at all|with that|like that|really)?",
            "(on the contrary|the opposite|quite the opposite|quite the contrary|other way around|the other way round)",
            "(i)? (cant|couldnt) (really)? say (that)? (i|it|they|he|she|we) (do|does|did|is|am|are|have|has|was|can)",
            "(they|he|she|doctor|we|i) (took|taken|came|went|got|switched|weaned) (me|myself)? off (of)? ..2",
            "(been|im|i am|came|gone|ive been)? off (everything|all of (it|them)|them all|all my medicines|all my meds)",
            "(been)? (sober|teetotal|abstinent|in recovery)",
            "without (any)? (trouble|problems|problem|difficulty|issues)",
            "i (had|have|got|get|feel|take|use|see) (none|nothing|no)",
            "(im|i am)? (a)? non (smoker|drinker)",
            "(teetotal|teetotaller)",
        ],
    ),
    (
        Cue::Hedged(true),
        &[
            "(i)? (think|believe|guess|suppose|imagine|reckon|suspect|fear|would say|d say|hope|expect|assume) (so|yes|yeah)",
            "id (say|think|imagine) (so|yes|yeah)",
            "(i)? (think|believe|guess|suppose|reckon) (that)? (i|it|they|he|she|we) (probably)? (do|does|am|is|have|has|did|can|was|might have|may have|could|might)",
            "(mostly|mainly|largely|usually|normally|generally|for the most part|most of it|by and large)",
            "(probably|likely|most likely|very likely|more than likely|presumably|apparently|more or less|pretty much|kind of|kinda|sort of|sorta|somewhat|slightly|a bit|a little|a little bit|a tad|a touch|to some extent|to a degree|in a way|partly|partially|up to a point|basically|mildly|occasional|moderately)",
            "(im|i am)? (afraid|pretty sure|fairly sure|almost certain|quite sure) (so|i do|i have|i am|yes)?",
            "(seems|looks|sounds) (so|like it|that way)",
            "i (would|might|may|could) say (so|yes)",
            "kind of (yes|yeah)",
            "some (of it|of them|of those|days|trouble|difficulty)?",
            "i have been",
            "i (do|am|have) (a (bit|little))",
            "yes and no",
        ],
    ),
    (
        Cue::Hedged(false),
        &[
            "not (really|especially|particularly|exactly|normally|usually|generally|typically|necessarily|specifically|in particular|that i know (of)?|that im aware (of)?|that i am aware (of)?|that i (noticed|can think of|can tell|can remember|have noticed|ve noticed)|so far|to my knowledge|as far as i (know|can tell|am aware|remember)|for a (long time|while|few years|few months)|for years|in a (long time|while)|in (years|months|ages)|very much|so much|much|likely|a lot|that much|too much|as such|per se|lately)",
            "(i)? (really|honestly)? (dont|do not|wouldnt|would not|didnt) (really|quite|actually)? (think|believe|suppose|guess|imagine|reckon|say) (so|i do|i have|i am|i did|it is|it does|i was|i would|i can|it was|it has|that|i|any|its|im|ive|theres|there is)",
            "dont think so",
            "(i)? (think|believe|guess|suppose|reckon) (not|no)",
            "id (say|think) (no|not)",
            "(probably|likely|most likely|apparently|presumably|hopefully|generally|usually|mostly) (not|no)",
            "(i)? (highly|really|very much|kind of)? doubt (it|that|so)",
            "(hope|hopefully|guess|afraid) not",
            "i (cant|couldnt) say (that)? (i|it)? (do|have|am|did|has|does|is)?",
            "nothing (really|much|major|serious|special|significant|unusual|out of the ordinary|new|in particular|i can think of)",
            "no (not)? (really|more than usual|more than normal)",
            "as far as i know (no|not|im not|i dont|i havent)",
            "unlikely",
            "i wouldnt (say|think|call it) (so|that)?",
        ],
    ),
    (
        Cue::Sometimes,
        &[
            "(sometimes|occasionally|periodically|intermittently|sporadically|socially)",
            "(every|each) (now|once) (and|in) (again|then|a while|awhile)",
            "(every)? now and (again|then)",
            "once (in|every) (a while|awhile|a blue moon|so often|in a while)",
            "(every so often|here and there|on occasion|from time to time|time to time|at times|on and off|off and on|comes and goes|it comes and goes|a few times|a couple of times|once or twice|a couple times|several times|many times|now and then|some days|some nights|some mornings|some of the time|most of the time|more often than not|certain times|at night sometimes)",
            "(once|twice|three times|a few times|a couple of times|couple of times) (a|per|each|every) (day|week|month|year|night)",
            "(on|at) (the)? (weekends|weekend)",
            "it (depends|varies)",
        ],
    ),
    (
        Cue::Doubtful(false),
        &[
            "(almost|hardly|barely|scarcely|practically) (none|nothing|no|anything|any)",
            "not (often|always|every day|that often|very often|so often|too often|all the time|too bad|so bad|that bad|quite)",
            "i (feel|am|im) (fine|okay|ok|good|great|well|all right|alright)",
            "(ive|i have) (been|felt) (fine|okay|ok|good|great|well|all right|alright|normal)",
            "im (fine|okay|ok|good|great|well|all right|alright)",
            "(everything is|everythings|theyre|all) (fine|okay|ok|good|all right|alright|normal|great)",
            "not (sure|certain) (that)? i (do|have|am)",
        ],
    ),
    (
        Cue::Doubtful(true),
        &[
            "(hardly|rarely|barely|scarcely|seldom|hardly ever|very rarely|barely ever|just barely|very little|almost never)",
            "(maybe|perhaps|possibly|could be|might be|may be|potentially|it could|it might|i might|i may|i could be|it may|might have|may have|could have)",
            "borderline",
            "(i)? (cant|couldnt|wouldnt) (completely|totally|really)? rule (it|that) out",
            "i wonder",
        ],
    ),
    (
        Cue::Formerly,
        &[
            "(i)? used to",
            "(im|i am)? (an|a)? (ex|former) (smoker|drinker|user|addict|alcoholic)",
            "(i|ive|i have|we)? (quit|stopped|gave (it|that|them|up) (up)?|given (it|that|them|up) (up)?|packed it in|kicked it|kicked the habit)",
            "(not)? (anymore|any more|any longer)",
            "(its|it) (stopped|went away|gone away|has stopped|gone|cleared up)",
        ],
    ),
    (Cue::NotSince, &["not since"]),
    (
        Cue::LongAgo,
        &[
            "(in the past|years ago|a long time ago|when i was (younger|young|a kid|a child|little|at school|in college)|back in the day|as a (kid|child|teenager)|back then|once upon a time)",
        ],
    ),
    (
        Cue::Allows,
        &[
            "no (problem|problems|worries|objection|objections|bother|issue)",
            "(thats|that is|thatd be|that would be|its|it is|sounds|thats perfectly|that will be)? (fine|okay|ok|good|great|perfect|alright|all right|lovely|wonderful) (by me|with me|for me)?",
            "(i|we)? (dont|do not|wouldnt|wont) mind (at all|that)?",
            "(doesnt|does not|wont|wouldnt|dont) bother me",
            "(i)? (have)? no objection",
            "why not",
            "feel free",
            "if (you (like|want|need to|must|have to)|necessary|needed|you wouldnt mind|you dont mind)",
            "(by all means|be my guest|please|you may|you can|call me|text me|text is (fine|better|best)|sure thing)",
            "(id|i would) (like|love|appreciate|prefer) (that|it|to|a call|a text|one)",
        ],
    ),
    (
        Cue::Refuses,
        &[
            "(id|i would|i had) (really|much)? rather (you didnt|you did not|not)",
            "(id|i would|i) prefer (you didnt|you did not|that you (dont|didnt)|not|if you (didnt|dont))",
            "(please|better|best) (dont|do not|not)",
            "(no|not) (thanks|thank you|interested|comfortable|for me|necessary|needed)",
            "dont (call|text|contact|bother)",
            "(id|i would) prefer not to",
        ],
    ),
    (
        Cue::Nothing,
        &[
            "not (only|just)",
            "(yes|yeah|no|well)? you know",
            "dont get me wrong",
            "if (i do|i am|i have|it does|it is) ..6",
            "(as|so) far as (i know|im aware|i am aware|i can tell|i remember)",
            "to be (honest|fair)",
            "what i do (is|have)",
            "i do (not|nt)",
            "no (doubt|question) (about it)?",
            "why do you ask",
            "(its|it is|that is|thats|was|it was) (not|no) (too)? (bad|big deal|biggie)",
            "cant (complain|wait|help|stop|stand)",
            "no matter what ..2",
            "no more than ..3",
            "not that (bad|much|often|many)",
            "never mind",
            "for sure",
        ],
    ),
];

pub(super) const SPANISH: Table<Cue> = &[
    (
        Cue::Same,
        &[
            "(sigue|sigo|peso|es|esta|todo)? (lo|el|la)? (mismo|misma|igual) (que siempre|de siempre|que antes)?",
            "(nada ha|no ha) cambiado",
            "como siempre",
        ],
    ),
    (Cue::First, &["(es|fue|era)? (la|mi)? primera (vez|visita)"]),
    (
        Cue::Yes,
        &["(si|sip|sii|siii|simon|aja|yes|sep|ey|see|seh)", "(mjm|mhm|mmhm|aha)", "(uh|mm|um) (hum|hmm|huh)"],
    ),
    (Cue::No, &["(no|nop|nope|noo|nel|nones|nah|nooo)"]),
    (
        Cue::Plainly(true),
        &[
            "(claro|exacto|correcto|exactamente|efectivamente|definitivamente|seguro|siempre|afirmativo|obvio|obviamente|bastante|muchisimo|muchisimas|constantemente|diario|diariamente|frecuentemente|seguido|ciertamente|evidentemente|cierto|naturalmente|positivo|asi mero|cabal)",
            "(claro|pues claro|desde luego|por supuesto) (que si|que|si)?",
            "(ya lo creo|y tanto|que si|alguna vez|alguna que otra)",
            "(por supuesto|desde luego|sin duda|como no|asi es|eso es|asi mismo|de hecho si|a huevo|a cada rato|muchas veces|a menudo|cada rato|con frecuencia|a diario|muy seguido|casi siempre|de acuerdo)",
            "(si|claro) que si",
            "(todos|todas) (los|las) (dias|noches|mananas|semanas|tardes)",
            "(todo|casi todo) el (tiempo|dia)",
            "cada (dia|noche|manana|semana)",
            "(mucho|mucha|muchos|muchas|demasiado|un monton|montones|mucho mas|muy)",
            "toda la vida",
            "(si|yo si|eso si|a mi si|tambien) (tengo|he|soy|puedo|estoy|me|fumo|tomo|bebo|duele|da|hay|lo|la|siento|padezco|uso|sufro)",
            "yo si",
            "no (es|seria) imposible",
            "(tratando de|intentando|quiero|voy a|estoy por) (dejarlo|dejar|dejarla)",
            "no (veo|veria) (por que|porque) no",
            "(soy|estoy) (alergic*|embarazad*|diabetic*|asmatic*)",
        ],
    ),
    (
        Cue::Plainly(false),
        &[
            "(para|pa) nada",
            "(imposible|falso|n)",
            "ni (una gota|tantito|un poco|uno solo|una sola)",
            "(al|todo lo|lo) contrario",
            "(me|nos) (lo|la|los|las) (quitaron|suspendieron|retiraron|cambiaron)",
            "(en|de) (absoluto|ninguna manera|ningun modo|ninguna forma)",
            "(nunca|jamas|tampoco|ninguno|ninguna|ningun|nada|nadie|negativo|ningunos)",
            "(nunca|jamas) (en la vida|en mi vida|he|me ha|lo he|tuve|antes)",
            "(claro|por supuesto|desde luego|definitivamente|seguro|obvio) (que)? no",
            "(que va|ni hablar|ni loc*|ni de broma|ni modo que si|ni pensarlo|ni uno|ni una|ni nada)",
            "(ya|todavia|aun|aqui|ahora|ahorita|hoy|por ahora|por el momento|de momento|actualmente|hasta ahora) no",
            "no (todavia|aun|por ahora|por el momento|ahora|ahorita|hoy|ya no|nunca|jamas|nada|ninguno|ninguna|tampoco|para nada)",
            "yo no",
            "(no|nunca) (tengo|he|soy|puedo|estoy|me|fumo|tomo|bebo|duele|da|hay|lo|la|le|siento|padezco|uso|sufro|tuve|tenia|ha|han|hubo|es|esta|fue|tomo|consumo|quiero|noto|note|he tenido|se me)",
            "sin (problema|problemas) (para)? (respirar|comer|dormir|tragar|caminar)",
            "no (hay|tengo|veo|siento) (nada|ninguno|ninguna)",
            "(nada|ninguna) de (eso|esas|ellas|ellos|esos|nada)",
            "ya no",
            "(soy)? no (fumador|fumadora|bebedor|bebedora)",
        ],
    ),
    (
        Cue::Hedged(true),
        &[
            "(yo|me)? (creo|parece|supongo|imagino|pienso|diria|temo) (yo)? que (si|tengo|estoy|soy|es)",
            "(creo|supongo|imagino|diria|pienso) (si|yo)",
            "(mas que nada|la mayor parte|en general si|por lo general|generalmente|normalmente|casi siempre|mayormente)",
            "(probablemente|posiblemente si|seguramente|lo mas probable|lo mas seguro|mas o menos|un poco|un poquito|poquito|algo|tantito|un tanto|ligeramente|en parte|en cierto modo|digamos que si|parece que si|eso parece|medio|a medias|hasta cierto punto|un tantito|un pelin|ligero|ligera|leve)",
            "yo diria",
            "si y no",
        ],
    ),
    (
        Cue::Hedged(false),
        &[
            "(yo)? (creo|me parece|supongo|imagino|diria|pienso|espero) que no",
            "(yo)? (no creo|no lo creo|no me parece|lo dudo|no pienso|no diria) (que (si|tenga|sea|este|haya))?",
            "no (realmente|mucho|tanto|especialmente|exactamente|precisamente|en particular|particularmente|que yo sepa|que sepa|que recuerde|que yo recuerde|que me acuerde|que me haya dado cuenta|normalmente|generalmente|en general|del todo|muy seguido|tan)",
            "que yo (sepa|recuerde) no",
            "(hasta donde (yo)? se|hasta donde recuerdo) no",
            "(probablemente|posiblemente|seguramente|lo mas probable es que|parece que|la verdad|la verdad es|la verdad que|pues|igual|normalmente) (que)? no",
            "nada (grave|serio|especial|en particular|importante|raro|del otro mundo|nuevo)",
        ],
    ),
    (
        Cue::Sometimes,
        &[
            "(a veces|en ocasiones|algunas veces|ocasionalmente|de vez en cuando|de cuando en cuando|cada cuando|de repente|de tanto en tanto|esporadicamente|una que otra vez|alguna que otra vez|unas veces|por momentos|por ratos|a ratos|va y viene|hay veces|hay dias|algunos dias|ciertas veces|por temporadas|por epocas|rara vez que si|depende|segun|muy de vez en cuando|una vez al ano|las mas de las veces|un par de veces|unas cuantas veces|varias veces|algunas noches)",
            "(una|dos|tres|un par de|varias|unas) (vez|veces) (al|a la|por) (dia|semana|mes|ano)",
            "(los|en) (fines de semana|fin de semana)",
        ],
    ),
    (
        Cue::Doubtful(false),
        &[
            "(casi nada|no siempre|no todos los dias|no tan seguido|no muy seguido|no mucho pero|pocas veces)",
            "(estoy|me siento|me encuentro|todo) (bien|muy bien|normal|perfecto|perfectamente)",
        ],
    ),
    (
        Cue::Doubtful(true),
        &[
            "(casi nunca|rara vez|raramente|muy raro|muy poco|poco|apenas|raras veces|pocas veces|muy rara vez)",
            "(tal vez|quiza|quizas|puede ser|puede que si|puede que|posiblemente|a lo mejor|es posible|podria ser|podria estar|igual si|chance|capaz)",
        ],
    ),
    (
        Cue::Formerly,
        &[
            "(lo|la)? (deje|he dejado|habia dejado|dejado) (de)?",
            "(ya)? se me (quito|paso|fue|ha quitado|ha pasado)",
            "(ya lo deje|lo abandone|solia)",
            "(fumaba|bebia|tomaba|tenia)",
            "(soy)? (ex|exfumador|exfumadora|ex fumador|ex fumadora|ex bebedor)",
        ],
    ),
    (Cue::NotSince, &["(no|ya no) desde"]),
    (
        Cue::LongAgo,
        &[
            "(antes|de joven|de nino|de nina|de chico|de chica|hace (muchos)? anos|hace mucho|en el pasado|hace tiempo|cuando era (joven|nino|nina|chico|chica))",
        ],
    ),
    (
        Cue::Allows,
        &[
            "(no hay|sin|ningun|no tengo|no veo|no es) (ningun)? (problema|inconveniente|pena|molestia)",
            "no (me)? (importa|molesta|molestaria|importaria)",
            "(me parece|esta|estaria|todo)? (bien|vale|ok|okay|perfecto|genial|muy bien|excelente|bueno)",
            "(adelante|dele|claro adelante|cuando (quiera|guste|gusten|quieran)|como (quiera|guste|gusten|quieran)|por favor|con (mucho)? gusto|encantad*|me encantaria|me gustaria|si quiere|si gusta|pueden|puede|llamen*|llameme|ningun problema)",
        ],
    ),
    (
        Cue::Refuses,
        &[
            "(mejor|prefiero|preferiria) (que)? no",
            "no (gracias|me gustaria|quiero|quisiera|es necesario|hace falta|deseo|me interesa)",
            "que no me (llamen|llame|contacten|escriban)",
        ],
    ),
    (
        Cue::Nothing,
        &[
            "no (solo|solamente|nomas)",
            "(no)? (es que|o sea|verdad)",
            "nada mas (que)?",
            "(ni)? modo",
            "a lo mejor si",
            "no (es)? (tan)? (grave|malo|fuerte)",
            "que si",
            "si (como|tomo|camino|hago|subo|me|no|es que|la|lo|corro|toso|respiro|estoy|quiere|gusta|le) (me|mucho|por|rapido|escaleras|la|a|acuesto|muevo|agacho|siento)",
        ],
    ),
];
