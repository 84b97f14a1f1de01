//! What different words for an option mean the same: each group is one meaning, in both languages. An option has the meaning
//! of a group whose words stand in it; an answer means the options that have its groups.

/// The groups. Within a group an earlier phrase says nothing more than a later one; where groups overlap the longer phrase
/// counts.
pub(super) const CONCEPTS: &[&[&str]] = &[
    // Course
    &[
        "(better|improving|improved|improves|mejor|mejorando|mejoro|mejorado|recovering)",
        "on the mend",
        "(clearing|easing|calming|settling|going away|letting up|se me quita|se va quitando|disminuyendo|less than before)",
        "(up|off)? (se me)? esta (quitando|bajando|mejorando)",
        "voy mejor",
        "va mejor",
    ],
    &[
        "(worse|worst|worsening|worsened|deteriorating|peor|empeorando|empeoro|empeorado|peorcito)",
        "(going|gone)? downhill",
        "(spreading|increasing|getting stronger|getting bad|aumentando|creciendo|cada vez mas fuerte|va a mas|voy a peor|mas fuerte que antes)",
    ],
    &[
        "(about|just|pretty much|exactly)? the same",
        "(same|unchanged|stable|steady|igual|igualito|iguales)",
        "no (real|big|much)? (change|different|changes|cambio|cambios)",
        "(hasnt|has not|not|havent|no ha|no han|isnt) (really)? (changed|change|getting any better|cambiado|any different|changing)",
        "not getting any (better|worse)",
        "(lo mismo|sin cambios|mas o menos igual|sigue igual|ni mejor ni peor|neither better nor worse|no better no worse)",
    ],
    &[
        "(it)? comes and goes",
        "(come|comes|coming) and (go|goes|going)",
        "(off and on|on and off|on again off again|intermittent|intermittently|va y viene|viene y va|va y vuelve|por ratos|a ratos|por momentos|in waves|some days ..8 some days|unos dias ..8 otros|varies|up and down|it depends|depende|good days and bad days|hay dias|in spells|a veces si a veces no|aparece y desaparece)",
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
        "(used to|fumaba|antes si|antes fumaba|kicked the habit|not any more|not anymore|ya no|packed it in)",
    ],
    &[
        "(sometimes|occasionally|occasional|ocasionalmente|ocasional|socially)",
        "(a veces|de vez en cuando|some days|algunos dias|algunas veces|now and then|now and again|once in a while|every now and then|from time to time|here and there|a few days|varios dias|several days|unos dias|unos cuantos dias|on occasion|un par de dias|a couple of days|en fiestas|weekends|on weekends|at weekends|at parties|fines de semana|los fines|when i drink|a couple days|solo cuando salgo|few days)",
    ],
    &[
        "(daily|diario|diariamente|everyday|always|constantly|siempre|constantemente|constant|constante|continuous|continuously)",
        "(nearly|almost|pretty much|practically|just about|casi)? (every|each) (single)? (day|night|morning)",
        "(nearly|almost|casi)? (todos los dias|cada dia|a diario|todo el tiempo|todas las noches)",
        "(all the time|the whole time|all day|todo el dia|twice a day|times a day|pack a day|packs a day|per day|cigarettes a day|al dia|cajetilla|un paquete|nonstop|24 7|round the clock|once a day|pack and a half a day|half a pack a day|every time)",
    ],
    &[
        "(more than half|over half|mas de la mitad|most days|most of the days|la mayoria|la mayor parte|most of the time|more often than not|majority|more days than not|more than half the days|mas dias que no|half the time or more|mas de la mitad de los dias|casi la mayoria|mas que la mitad)",
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
        "(rarely|seldom|less often|hardly ever|casi nunca|rara vez|menos|less than that|raramente|once or twice a year|times a year|una vez al ano|muy de vez en cuando|almost never|few times a year|veces al ano|yearly|con menos frecuencia|menos seguido)",
    ],
    &[
        "(often|frequently|a menudo|frecuentemente|seguido|muy seguido|con frecuencia|muchas veces|usually|casi siempre|normally)",
    ],
    // Severity
    &[
        "(mild|slight|light|leve|ligero|ligera|little|a bit|un poco|minor|poquito|suave|not too bad|not bad|poco)",
    ],
    &[
        "(moderate|medium|middling|moderado|moderada|regular|in between|mas o menos|so so|average|intermedio|medio|bearable)",
    ],
    &[
        "(severe|terrible|awful|horrible|excruciating|unbearable|agony|intense|severo|severa|fuerte|intenso|intensa|insoportable|grave|very bad|really bad|muy fuerte|worst|the worst|bastante fuerte|agonizing|mucho)",
    ],
    &["(excellent|excelente|great|fantastic|wonderful|terrific|perfecta|perfecto|estupendo|estupenda)"],
    &["(very good|muy buena|muy bueno|muy bien|really good|pretty good|real good)"],
    &["(good|fine|buena|bueno|bien|okay|ok|all right|alright|decent)"],
    &["(fair|so so|regular|average|not great|mas o menos|meh|could be better|mediocre|asi asi)"],
    &["(poor|bad|mala|malo|mal|lousy|terrible|awful|pesima|pesimo|not good|really bad|muy mal|muy mala)"],
    // Symptoms
    &[
        "(fever|fevers|feverish|chills|temperature|calentura|fiebre|escalofrios|shivering|shivers|sweats|febril|temp|destemplanza|destemplado)",
        "burning up",
        "(running|have|had) a (temperature|temp)",
        "(hot and cold|night sweats)",
    ],
    &["(cough|coughing|coughs|coughed|tos|toser|tosiendo|toso|phlegm|flemas|flema)"],
    &[
        "(trouble|difficulty|hard|short|shortness|problem|problems|dificultad|problemas|struggling|labored|labor) (of|with|to|para|al)? (breathing|breath|breathe|respirar|respiracion)",
        "(breathless|breathing|wheezing|wheezy|wheeze|winded|ahogo|breathlessness|sofocado|sofocada|asfixia|asfixio|respirar|respiro|puffed|gasping|suffocating)",
        "(out of|catch my|catching my|cant get enough|get my) (breath|air)",
        "(cant|cannot|hard to|not able to|unable to) breathe",
        "(falta|me falta|faltando) (de|el)? (aire|aliento)",
        "me ahogo",
        "silbido en el pecho",
        "no puedo respirar",
    ],
    &[
        "chest (pain|pains|pressure|discomfort|tightness|hurts|hurting|is tight|feels tight|ache|aches)",
        "(pain|pains|pressure|tightness|tight|ache|hurts|discomfort|aching|squeezing|burning) (in|on|across|around)? (my|the)? (heart|chest)",
        "(dolor|presion|opresion|molestia|punzada) (de|en|en el|del)? pecho",
        "(duele|aprieta|oprime) (mucho)? el pecho",
        "(angina)",
    ],
    &[
        "(headache|headaches|migraine|migraines|jaqueca|migrana|cefalea|migranas|jaquecas)",
        "(dolor|dolores) de cabeza",
        "(my|the) head (hurts|aches|is (killing|pounding|splitting|hurting|throbbing|banging)|pounds|is pounding)",
        "(me)? duele (mucho)? la cabeza",
        "(pain|ache|aching|pounding|throbbing) in my head",
        "head pain",
        "sore head",
    ],
    &[
        "(belly|stomach|tummy|abdominal|gut) (pain|pains|ache|aches|cramps|cramping|hurts|hurting|is hurting|sore|trouble|upset|issues|is sore)",
        "(stomachache|bellyache|tummyache|stomachaches)",
        "(pain|cramps|cramping|ache|hurts|pains) (in|around)? (my|the)? (belly|stomach|tummy|abdomen|gut)",
        "(my|the) (tummy|stomach|belly|abdomen|gut) (is|has been|feels|s)? (sore|bad|upset|off|hurting|aching)",
        "(tummys|stomachs|bellys) (sore|bad|upset|hurting|killing me|aching)",
        "dolor(es)? (de|en|en el|del)? (estomago|barriga|panza|abdomen|vientre|abdominal)",
        "dolor (de|en|en el|en la|del|abdominal) (estomago|barriga|panza|abdomen|vientre|tripa)?",
        "(me)? duele (mucho)? (el|la) (estomago|barriga|panza|abdomen|vientre|tripa|guata)",
        "(colico|colicos|retortijones)",
    ],
    &[
        "(vomit|vomiting|vomited|vomito|vomitos|vomitando|vomite|vomitado|vomitar|diarrhea|diarrhoea|diarrea|puking|puke|runs|soltura|chorro)",
        "(throwing|threw|thrown|throw) (it|everything)? up",
        "(loose|watery|runny) (stools|stool|bowels|poop|motions|bowel)",
        "(cant keep|not keeping|keep) (anything|food|nothing)? down",
        "(upset|sick) (tummy|stomach|to my stomach)",
        "being sick",
        "(the runs|the trots|volvi el estomago|devolver el estomago|devuelvo)",
    ],
    &[
        "(nausea|nauseous|nauseated|queasy|nauseas|asco|queasiness|asqueado)",
        "(feel|feeling|felt) sick",
        "sick to (the|my) stomach",
        "ganas de vomitar",
        "(revuelto|revuelve) (el)? estomago",
        "want to throw up",
        "estomago revuelto",
    ],
    &[
        "(dizzy|dizziness|lightheaded|lightheadedness|vertigo|woozy|giddy|unsteady|mareo|mareos|mareado|mareada|wobbly|faint|spinning|spins|desvanecimiento|mareando|atarantado)",
        "light headed",
        "(room|everything|things|head|todo) (is|me|se|da|was|starts)? (spinning|spins|spin|da vueltas|dando vueltas|going round|mueve)",
        "(me)? (da|dan) vueltas (la cabeza)?",
        "off balance",
    ],
    &[
        "(fainted|fainting|faint|collapsed|unconscious|desmayo|desmaye|desmayado|desmayada|desmayos|blackout)",
        "(passed|passing|pass|black|blacked|blacking) out",
        "lost consciousness",
        "perdi el (conocimiento|sentido)",
        "me desmaye",
    ],
    &[
        "(rash|rashes|hives|sarpullido|ronchas|salpullido|erupcion|urticaria|eczema|granitos|blotchy|blotches|welts)",
        "(spots|red patches|bumps|manchas) (on|en|all over)? ..3",
        "(itchy|itching) skin",
        "(red|itchy) (bumps|patches|spots)",
    ],
    &[
        "(weakness|numbness|numb|tingling|weak|debilidad|entumecimiento|entumecido|entumecida|adormecimiento|adormecido|adormecida|hormigueo|hormigueos|droopy|drooping|paralizado|dormida|pins and needles)",
        "(one side|un lado) (of|del|de)? (my|the|mi)? (face|body|cara|cuerpo)?",
    ],
    &[
        "(very low|hopeless|low mood|feeling down|depressed|desesperanzado|desesperanza|muy triste|hopelessness|blue|down in the dumps|very sad|muy decaido|muy decaida|sin esperanza|deprimido|deprimida|desanimado|desanimada|low|down|gloomy|animo bajo)",
    ],
    &[
        "(tired|fatigue|fatigued|exhausted|worn out|no energy|cansancio|cansado|cansada|fatiga|agotado|agotada|drained|wiped out|knackered|lack of energy|sin energia|lethargic|run down)",
    ],
    &[
        "(sore throat|throat hurts|throat is sore|garganta|dolor de garganta|throat pain|scratchy throat|hurts to swallow|strep|tonsillitis)",
        "duele la garganta",
    ],
    &[
        "(runny nose|stuffy nose|congestion|congested|stuffed up|blocked nose|moco|mocos|congestionado|congestionada|nariz tapada|nariz|sneezing|sniffles|snotty|gripe|catarro|resfriado|resfriada|resfrio|head cold|sinus|sinuses|escurrimiento)",
    ],
    &["(sweating|sweaty|sweat|clammy|sudor|sudores|sudoracion|sudando|sudo|cold sweat|sudor frio)"],
    &[
        "(pain|hurts|aching|ache|hurting|dolor|duele) (in|down|en|en el|en la|el|la|going down|into)? (my|the|mi)? (left|right)? (arm|jaw|neck|brazo|mandibula|cuello|quijada)",
        "(arm|jaw|neck) (pain|hurts|aches|ache)",
        "(brazo|mandibula|cuello|quijada|jaw)",
        "(left|my) arm",
    ],
    &["(bleeding|blood|spotting|sangrado|sangre|sangrando|manchado|bloody|bled|hemorragia|manchando)"],
    &[
        "(vision|blurry|blurred|blurriness|spots in front of my eyes|double vision|seeing spots|borroso|borrosa|vista nublada|vision borrosa|eyesight|cant see|veo doble|seeing double|veo borroso)",
    ],
    &[
        "(swelling|swollen|swelled|puffy|hinchazon|hinchado|hinchada|inflamado|inflamada|hincha|hinchados|hinchadas|edema|bloated)",
    ],
    &["(constipated|constipation|estrenido|estrenida|estrenimiento|cant go|bunged up|no puedo ir al bano)"],
    &["(heartburn|reflux|acid|indigestion|agruras|acidez|reflujo|gerd|gastritis)"],
    &[
        "(palpitations|palpitaciones|racing heart|heart racing|heart is racing|fluttering|skipping beats|skipped beats|taquicardia|pounding heart|heart pounding|corazon acelerado)",
    ],
    &[
        "(weight loss|losing weight|lost weight|perdida de peso|he bajado de peso|bajado de peso|perdiendo peso|adelgazado)",
    ],
    &["(itch|itching|itchy|itches|comezon|picazon|pica|rasquera)"],
    &[
        "(baby|bebe) (is|has been|isnt|is not|not|se|no se)? (moves|moving|mueve|movement|kicking|kicks) (less|menos|much)?",
        "(less|reduced|fewer) (movement|kicks)",
        "(se mueve menos|el bebe no se mueve|not moving much|not kicking|bebe se mueve menos)",
    ],
    &[
        "(leaking|waters|fluid|gush|rompio la fuente|liquido|saliendo agua|water broke|waters broke|fuente|leak)",
    ],
    // Kinds of pain
    &[
        "(sharp|stabbing|knife|stab|stabs|knifelike|punzante|puñalada|punzadas|cuchillo|pinchazo|shooting|pricking|piquete|piquetes|agudo|lancinante|needles|punzada|pointy|clavado)",
    ],
    &["(dull|aching|achy|aches|ache|sordo|nagging|sore|adolorido|adolorida|molesto|constant ache)"],
    &[
        "(burning|burns|burn|ardor|arde|quemazon|quema|ardoroso|fire|hot|fuego|lumbre|acid|quemante|ardiente|stinging|like fire|ardiendo)",
    ],
    &[
        "(cramp|cramping|cramps|crampy|calambre|calambres|colico|colicos|spasm|spasms|espasmos|retortijon|retortijones|gripping|calambrazo|tipo colico)",
    ],
    &[
        "(throbbing|throbs|pulsing|pulsating|pounding|palpitante|late|pulsatil|pulsante|beating|latidos|banging|like a heartbeat)",
    ],
    &[
        "(pressure|tight|tightness|squeezing|heavy|heaviness|crushing|presion|opresivo|opresion|apretado|aprieta|pesadez|weight|elephant|band|peso|opresiva|apretando|squeeze|pushing)",
        "(sitting|sits|standing) on (my|me|the|it)",
        "like a (vice|vise|band|brick)",
    ],
    &["(electric|electrico|shock|shocks|zap|zaps|toques|corriente|descarga|descargas)"],
    // Conditions
    &[
        "(hypertension|hipertension|hipertenso|hipertensa)",
        "(high|alta|raised|elevated) (blood)? (pressure|presion|tension)",
        "(blood pressure|bp) (is|runs|problems|problem)? (high|pills|problem|problems)?",
        "presion (arterial)? alta",
        "(la presion|de la presion|presion arterial|tension alta)",
    ],
    &[
        "(diabetes|diabetic|diabetico|diabetica|prediabetes|prediabetic|sugar|azucar|diabetics|type two|type one|type 2|type 1)",
        "(high|blood) sugar",
        "azucar (alta|en la sangre)",
    ],
    &[
        "(stroke|strokes|tia|mini stroke|ministroke|derrame|embolia|ictus|epilepsy|epileptic|seizures|seizure|epilepsia|convulsiones|evc|brain bleed|derrame cerebral|infarto cerebral|fits|aneurysm|ataques epilepticos)",
    ],
    &[
        "heart (attack|disease|failure|problems|problem|condition|trouble|murmur|surgery|bypass|valve|rhythm|issues|issue|stents?)",
        "(stent|stents|afib|a fib|angina|bypass|pacemaker|arrhythmia|cardiac|coronary|infarto|marcapasos|corazon|arritmia|soplo|heart|cardiaco|cardiaca|cardiacos|atrial fibrillation|irregular heartbeat|tachycardia|insuficiencia cardiaca|ticker|valve)",
    ],
    &[
        "(asthma|asthmatic|copd|emphysema|bronchitis|lung|lungs|asma|asmatico|asmatica|epoc|enfisema|bronquitis|pulmon|pulmones|pulmonar|pulmonares|pneumonia|neumonia|tuberculosis|tb|c o p d|sleep apnea|pulmonary|bronquios|inhaler)",
    ],
    &[
        "(cancer|tumor|tumour|leukemia|leukaemia|lymphoma|melanoma|leucemia|linfoma|chemo|chemotherapy|quimioterapia|mastectomy|carcinoma|canceroso|quimio|oncology|malignant)",
    ],
    &[
        "(kidney|kidneys|renal|dialysis|rinon|rinones|dialisis|renales|kidney stones|piedras en el rinon|nephritis)",
    ],
    &["(liver|hepatitis|cirrhosis|higado|cirrosis|hepatic|hepatico|fatty liver|higado graso)"],
    &[
        "(thyroid|hypothyroid|hypothyroidism|hyperthyroid|tiroides|hipotiroidismo|hipertiroidismo|hashimotos|hashimoto|graves disease|goiter|bocio|underactive thyroid)",
    ],
    &[
        "(depression|depressed|anxiety|anxious|depresion|ansiedad|mental health|bipolar|ptsd|panic|panico|panic attacks|salud mental|nervios|schizophrenia|ocd|mental|nerves|ataques de panico|estres|stress)",
    ],
    &["(arthritis|artritis|rheumatoid|osteoarthritis|reuma|artrosis|gout|gota|joints|joint)"],
    &["(cholesterol|colesterol|lipids|trigliceridos|triglycerides|hyperlipidemia)"],
    &[
        "(blood clot|blood clots|clot|clots|dvt|embolism|coagulo|coagulos|trombosis|thrombosis|embolia pulmonar)",
    ],
    &["(anemia|anemic|anaemia|anaemic|anemico|anemica|low iron)"],
    &["(hiv|aids|vih|sida)"],
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
        "(all over|everywhere|por todos lados|toda|todo|por todas partes|all around|todas partes|the whole (thing|belly|stomach|tummy)|todo el (estomago|vientre|abdomen|cuerpo)|en todas partes)",
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
        "(wife|husband|spouse|partner|boyfriend|girlfriend|fiance|fiancee|esposa|esposo|marido|mujer|pareja|novio|novia|conyuge|hubby|significant other|companero|companera)",
    ],
    &[
        "(son|daughter|child|children|kids|kid|hijo|hija|hijos|hijas|stepson|stepdaughter|boy|girl|oldest|youngest|hijastro|hijastra)",
    ],
    &[
        "(mother|father|mom|dad|mum|mama|papa|parent|parents|madre|padre|padres|stepmother|stepfather|mommy|daddy|stepmom|stepdad)",
    ],
    &["(brother|sister|sibling|siblings|hermano|hermana|hermanos|hermanas|twin)"],
    &["(friend|friends|buddy|amigo|amiga|pal|mate|bestie|amigos|roommate|companero de cuarto)"],
    &[
        "(someone else|somebody else|somewhere else|something else|other|otra persona|otro|otra|otros|otras|otra cosa|otro lugar|none of the above|different|otra parte|others|alguien mas|something different|anything else|neighbor|neighbour|vecino|vecina)",
    ],
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
        "(eating|eat|meals|meal|food|comer|comida|como|comidas|after i eat|alimentos|breakfast|lunch|dinner|comiendo|swallow|spicy)",
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
    &[
        "(cane|walker|walking stick|stick|frame|zimmer|crutches|crutch|rollator|baston|andador|muletas|andadera|bordon)",
    ],
    &["(wheelchair|silla de ruedas|scooter|chair)"],
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
        "(myself|self|cash|out of pocket|uninsured|pay myself|no insurance|efectivo|sin seguro|yo mismo|i pay|de mi bolsillo|pago yo|self pay|no tengo seguro|yo pago|paying cash)",
    ],
    // Allergens
    &["(penicillin|penicillins|amoxicillin|augmentin|ampicillin|penicilina|amoxicilina|ampicilina|pen vk)"],
    &["(sulfa|sulpha|bactrim|septra|sulfas|sulfamethoxazole|sulfonamide|sulfonamidas|trimetoprim)"],
    &[
        "(aspirin|ibuprofen|advil|motrin|aleve|naproxen|nsaids|aspirina|ibuprofeno|naproxeno|nsaid|antiinflamatorios|anti inflammatories|nurofen)",
    ],
    &["(latex|rubber|gloves|bandaids|band aids|balloons|guantes|hule|goma|caucho|adhesive)"],
    &[
        "(peanut|peanuts|nuts|nut|almonds|cashews|walnuts|pecans|hazelnuts|cacahuate|cacahuates|nueces|nuez|almendras|mani|cacahuete|pistachios|frutos secos|tree nuts|peanut butter)",
    ],
    &[
        "(shellfish|shrimp|prawns|crab|lobster|mariscos|camarones|camaron|cangrejo|langosta|clams|mussels|oysters|gambas|seafood|ostiones)",
    ],
    &[
        "(bee|bees|wasp|wasps|sting|stings|abeja|abejas|avispa|avispas|hornet|hornets|insect|picadura|picaduras|yellow jackets|piquetes de abeja)",
    ],
    &["(egg|eggs|huevo|huevos)"],
    &["(milk|dairy|lactose|leche|lacteos|lactosa|cheese|queso)"],
    &["(pollen|hay fever|grass|polen|dust|polvo|mold|cats|dogs|pets|gatos|perros|moho|animals|dander|pasto)"],
    &["(codeine|morphine|opioids|opiates|codeina|morfina|tramadol|oxycodone|narcotics)"],
    &["(iodine|contrast|yodo|contraste|betadine|dye)"],
    // Yes, no, perhaps
    &["(pregnant|embarazada|expecting|encinta|with child|estoy esperando|months along|weeks along)"],
    &[
        "(maybe|perhaps|possibly|might be|could be|quiza|quizas|tal vez|puede ser|puede que|might|not sure|no estoy segura|posiblemente|a lo mejor|i could be|podria estarlo|podria estar|podria|could|tengo un retraso|im late)",
    ],
    &[
        "(doesnt apply|does not apply|not applicable|no aplica|n a|im a man|soy hombre|im male|hysterectomy|menopause|menopausia|postmenopausal|through the change|no me aplica|no corresponde|im a guy|too old for that|my womb out|no womb|histerectomia|womb out|this does not apply|esto no se aplica|no se aplica|soy varon|im a male|i am a man|post menopausal|no utero|ya no regla|past that|not possible)",
    ],
    // Alcohol, home, work
    &["(married|casado|casada)"],
    &["(single|soltero|soltera|never married)"],
    &["(divorced|divorciado|divorciada|separated|separado|separada)"],
    &["(widow|widowed|widower|viudo|viuda)"],
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
    &["(homeless|shelter|street|on the streets|refugio|calle|sin hogar|my car|couch)"],
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
        "(injury|injured|accident|fall|fell|hurt myself|lesion|accidente|caida|me cai|golpe|after a fall|despues de una caida|a blow|hit my head|bumped|golpe en la cabeza|me golpee|cai|banged)",
    ],
    &[
        "(suddenly|sudden|all at once|de repente|de golpe|repentino|out of nowhere|de pronto|like a thunderclap|all of a sudden|subitamente|abrupt|out of the blue|subito|repentina)",
    ],
    &[
        "(gradually|gradual|slowly|poco a poco|little by little|over time|lentamente|paulatino|bit by bit|crept up|gradualmente)",
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
