//! Everyday words for usual options: what stands on the button, and what people say instead.
//!
//! Other than in `concepts` and `others` the two are told apart: "half of what I used to" means the button "Less than usual",
//! and no button is known by such words.

/// A meaning of a button.
pub(super) struct Everyday {
    /// What the button says.
    pub(super) button: &'static [&'static str],
    /// What people say for it.
    pub(super) said: &'static [&'static str],
}

const fn row(button: &'static [&'static str], said: &'static [&'static str]) -> Everyday {
    Everyday { button, said }
}

/// Words as they are spoken or misspelled, and as they are written.
pub(super) const SPELLED: &[(&str, &str)] = &[
    ("guasap", "whatsapp"),
    ("guatsap", "whatsapp"),
    ("wasap", "whatsapp"),
    ("wassap", "whatsapp"),
    ("watsap", "whatsapp"),
    ("whatsap", "whatsapp"),
    ("guasa", "whatsapp"),
    ("guats", "whatsapp"),
    ("wats", "whatsapp"),
    ("whats", "whatsapp"),
];

pub(super) const EVERYDAY: &[Everyday] = &[
    // Smoking
    row(
        &["(current|currently|smoke now|i smoke|current smoker|still smoke|fumo|fumador actual)"],
        &[
            "(#|one|a couple|a few|half a pack|a pack|pack|un paquete|una cajetilla|media cajetilla|uno|un par) (of)? (cigarettes|cigs|smokes|fags|rollies|packs|roll ups|cigarros|cigarrillos|puchos|tabacos)? (a|per|each|every|al|por|diarios|cada) (day|dia)?",
            "(pack|packet) (and a half)? a day",
            "(#|uno|un par) diari*",
            "(still|sigo) (smoking|smoke|at it|do|on them|puffing|fumando|con el vicio)",
            "(trying|need|want|tried) to (quit|stop|cut down|give (it|them) up|pack it in)",
            "(cut|cutting|cut it) (down|back) ..3",
            "(roll my own|rollies|like a chimney|como chimenea)",
            "(me fumo|fumo) ..4",
        ],
    ),
    row(
        &["(former|ex smoker|exsmoker|ex|used to|quit|stopped|exfumador*|dejo|deje|antes)"],
        &[
            "(used to|antes|quit|stopped|gave up|packed (it|them) in|knocked (it|them) on the head) ..5 (a|al|per) (day|dia)",
            "(packed|jacked|chucked) (it|them|the fags|smoking) (all)? in",
            "knocked (it|them|that) on the head",
            "(havent|not|no he) (had|touched|smoked|fumado) (a|one)? (cigarette|fag|smoke|puff)? (since|for|in|desde|en) ..4",
            "(hace|years|months|weeks) ..4 (que)? (lo|no) (deje|fumo)",
        ],
    ),
    row(
        &["(sometimes|some days|occasionally|a veces|algunos dias|ocasional|ocasionalmente)"],
        &[
            "(only|just|solo|nomas) (when|if|cuando|si) ..3 (drink|drinking|out|drunk|stressed|nervous|party|pub|tomo|bebo|salgo|fiesta|nervios*|tomando)",
            "(only|just)? when (ive|i have|im) (had)? (a|out)? (drink|few|pint)",
            "(con unas copas|con la cerveza|en las fiestas|one or two at the pub)",
        ],
    ),
    // Times of the day
    row(
        &["(morning|mornings|am|manana|mananas)"],
        &[
            "(tempranito|temprano|tempranita|madrugar|early|earlier|earliest|mananita|tempranisimo)",
            "(a)? primera hora",
            "(the)? first (one|thing|slot|appointment)",
            "(before|antes) (of|de|del)? (work|school|noon|lunch|dinnertime|mediodia|almuerzo|trabajar|la escuela|entrar)",
            "crack of dawn",
            "(when|as soon as) (you|they) open",
            "(cuando abran|al abrir|al abrir la clinica)",
        ],
    ),
    row(
        &["(afternoon|afternoons|pm|tarde|tardes)"],
        &[
            "after (lunch|school|midday|noon|i eat|my lunch)",
            "(early|mid|late) afternoon",
            "(tardecita|tardecito|atardecer)",
            "despues (de|del) (almuerzo|almorzar|comer|mediodia|la comida|la escuela|la siesta)",
            "(at|around|about|a las|como a las) (two|three|dos|tres) (oclock)? (ish)?",
        ],
    ),
    row(
        &["(evening|evenings|night|noche|noches)"],
        &[
            "after (work|tea|dinner|supper|five|six|i finish|i get off|my shift)",
            "(when|once|after) (i|im|ive|the kids) ..3 (home|off|finished|work|bed|done)",
            "(nochecita|anochecer|tardenoche)",
            "(al|cuando|despues de) (salga|salir|salgo) (de|del)? (trabajar|trabajo|chamba|laburo|la chamba)?",
            "despues (de|del) (cenar|trabajo|trabajar|la cena|la chamba)",
            "saliendo (de|del) (trabajar|trabajo|la chamba)",
        ],
    ),
    row(
        &[
            "(any|anytime|either|no preference|whenever|flexible|doesnt matter|dont mind|cualquier|cualquiera|sin preferencia|me da igual|indiferente|no importa)",
        ],
        &[
            "(whenever|whichever|whatever|anytime|im easy|easy either way|im flexible|flexible|any old time)",
            "(any|either) (time|day|one|of them|way|is fine|will do|suits|works)",
            "(i)? (really)? (dont|do not) (really)? (mind|care|have a preference)",
            "(im)? not (fussed|bothered|fussy|picky|particular)",
            "(it)? (doesnt|does not|dont) (really)? matter",
            "(makes no|no) (difference|odds|preference)",
            "(its)? all (the)? (same|one) to me",
            "(its)? up to you",
            "you (choose|pick|decide|tell me)",
            "(free|open) all day",
            "(me|nos)? (da|es) (lo mismo|igual|igualito|la misma)",
            "(cuando|como|la que|el que|lo que|a la hora que) (sea|quiera|quieran|guste|gusten|pueda|puedan|ustedes|usted|digan|diga|les|haya|convenga|tengan) ..3",
            "(cualquier|cualquiera|indistinto|indiferente)",
            "no (me)? (importa|tengo preferencia)",
            "(estoy|tengo) (libre|desocupad*|todo el (dia|tiempo)) ..3",
        ],
    ),
    // How one walks, how one came
    row(
        &[
            "(unaided|unassisted|independently|sin ayuda|sin apoyo|none|nothing|ninguno|nada)",
            "without (any)? (help|aid|aids|assistance)",
        ],
        &[
            "(own|my) (own|two) (two)? (feet|legs|pins)",
            "(under my own steam|unaided|under my own power)",
            "(walk|walking|get about|get around|manage) (fine|just fine|all right)? (by myself|on my own)",
            "(dont|do not|never) (use|need) (anything|a thing|any help|nothing|any)",
            "(por)? mis (propios|propias|dos) (pies|medios|piernas|patas)",
            "(por)? (mi)? propio pie",
            "(camino|ando) (solo|sola|solito|solita|bien|normal|sin nada|sin ayuda)",
            "no (uso|necesito|ocupo) (nada|ayuda)",
            "(sin)? ayuda de (nadie|nada)",
        ],
    ),
    row(
        &["(ride|lift|dropped off|drove me|driven|me trajo|me trajeron|aventon|someone else drove)"],
        &[
            "(wife|husband|son|daughter|mum|mom|dad|mother|father|friend|neighbor|neighbour|sister|brother|mate|someone|somebody|he|she|they|partner|lad|neighbors|granddaughter|grandson) (drove|brought|dropped|gave|ran|drop|picked) (me)? ..3",
            "(got|get|had|hitched|bummed|was given) (a)? (lift|ride)",
            "(me)? (trajo|trajeron|dejo|dejaron) (en)? ..3",
            "(me)? (dio|dieron|dar) (un)? (aventon|ride|jalon|raite|pon|cola|bola|chance|empujon)",
        ],
    ),
    row(
        &["(bus|train|public transport|public transportation|transit|autobus|transporte publico)"],
        &[
            "(guagua|guaguas|colectivo|micro|combi|buseta|omnibus|camioneta|chiva|transmilenio|metrobus|trolebus|ruta|pesero|voladora|metro|tram|tube|coach|underground|minibus|park and ride)",
            "(number)? # (bus)",
            "(the)? bus (here|in|over|into town)?",
        ],
    ),
    row(
        &["(taxi|cab|uber|rideshare)"],
        &["(uber|didi|cabify|lyft|mototaxi|carro publico|concho|remis|minicab|in a cab|carrito)"],
    ),
    row(
        &["(walk|walked|walking|on foot|a pie|caminando|andando)"],
        &[
            "(walked|legged it|hoofed it|strolled|shanks pony|on foot|on my own two feet|a pata|pateando|a pincel|caminadito|andando|andandito|caminando|pie)",
            "(live|vivo) (just|only|aqui)? (round|around|cerca|cerquita|a la vuelta|next|close|nearby|a un paso) ..3",
        ],
    ),
    // Who pays
    row(
        &[
            "(through|by|via|from|por) (my|an|a|the|mi|el|la|su)? (work|job|employer|trabajo|empresa|empleo)",
            "(employer|work insurance|job based|empleador|empresa)",
        ],
        &[
            "(from|through|with|by|off|via) (my|his|her|the|our|a)? (wifes|husbands|partners|dads|moms|mums)? (work|job|company|employer|union|firm|boss)",
            "(company|firm|work|boss|union|job|employer) (plan|pays|covers|gives|provides|one|insurance|scheme) ..3",
            "(husbands|wifes|partners|spouses) (plan|insurance|work|job|company|one|policy)",
            "(da|paga|cubre|dan|ofrece) (en)? (la|el|mi|su) (empresa|trabajo|compania|patron|jefe|sindicato)",
            "(de|por|en|con|del) (la|el|mi|su|nuestra)? (empresa|trabajo|compania|sindicato|patron|jefe|chamba|fabrica|maquila|pega|laburo)",
            "(empresa|patron|trabajo|compania|jefe) (me|lo|la|nos)? (paga|da|dan|cubre|ofrece)",
        ],
    ),
    row(
        &["(government|public|state|programme|gobierno|publico|publica|gubernamental)"],
        &[
            "(medicare|medicaid|medi cal|medicade|tricare|chip|va|the state|the government|nhs|social security)",
            "(seguro social|seguro popular|imss|issste|essalud|fonasa|sisben|del gobierno|del estado|asistencia publica|la tarjeta del gobierno)",
        ],
    ),
    row(
        &["(no insurance|uninsured|not insured|sin seguro|no tengo seguro)"],
        &[
            "(pay|paying|pays|pago|pagando|pagar) (in|by|with|en|de|con)? (cash|efectivo|contado|mi bolsillo|my own pocket|my pocket)",
            "(dont|do not|havent|no) (have|got|tengo) (any|ninguno|ninguna|one|uno)",
            "(de|con) mi (propio)? bolsillo",
            "out of (my)? (own)? pocket",
            "(ninguno|ninguna|none)",
        ],
    ),
    row(
        &[
            "(i buy|buy myself|private|marketplace|individual plan|own policy|compro|particular|privado|individual)",
        ],
        &[
            "(i)? (buy|bought|got|pay for|purchase) (it|my own|insurance|one|a plan|a policy) (my own|myself|privately|directly|off the|through the|on the)? ..2",
            "(marketplace|obamacare|covered california|healthcare gov|private plan|go private)",
            "(lo|la|mi)? (compro|contrate|compre|pago) (yo|uno|un)? (mismo|misma|particular|por mi cuenta|seguro)",
        ],
    ),
    // Who one is married to, who came along
    row(
        &[
            "(union libre|domestic partner*|cohabit*|living together|civil union|concubinato|living with (a|my)? partner|pareja de hecho|partner|conviviente)",
        ],
        &[
            "(we|weve|we have)? (live|lived|living|been) together",
            "(live|living|am|been) with (my|a) (partner|boyfriend|girlfriend|fella|bloke|fiance*|man|lady)",
            "(vivimos|estamos|llevamos|vivo|nos) (juntos|junto|juntamos|arrejuntamos|en pareja|con mi (pareja|novio|novia|companer*))",
            "(junto|juntad*|arrejuntad*|rejuntad*|amancebad*|ajuntad*) ..2",
            "sin (papeles|casarnos|casar)",
            "not (actually|legally|officially)? married but ..5",
            "(common law|shacked up|living in sin)",
        ],
    ),
    row(
        &["(alone|no one|nobody|by myself|solo|sola|nadie|on my own)"],
        &[
            "(just|only) (me|myself|moi|i)",
            "me (myself and i|and my shadow)",
            "(by|came by) myself",
            "(no one|nobody|nobody else|no one else|unaccompanied|on my (own|tod|lonesome))",
            "(solito|solita|yo solo|yo sola|yo solito|yo solita|yo nomas|nomas yo|solo yo|sola yo|nadie|con nadie|yo y mi alma)",
        ],
    ),
    row(
        &["(wife|husband|spouse|partner|esposo|esposa|pareja|conyuge)"],
        &[
            "(missus|other half|better half|old man|hubs|my fella|my bloke|my man|mi senora|mi senor|mi vieja|mi viejo|my lady|mi media naranja)",
        ],
    ),
    row(
        &["(son|daughter|child|children|hijo|hija|hijos)"],
        &[
            "(my|our|mi|mis) (lad|lass|kid|little one|eldest|oldest|youngest|teenager|nene|nena|chamaco|chamaca|muchacho|muchacha|chiquillo|guagua|crio|cria)",
        ],
    ),
    row(
        &["(parent|parents|mother|father|padre|madre|padres)"],
        &[
            "(mam|mammy|mummy|my folks|my old dear|mami|papi|mamita|papito|mi jefa|mi jefe|mis viejos|mi viejita|mi apa|mi ama)",
        ],
    ),
    // Course
    row(
        &[
            "(up and down|comes and goes|on and off|off and on|varies|fluctuates|va y viene|sube y baja|variable|depende|intermitente|a ratos)",
        ],
        &[
            "some (days|hours|times|mornings|nights|weeks) ..8 (some|other|others|the next|next)",
            "one (day|minute|hour|moment|week) ..7 (next|another|other)",
            "(un|unos|hay|unas) (dia|dias|rato|ratos|ratitos|momento|momentos|horas|veces) ..8 (otro|otros|otras|rato|ratos|dias)",
            "(mixed bag|bit of both|all over the (place|shop)|swings|like a yo yo|como yoyo|como montana rusa)",
        ],
    ),
    // Appetite and stools
    row(
        &[
            "(less|smaller|lower) than (usual|normal|before)",
            "(eating|eat) less",
            "(poor|reduced|decreased|disminuid*)",
            "menos (que|de lo|de) ..2 (usual|normal|costumbre|siempre|antes|habitual)",
        ],
        &[
            "(half|a quarter) (of)? (what|as much|the)? ..4 (used|normal|usually|normally|before|did|do|portions|plate)?",
            "(la)? mitad (de lo|del)? ..4",
            "(picking|pick|picked) at ..3",
            "(gone|go|been)? off my (food|meals|grub)",
            "(not|hardly|barely) (really)? (eating|hungry|touch|touching|fancy|fancying|been hungry) ..3",
            "not (much|had much|got much|really) (of|an)? (of an)? (appetite|hungry)",
            "(dejo|leave|leaving) (half|la mitad|medio|mas de) ..3",
            "(casi no|apenas) (como|estoy comiendo|pruebo|he comido) ..2",
            "(como|comiendo|estoy comiendo) (muy)? (poco|poquito|menos|como pajarito|como un pajarito)",
            "(eat|eating) like a (bird|sparrow)",
            "(poca|menos|no mucha) (hambre|ganas de comer)",
            "se me (quito|quita|fue|van|va|quitan) (el|la|las)? (hambre|apetito|ganas)",
        ],
    ),
    row(
        &[
            "more than (usual|normal|before)",
            "(eating|eat) more",
            "(increased|aumentado)",
            "mas (que|de lo|de) ..2 (usual|normal|costumbre|siempre|antes|habitual)",
        ],
        &[
            "(eat|eating|ate) (like a (horse|pig)|for two|nonstop|everything|non stop) ..3",
            "(always|constantly|forever) (hungry|starving|eating|snacking|ravenous)",
            "(cant|wont|never) (stop|full) (eating|snacking)?",
            "(como|comiendo) (mas|mucho|por dos|como (loco|loca|caballo|nunca)|de todo|a cada rato|a toda hora)",
            "(me da|tengo|ando con) (mucha|mas) hambre",
            "no me lleno",
        ],
    ),
    row(
        &["no (appetite|hunger)", "sin (apetito|hambre)"],
        &[
            "(cant|couldnt|could not) (even)? (face|stomach|look at|manage) (food|anything|a thing|eating|any)",
            "(nothing|no food) (appeals|tempts|tastes) ..2",
            "(not|havent|havent been) (eating|eaten) (a thing|anything|at all)",
            "no (me)? (entra|provoca|apetece|pasa|antoja) (nada|la comida|bocado)",
            "no tengo (nada de)? (hambre|apetito|ganas)",
            "ni (ganas|hambre) ..3",
            "no (como|pruebo|quiero comer) (nada|bocado)",
        ],
    ),
    row(
        &["(as usual|usual|same as always|como siempre|como de costumbre)"],
        &[
            "(same|like|as|igual) (as|que|it)? (always|ever|normal|usual|siempre|antes|before)",
            "(clean|clear) my plate",
            "(no (change|different)|nothing different)",
            "(como|eat|eating) (bien|normal|igual|fine|well|de todo)",
        ],
    ),
    row(
        &["loose", "(liquid|liquida|liquidas|liquido|sueltas|suelto|blandas|flojas)"],
        &[
            "(watery|runny|sloppy|mushy|squirty|like water|pure water|just water|all water|the runs|the trots|liquid|diarrhea|diarrhoea)",
            "(como|pura|puro|pura) agua",
            "(aguad*|suelt*|sueltit*|flojit*|chorr*|churret*|diarrea|soltura|liquid*|blandit*|suelto del estomago)",
        ],
    ),
    row(
        &["hard", "(dura|duras|duro|constipated|estrenid*)"],
        &[
            "like (little)? (pellets|rocks|stones|bullets|marbles|pebbles|bricks|rabbit droppings|concrete|rabbits)",
            "(pellets|rabbit droppings|bunged up|straining|rock hard|constipated)",
            "como (piedra*|bolita*|canicas|de (chivo|conejo|cabra)|rocas)",
            "(bolitas|reseca*|estrenid*|tap(ado|ada)|pujar|pujando|durisim*|muy sec*)",
        ],
    ),
    // What pain is like
    row(
        &["(stabbing|sharp|knife like|punzante|agudo|lancinante)"],
        &[
            "(clavaran|clavan|clava|clavara|clavando|clavando|clavada|apunalaran|cuchillada*|puyan|puyazo|pullazo|hincon|hincones|hincada|alfiler*|aguja*|picahielo|punal|pinchara*|pinchan)",
            "(sticking|stick|twisting|someone|somebody|being|was|got) ..4 (knife|needle|needles|knives|pin|pins|skewer|blade)",
            "(skewer|ice pick|jab|jabs|jabbing|stabbed|dagger|like needles)",
        ],
    ),
    row(
        &["(pressing|pressure|tight|tightness|squeezing|heavy|crushing|opresiv*|presion|peso)"],
        &[
            "(belt|strap|vice|vise|band|rope|corset|elephant|weight|brick|rock|girdle) ..2 (round|around|on|sitting|squeezing|tight*|my)",
            "(squeez*|tighten*|crush*|pulling (it|me) in|someone (standing|sitting) on|cant get a grip)",
            "(me|como si (me)?)? (apret*|aplast*|oprim*|estruj*|ahorc*)",
            "(una)? (faja|losa|piedra|elefante|algo pesado|peso encima)",
        ],
    ),
    row(
        &["(burning|quemante|ardor|ardiente|como quemadura)"],
        &[
            "(scald*|sunburn|hot (poker|coals|iron|water)|chilli|nettles|carpet burn|on fire|boiling|razor blades|broken glass|scorch*)",
            "(me)? (quem*|ard*|brasa*|lumbre|chile|enchila*)",
        ],
    ),
    row(
        &["(throbbing|pulsing|pounding|palpitante|pulsatil)"],
        &[
            "(drum|drums|drumming|hammer|hammering|heartbeat|pulse|thump*|boom*|with my heart|jackhammer)",
            "(martill*|tambor*|latiendo|late|latido*|bum|pum|tun|con el pulso|con el corazon|pulsa*|brinca*)",
        ],
    ),
    row(
        &["(dull|aching|ache|achy|sordo|dolorimiento)"],
        &[
            "(toothache|bruise|bruised|overdid it|after the gym|worked out|nagging|niggle|niggling|in the background|grumbling|agujetas|moreton|molestia|molestito|ahi esta|no se quita pero)",
        ],
    ),
    row(
        &["(cramping|cramp|cramps|crampy|colico|calambre|espasmo*)"],
        &[
            "(period|periods|contractions|contraction|labor|labour|charley horse|wringing|wrung|knot|knots|knotted|twisting|twisted)",
            "(regla|menstruacion|retuerc*|retorc*|retorcij*|torcij*|entuerto*|exprim*|se me (hace|sube) (una)? bola)",
        ],
    ),
    row(
        &["(electric|shock|shocks|electrico|descarga*|corriente)"],
        &[
            "(live wire|electrocut*|plugged|socket|lightning|tasered|tazed|electric fence|funny bone)",
            "(corrientazo|calambrazo|toque|toques|rayo|rayos|enchuf*|chispazo*|cable)",
        ],
    ),
    // How it began, what changes it
    row(
        &["(illness|sickness|infection|enfermedad|infeccion)"],
        &[
            "(flu|the flu|bug|virus|covid|gripe|gripa|influenza|chest infection|head cold|stomach bug|caught something|catarro|resfriado)",
        ],
    ),
    row(
        &["(effort|exertion|exercise|activity|esfuerzo|ejercicio|actividad)"],
        &[
            "(carrying|running|run|digging|gardening|hoovering|housework|climb*|uphill|hill|hills|lifting|cycling|gym|workout|shopping in|stairs|football|soccer|swimming|jog*)",
            "(barr*|trape*|correr|corro|subir|subo|escaleras|cuesta|jardin|gimnasio|cargar|cargo|caminar mucho|futbol|bicicleta)",
        ],
    ),
    row(
        &["(stress|worry|worrying|upset|anxiety|estres|emociones|nervios|preocupaciones)"],
        &[
            "(bills|arguments|arguing|argue|worried|worrying|rows|boss|deadline*|row with|wound up|het up|work worries)",
            "(nervios|nervioso|nerviosa|coraje*|enojo*|enoj*|disgust*|preocup*|pleito*|bilis|mortific*|deudas)",
        ],
    ),
    row(
        &["(heat|warmth|calor)"],
        &[
            "(hot|warm) (water|bath|shower|pack|towel|compress|bottle|flannel|pad) ..2",
            "(heating pad|heat pad|wheat bag|deep heat|hot water bottle)",
            "(bolsa|bano|compresa*|agua|toalla|panos|fomento*|cojin) (de|con)? (agua)? (caliente|calientes|tibia|termico|electrico)",
        ],
    ),
    row(
        &["(ice|hielo)"],
        &[
            "(frozen peas|ice pack|cold pack|cold flannel|cold compress|hielito|compresa* fria*|panos frios|bag of peas)",
        ],
    ),
    row(
        &["(rest|resting|reposo|descanso|descansar)"],
        &[
            "(feet up|lie down|lying down|sit still|sitting still|take it easy|nap|put up my feet|lying still)",
            "(recost*|acost*|echarme|siesta|quedarme quiet*|quedo quiet*|tirarme)",
        ],
    ),
    row(
        &["(snoring|snore|snores|ronquidos|ronco|roncar)"],
        &["(chainsaw|snor*|like a (train|tractor|pig)|ronc*|como (tractor|leon|oso|motosierra))"],
    ),
    row(&["(green|verde)"], &["(pea soup|guacamole|grass|snot green|pistache|pistacho|verdos*)"]),
    row(
        &["(hardly|barely|with difficulty|apenas|con dificultad)"],
        &["(hobbl*|limp*|cojeo|cojeando|a duras penas|struggle|struggling|con trabajo*|a rastras)"],
    ),
    // Why one came
    row(
        &["(refill|refills|prescription renewal|repeat prescription|prescription|receta|resurtir|renovar)"],
        &[
            "(renewed|renewing|renew|top up|topped up|repeat|repeats|restock|running (low|out)|run out|ran out|nearly out|almost out|none left)",
            "(more|new|another|my|me) ..2 (tablets|pills|meds|inhaler|inhalers|script|insulin)",
            "se me (acab*|termin*|estan acabando|esta acabando) ..4",
            "(por|mas|otra|otro) ..2 (pastillas|medicina*|receta|remedios|pastas|insulina|inhalador)",
            "(surt*|resurt*|renov*)",
        ],
    ),
    // Work
    row(
        &["(retired|jubilad*|retirad*|pensionad*)"],
        &[
            "(gold watch|pension|my pension|finished work|gave up work|hung up ..2 boots|me (jubile|retire|pensione)|cobro (la)? pension|pensionado*|ya no trabajo)",
        ],
    ),
    row(
        &["(looking for|seeking|unemployed|out of work|between jobs|desemplead*|buscando)"],
        &[
            "(laid (me|us)? off|applying|job hunting|job hunt|interviews|made redundant|redundant|got the sack|sacked|let (me)? go|looking for (work|a job|something)|on the dole)",
            "(buscando|busco) (trabajo|chamba|empleo|pega|laburo|camello)?",
            "me (despidieron|corrieron|echaron|liquidaron|botaron)",
            "(cesante|parado|parada|en paro|en el paro|sin (trabajo|chamba|empleo|pega|laburo))",
        ],
    ),
    row(
        &["(self employed|self|own business|freelance|autonomo|independiente|cuenta propia|propio negocio)"],
        &[
            "(my)? own (little|small)? ..1 (business|company|shop|firm|boss|stall|salon)",
            "(work for myself|freelanc*|contractor|gigs|im my own boss|run my own)",
            "(mi|un|una|propi*) (propi*)? (negocio|negocito|tienda|tiendita|taller|puesto|changarro|local|emprendimiento)",
            "(por|trabajo por) (mi)? cuenta (propia)?",
            "(soy|vendo) (vendedor* ambulante|por mi cuenta|en la calle|mi propio jefe)",
        ],
    ),
    row(
        &["(at home|homemaker|looking after (the)? home|housewife|hogar|ama de casa)"],
        &[
            "(raise|raising|look after|looking after|mind|minding) (the|my|our) (kids|children|house|home|grandkids|baby|family)",
            "(stay at home|housewife|house husband|full time (mum|mom|dad)|ama de casa|me dedico (al|a la|a mi) (hogar|casa)|cuido (a)? (mis|los|la|mi)|en la casa)",
        ],
    ),
    // Where one lives
    row(
        &["(with family|family|relatives|familia|familiares)"],
        &[
            "(at|with|in) (my|the) (daughters|sons|parents|mums|moms|folks|brothers|sisters|daughter|son|aunts|grandkids)",
            "(con|en casa de|donde) (mi|mis|la|los) (hija|hijo|hijos|papas|padres|mama|hermana|hermano|suegra|suegros|nietos|tia)",
            "(moved|back) (back)? (in)? with (my)? ..2",
        ],
    ),
    row(
        &["(shared|flatmates|housemates|roommates|sharing|compartid*|companeros)"],
        &[
            "(# of us|flatmate*|housemate*|roommate*|share a|sharing|digs|student house|companeros de (piso|cuarto)|rento un cuarto|cuarto rentado|roomies)",
        ],
    ),
    // Reaching people
    row(
        &["(phone|call|telephone|llamada|telefono)"],
        &[
            "(bell|buzz|tinkle|shout|ring|dial|telefonazo|timbrazo|llamadita|marquen|marquenme|marcan|timbr*|echeme una llamada|hablenme|me hablan|me llaman)",
        ],
    ),
    row(
        &["(email|e mail|correo|correo electronico)"],
        &["(emails|e mails|e mailing|correito|gmail|hotmail|por mail|al mail|un mail)"],
    ),
    row(
        &["(text|texts|sms|text message|mensaje|mensaje de texto)"],
        &["(mensajito|textear|texteame|texteenme|textito|send me (a)? (message|line)|ping me|message me)"],
    ),
];
