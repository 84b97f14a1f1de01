//! Meanings of options that are no symptoms or illnesses: how often, how bad, where, who, how to be reached.

/// The groups, as in `concepts`.
pub(super) const OTHERS: &[&[&str]] = &[
    // Course
    &[
        "(better|improving|improved|improves|mejor|mejorando|mejoro|mejorado|recovering)",
        "(getting there|on the up|coming along|mejorcito|mejorcita|voy saliendo|ahi la llevo|ahi la voy llevando)",
        "on the mend",
        "(clearing|easing|calming|settling|going away|letting up|se me quita|se va quitando|disminuyendo|less than before)",
        "(up|off)? (se me)? esta (quitando|bajando|mejorando)",
        "voy mejor",
        "va mejor",
        "(a lot|lot|much|bit|little|far)? (less|milder|weaker|lighter) (now|than (it was|before|yesterday))?",
        "not (as|so) (bad|strong|sore|painful|much) (as (it was|before|yesterday)|now|anymore)?",
        "(ya no|no) (me)? (duele|molesta) (tanto|como antes)",
        "(menos|mucho menos) (que antes|que ayer|que al principio)?",
        "(feeling|doing|feel) (good|great|fine|all right)",
    ],
    &[
        "(worse|worst|worsening|worsened|deteriorating|peor|empeorando|empeoro|empeorado|peorcito)",
        "(going|gone)? downhill",
        "(its|it has|has|it)? (gotten|got|getting|been getting|become|becoming) (really|very|pretty|so|quite)? (bad|stronger|sore|painful|intense)",
        "(more and more|stronger|more painful|more intense|sorer|bigger|more often) (now|every day|each day|than (it was|before))?",
        "(in fact|if anything|its) (worse|peor)",
        "(cada (vez|dia) mas|mas fuerte cada dia|mas fuerte|me duele mas|duele mas|va a peor|a peor|mas intenso)",
        "(spreading|increasing|getting stronger|getting bad|aumentando|creciendo|cada vez mas fuerte|va a mas|voy a peor|mas fuerte que antes)",
    ],
    &[
        "(about|just|pretty much|exactly)? the same",
        "(same|unchanged|stable|steady|igual|igualito|iguales)",
        "(not much|little|hardly any|not a lot of) (of a)? (change|difference)",
        "no (real|big|much)? (change|improvement|progress|different|changes|cambio|cambios)",
        "(hasnt|has not|not|havent|no ha|no han|isnt) (really)? (changed|change|getting any better|cambiado|any different|changing)",
        "not (getting|feeling)? any (better|worse)",
        "(neither|ni lo uno ni lo otro|its constant|it is constant|constant|just as (bad|sore|painful|strong)|as bad as (before|ever|it was))",
        "(lo mismo|sin cambios|mas o menos igual|sigue igual|ni mejor ni peor|neither better nor worse|no better no worse)",
    ],
    &[
        "(it)? comes and goes",
        "(come|comes|coming) and (go|goes|going)",
        "(off and on|on and off|on again off again|intermittent|intermittently|va y viene|viene y va|va y vuelve|roller coaster|rollercoaster|went away and came back|sube y baja|por ratos|a ratos|por momentos|in waves|some days ..8 some days|some days ..6 (others|than others)|every now and then|segun el dia|por temporadas|intermitente|intermitentes|a veces|now and again|on some days|a dias|unos dias ..8 otros|varies|up and down|it depends|depende|good days and bad days|hay dias|in spells|a veces si a veces no|aparece y desaparece)",
    ],
    // Frequency
    &[
        "(never|nunca|jamas)",
        "(not|none) at all",
        "(para|en) (nada|absoluto)",
        "(non smoker|nonsmoker|no fumo|i dont smoke|i dont vape|dont smoke|dont drink|ningun dia|ninguno de los dias|zero days|no days|no bebo|nada|not once|ni un dia|ninguna vez|not one day)",
    ],
    &[
        "(stopped|quit|formerly|former|lo deje|deje|dejado|ex|exfumador|ex fumador)",
        "gave (it|them|that)? up",
        "given (it|them)? up",
        "(used to|fumaba|antes si|antes fumaba|kicked the habit|not any more|not anymore|ya no|packed it in|kicked it)",
    ],
    &[
        "(sometimes|occasionally|occasional|ocasionalmente|ocasional|socially)",
        "(a veces|de vez en cuando|some days|algunos dias|algunas veces|now and then|now and again|once in a while|every now and then|from time to time|here and there|a few days|varios dias|several days|unos dias|unos cuantos dias|on occasion|un par de dias|a couple of days|en fiestas|weekends|on weekends|at weekends|at parties|fines de semana|los fines|when i drink|a couple days|solo cuando salgo|few days)",
    ],
    &[
        "(daily|diario|diariamente|everyday|always|constantly|siempre|constantemente|constant|constante|continuous|continuously)",
        "(nearly|almost|pretty much|practically|just about|casi)? (every|each) (single)? (day|night|morning)",
        "(nearly|almost|casi)? (todos los dias|cada dia|a diario|todo el tiempo|todas las noches)",
        "(#|one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|forty|couple|few) (cigarettes|cigs|smokes)? (a|per|each) day",
        "(doesnt|does not|never|wont|will not|hasnt|no) (let up|stops?|stopped|leaves? me|goes? away|gone away|me deja)",
        "(all the time|the whole time|all day|seven days a week|todo el dia|twice a day|times a day|pack a day|packs a day|per day|cigarettes a day|al dia|cajetilla|un paquete|nonstop|24 7|round the clock|once a day|pack and a half a day|half a pack a day|every time)",
    ],
    &[
        "(more than half|over half|mas de la mitad|most days|most of the days|la mayoria|la mayor parte|most of the time|more often than not|majority|more days than not|more than half the days|mas dias que no|half the time or more|half the time|about half|half of them|half the days|la mitad|mas de la mitad de los dias|casi la mayoria|mas que la mitad)",
    ],
    &[
        "(weekly|semanal|semanalmente)",
        "(times|time|days|once|twice|veces|vez|dias) (a|per|each|every|a la|por) (week|semana)",
        "(every|each|cada) (week|semana|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    ],
    &[
        "(monthly|mensual|mensualmente)",
        "(times|time|days|once|twice|veces|vez|dias) (a|per|each|every|al|por) (month|mes)",
        "(every|each|cada) (month|mes)",
    ],
    &[
        "(rarely|seldom|less often|hardly ever|casi nunca|rara vez|menos|less than that|raramente|once or twice a year|times a year|una vez al ano|muy de vez en cuando|almost never|few times a year|veces al ano|yearly|con menos frecuencia|menos seguido|blue moon|once in a blue moon|de pascuas a ramos)",
    ],
    &[
        "(often|frequently|a menudo|frecuentemente|seguido|muy seguido|con frecuencia|muchas veces|usually|casi siempre|normally)",
    ],
    // Severity
    &[
        "(mild|slight|light|leve|ligero|ligera|little|a bit|un poco|minor|poquito|suave|not too bad|not bad|nothing much|tolerable|manageable|no mucho|poco)",
    ],
    &[
        "(moderate|medium|middling|moderado|moderada|regular|in between|mas o menos|so so|average|intermedio|medio|bearable|fairly bad)",
    ],
    &[
        "(pretty bad|quite bad|severe|terrible|awful|horrible|excruciating|unbearable|agony|intense|severo|severa|fuerte|intenso|intensa|insoportable|grave|fuertisimo|fuertisima|very bad|really bad|muy fuerte|worst|the worst|bastante fuerte|agonizing|mucho)",
    ],
    &["(excellent|excelente|great|fantastic|wonderful|terrific|perfecta|perfecto|estupendo|estupenda)"],
    &["(very good|muy buena|muy bueno|muy bien|really good|pretty good|real good)"],
    &["(good|fine|buena|bueno|bien|okay|ok|all right|alright|decent)"],
    &["(fair|so so|regular|average|not great|mas o menos|meh|could be better|mediocre|asi asi)"],
    &["(poor|bad|mala|malo|mal|lousy|terrible|awful|pesima|pesimo|not good|really bad|muy mal|muy mala)"],
    // The body
    &[
        "(head|neck|face|cabeza|cuello|cara|nuca|ear|ears|eye|eyes|nose|throat|mouth|jaw|teeth|tooth|oido|oidos|ojo|ojos|nariz|garganta|boca|muela|muelas|diente|dientes|oreja|forehead|temple|scalp|mandibula|frente|lips|tongue|lengua)",
    ],
    &[
        "(chest|pecho|breast|breasts|ribs|rib|costillas|costilla|heart|lungs|pulmones|corazon|seno|senos|sternum|breastbone)",
    ],
    &[
        "(belly|stomach|tummy|abdomen|gut|guts|barriga|estomago|panza|vientre|abdominal|tripa|bowel|groin|ingle|belly button|ombligo|intestines|side)",
    ],
    &[
        "(shoulder blade|shoulder blades|omoplato|omoplatos|paletilla)",
        "(back|espalda|spine|lower back|lumbar|cintura|columna|espina|upper back|spinal|tailbone|lomo|rinones|sacro)",
    ],
    &[
        "(arm|arms|hand|hands|shoulder|shoulders|elbow|elbows|wrist|wrists|finger|fingers|thumb|thumbs|brazo|brazos|mano|manos|hombro|hombros|codo|codos|muneca|dedo|dedos|dedo de la mano|pulgar|forearm|knuckle|knuckles|antebrazo)",
    ],
    &[
        "(leg|legs|foot|feet|knee|knees|ankle|ankles|toe|toes|hip|hips|thigh|thighs|calf|calves|shin|shins|heel|heels|pierna|piernas|pie|pies|rodilla|rodillas|tobillo|tobillos|cadera|muslo|pantorrilla|talon|big toe|hamstring|dedo del pie|dedo gordo|caderas|espinilla)",
    ],
    &["(skin|piel|mole|lunar|sores|wart|blister|cut|acne|spot|verruga|ampolla|herida|lunares)"],
    // Sides and places
    &["(left|izquierda|izquierdo)", "left (hand)? side"],
    &["(right|derecha|derecho|write|rite)", "right (hand)? side"],
    &[
        "(both|ambos|ambas)",
        "(both|either) (sides|of them|legs|arms|knees|ears|eyes|hands|feet)",
        "(los|las) dos (lados|piernas|brazos)?",
        "(left and right|right and left)",
    ],
    &["(middle|center|centre|medio|centro|central)"],
    &[
        "(all over|all round|everywhere|por todos lados|toda|todo|por todas partes|all around|todas partes|the whole (thing|belly|stomach|tummy)|todo el (estomago|vientre|abdomen|cuerpo)|en todas partes)",
    ],
    &["(upper|top|arriba|parte de arriba|superior|above|high up|parte alta|up top|boca del estomago|encima)"],
    &["(lower|bottom|abajo|parte de abajo|inferior|below|low down|parte baja|bajo|baja|debajo|down low)"],
    // Reaching people
    &[
        "(phone|call|telephone|ring|calling|telefono|llamada|llamar|llamenme|llameme|llamadas|cell|mobile|celular|voice|give me a call|marqueme|marcar|movil|landline|telefonica|llamen)",
    ],
    &[
        "(text|texts|sms|message|texting|mensaje|mensajes|mensajito|textme|whatsapp|texto|mensaje de texto|text message|escribanme)",
    ],
    &["(email|emails|correo electronico|correo|e mail|mail me at|gmail|electronico|inbox)"],
    &["(letter|post|mail|carta|correo postal|cartas|por carta|snail mail|regular mail|postal|in the mail)"],
    &["(patient portal|portal|online|website|app|aplicacion|en linea|internet)"],
    &["(in person|en persona|face to face|presencial|come in|at the clinic|cara a cara)"],
    &["(video|video call|videollamada|zoom|telehealth|virtual|video visit)"],
    // People
    &[
        "(wife|husband|spouse|partner|boyfriend|girlfriend|fiance|fiancee|prometido|prometida|esposa|esposo|marido|mujer|pareja|novio|novia|conyuge|hubby|significant other|companero|companera)",
    ],
    &[
        "(son|daughter|child|children|kids|kid|hijo|hija|hijos|hijas|stepson|stepdaughter|baby|infant|toddler|little one|bebe|nino|nina|boy|girl|oldest|youngest|hijastro|hijastra)",
    ],
    &[
        "(mother|father|mom|dad|mum|mama|papa|parent|parents|madre|padre|padres|stepmother|stepfather|mommy|daddy|stepmom|stepdad)",
    ],
    &["(brother|sister|sibling|siblings|hermano|hermana|hermanos|hermanas|twin)"],
    &["(friend|friends|buddy|amigo|amiga|pal|mate|bestie|amigos|roommate|companero de cuarto)"],
    &[
        "(someone else|somebody else|somewhere else|something else|other|otra persona|otro|otra|otros|otras|otra cosa|otro lugar|none of the above|different|otra parte|others|alguien mas|something different|anything else|grandma|grandmother|grandpa|grandfather|aunt|uncle|cousin|niece|nephew|abuela|abuelo|tia|tio|prima|primo|sobrina|sobrino|caregiver|carer|cuidadora|grandson|granddaughter|nieto|nieta|cunada|cunado|suegra|boss|neighbor|neighbour|vecino|vecina)",
    ],
    &["(myself|for me|just me|its me|im the patient|i am the patient|yo mismo|yo misma|para mi|soy yo)"],
    &["(alone|by myself|solo|sola|on my own|nobody|just me)"],
    // Days
    &[
        "(morning|mornings|manana|mananas|am|early|temprano|before lunch|before noon|por la manana|first thing)",
    ],
    &[
        "(afternoon|afternoons|tarde|tardes|after lunch|lunchtime|noon|midday|mediodia|por la tarde|despues de comer|pm)",
    ],
    &[
        "(evening|evenings|night|nights|noche|noches|after work|later|tonight|after dinner|por la noche|bedtime|late|despues del trabajo|at night|en la noche)",
    ],
    &[
        "(new problem|new|nuevo|nueva|something new|never had (it|this) before|first time|problema nuevo|primera vez|algo nuevo)",
    ],
    &[
        "(follow up|followup|follow|checkup|check up|check|seguimiento|control|revision|recheck|came back|review|chequeo|known problem|revisar como voy)",
    ],
    &[
        "(refill|refills|refilled|prescription|prescriptions|renew|renewal|receta|recetas|resurtir|resurtido|medicine|medicines|medication|pills|surtir|medicina|medicamento|medicamentos|pastillas|ran out|out of my|renovar)",
    ],
    &[
        "(test results|results|result|resultados|analisis|labs|lab|blood work|bloodwork|resultado|test|tests|x ray|scan|estudios|lab results|laboratorio|examenes)",
    ],
    &[
        "(form|forms|certificate|note|letter|paperwork|formulario|certificado|justificante|constancia|papers|papeles|signed|incapacidad|note for work|sick note|doctors note|documento)",
    ],
    &[
        "(vaccine|vaccination|vaccinations|shot|shots|jab|jabs|vacuna|vacunas|vacunacion|immunization|flu shot|booster|inmunizacion|tetanus|vacunarme|covid shot)",
    ],
    &[
        "(walking|walk|walks|stairs|running|run|moving|movement|exercise|caminar|caminando|camino|andar|escaleras|subir|climbing|correr|moverme|movimiento|ando|subo|activity|exertion|ejercicio|esfuerzo)",
    ],
    &[
        "(bending|bend|bent|leaning|stooping|agacharme|agacho|agachar|doblar|doblarme|inclinarme|leaning over|bend over|agachando|tie my shoes)",
    ],
    &[
        "(lifting|lift|carrying|carry|picking up|levantar|cargar|levanto|cargo|cargando|pick up|heavy things|levantar cosas|peso)",
    ],
    &["(coughing|sneezing|sneeze|toser|estornudar|estornudo|sneezes|coughs|cough|toso|estornudos)"],
    &[
        "(eating|eat|meals|meal|food|comer|comida|cuando como|si como|al comer|que como|comidas|after i eat|alimentos|breakfast|lunch|dinner|comiendo|swallow|spicy)",
    ],
    &[
        "(lying|laying|lie down|lay down|acostarme|acostado|acostada|acostar|acuesto|in bed|flat|tumbado|tumbarme|lying down|laying down|en la cama|lie|recostado|recostarme)",
    ],
    &["(sitting|sit|sentado|sentada|sentarme|siento|sitting down)"],
    &["(standing|stand|de pie|parado|parada|pararme|standing up|get up)"],
    &["(rest|resting|descansar|descanso|reposo|descansando|sitting still|lying still)"],
    &[
        "(nothing|nada|nothing in particular|nada en particular|nothing really|nothing comes up|not bringing anything up|no flemas|sin flemas|dry|seca|nothing makes it worse|nothing special|no saco nada|dry cough|nada me)",
    ],
    // Colours
    &[
        "(clear|white|whitish|transparent|claro|clara|blanco|blanca|transparente|see through|blanquecino|blancas|watery)",
    ],
    &["(yellow|yellowish|amarillo|amarilla|amarillento|amarillas)"],
    &["(green|greenish|verde|verdoso|verdes|verdosa)"],
    &["(brown|rusty|rust|brownish|cafe|marron|oxidado|dark)"],
    &["(red|bloody|blood|pink|pinkish|rojo|roja|sangre|rosado|rosa|bright red|streaks|rojizo)"],
    &["(black|tarry|negro|negra|negras)"],
    // Aids
    &[
        "(glasses|contacts|contact lenses|lentes|anteojos|gafas|spectacles|lenses|lentes de contacto|reading glasses|espejuelos|specs|bifocals|pupilentes)",
    ],
    &["(hearing aid|hearing aids|audifono|audifonos|aparato auditivo|aparatos auditivos|aparato para oir)"],
    &["(cane|walking stick|stick|baston|bordon)"],
    &["(walker|frame|zimmer|rollator|andador|andadera|walking frame)"],
    &["(crutches|crutch|muletas|muleta)"],
    &["(wheelchair|silla de ruedas|chair)"],
    &["(scooter|mobility scooter|patin electrico)"],
    &[
        "(dentures|false teeth|denture|plate|dentadura|dentadura postiza|dientes postizos|placa|partials|bridge|partial)",
    ],
    &["(oxygen|oxigeno|o2|tank|concentrator|tanque)"],
    // Money
    &["(medicare)"],
    &["(medicaid|medi cal|medical assistance)"],
    &[
        "(private|blue cross|blue shield|aetna|cigna|kaiser|humana|united|through (my|his|her|our) (work|job|employer|husband|wife|company)|employer|privado|particular|seguro privado|anthem|bluecross|from work|por mi trabajo|work insurance|insurance through)",
    ],
    &[
        "(self|cash|out of pocket|uninsured|pay myself|no insurance|efectivo|sin seguro|yo mismo|i pay|de mi bolsillo|pago yo|self pay|no tengo seguro|yo pago|paying cash)",
    ],
    // Yes, no, perhaps
    &["(pregnant|embarazada|expecting|encinta|with child|estoy esperando|months along|weeks along)"],
    &[
        "(maybe|perhaps|possibly|might be|could be|quiza|quizas|tal vez|puede ser|puede que|might|not sure|no estoy segura|posiblemente|a lo mejor|i could be|podria estarlo|podria estar|podria|could|tengo un retraso|im late)",
    ],
    &[
        "(doesnt apply|does not apply|not applicable|no aplica|n a|im a man|soy hombre|im male|hysterectomy|menopause|menopausia|postmenopausal|through the change|no me aplica|no corresponde|im a guy|too old for that|my womb out|no womb|histerectomia|womb out|this does not apply|esto no se aplica|no se aplica|soy varon|im a male|i am a man|post menopausal|no utero|ya no regla|past that|not possible)",
    ],
    // Alcohol, home, work
    &[
        "(married|casado|casada|wed)",
        "(i|ive|i have)? (got|have|ive) (a|my) (husband|wife)",
        "tengo (marido|mujer|esposa|esposo)",
    ],
    &[
        "(single|soltero|soltera|unmarried|unattached)",
        "(never|not) (been)? married",
        "no (estoy|soy) casad*",
    ],
    &[
        "(divorced|divorciado|divorciada|divorcee|separated|separado|separada)",
        "(we|weve|they)? (split up|broke up|nos separamos|nos divorciamos)",
    ],
    &[
        "(husband|wife|spouse|partner|esposo|esposa|marido|mujer) (has|se)? (passed away|passed|died|murio|fallecio|dead)",
        "lost my (husband|wife)",
        "(widow|widowed|widower|viudo|viuda)",
    ],
    &["(working|employed|full time|trabajo|trabajando|empleado|empleada|job|tiempo completo|i work)"],
    &["(retired|jubilado|jubilada|retirado|retirada|pensioner|pensionado|pensionada|pension)"],
    &[
        "(unemployed|out of work|desempleado|desempleada|between jobs|not working|sin trabajo|laid off|lost my job|no trabajo)",
    ],
    &["(student|estudiante|studying|school|college|estudio|estudiando|university)"],
    &["(disabled|disability|discapacitado|discapacidad|incapacitado|on disability)"],
    &["(house|home|casa|own house|owner|own my home)"],
    &["(apartment|flat|departamento|apartamento|piso|condo|rent)"],
    &["(nursing home|assisted living|care home|asilo|residencia|facility|group home|casa de reposo)"],
    &[
        "(homeless|shelter|on the streets?|sleeping rough|rough sleeping|sofa to sofa|sofa surfing|couch surfing|refugio|calle|sin hogar|my car|couch)",
    ],
    &["(car|drive|drove|driving|coche|carro|auto|manejo|manejando|conduzco|my own car|own car)"],
    &[
        "(bus|train|subway|public transport|transit|camion|autobus|metro|tren|transporte publico|public transportation)",
    ],
    &["(taxi|uber|lyft|cab|rideshare)"],
    &["(ambulance|ambulancia|paramedics)"],
    &["(male|man|boy|hombre|masculino|varon|guy)"],
    &["(female|woman|girl|lady|mujer|femenino|femenina)"],
    &["(english|ingles)"],
    &["(spanish|espanol|castellano)"],
    &["(beer|beers|cerveza|cervezas|lager)"],
    &["(wine|vino)"],
    &["(liquor|spirits|whiskey|vodka|licor|tequila|ron|rum|hard liquor|whisky)"],
    &["(cigarettes|cigarette|cigarrillos|cigarro|cigarros|cigs|tobacco|tabaco)"],
    &["(vape|vaping|e cigarette|e cigarettes|vapeo|vapear|vaper|ecig|juul|cigarrillo electronico)"],
    &["(marijuana|weed|cannabis|pot|mota|marihuana|edibles)"],
    &[
        "(injury|injured|accident|fall|fell|hurt myself|lesion|accidente|caida|me cai|golpe|after a fall|twisted|tripped|slipped|sprained|crashed|me torci|tropece|resbale|despues de una caida|a blow|hit my head|bumped|golpe en la cabeza|me golpee|cai|banged)",
    ],
    &[
        "(suddenly|sudden|abruptly|instantly|in an instant|in a flash|just hit me|hit me|bolt of lightning|just like that|all at once|de la nada|asi sin mas|de un momento a otro|de repente|de golpe|repentino|out of nowhere|de pronto|like a thunderclap|all of a sudden|subitamente|abrupt|out of the blue|subito|repentina)",
    ],
    &[
        "(gradually|gradual|slowly|poco a poco|little by little|over time|lentamente|paulatino|bit by bit|crept up|built up|building up|came on slowly|con el tiempo|poquito a poco|gradualmente)",
    ],
    &[
        "(worst headache|worst of my life|worst ever|el peor|peor dolor|la peor|worst ive ever had|worst headache of my life|el peor dolor de cabeza)",
    ],
    &["(work|job|at work|on the job|en el trabajo)"],
    &["(sleeping|sleep|insomnia|cant sleep|dormir|insomnio|trouble sleeping|no puedo dormir|no duermo)"],
    &["(appetite|not eating|hungry|hambre|apetito|sin hambre|no hunger|not hungry)"],
    &[
        "(urine|urinating|peeing|pee|bladder|uti|orinar|orina|vejiga|water infection|burning when i pee|pis|urinary|ardor al orinar)",
    ],
    &["(pharmacy|farmacia)"],
    &["(agree|strongly agree|de acuerdo)"],
    &["(disagree|strongly disagree|en desacuerdo)"],
];
