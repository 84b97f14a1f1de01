//! What different words for an option mean the same: each group is one meaning, in both languages. An option has the meaning
//! of a group whose words stand in it; an answer means the options that have its groups.

/// The groups. Within a group an earlier phrase says nothing more than a later one; where groups overlap the longer phrase
/// counts.
pub(super) const AILMENTS: &[&[&str]] = &[
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
        "(falta|va|acaba|me falta|faltando) (de|el)? (aire|aliento)",
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
        "(sore|upset|bad) (stomach|belly|tummy|abdomen|gut)",
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
        "(was|been|got|get) sick (once|twice|# times|all night|this morning|last night|everywhere)",
        "(bring|bringing|brought) (it|everything|food|my food)? (all)? (back)? up",
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
        "(runny nose|stuffy nose|congestion|congested|stuffed up|blocked nose|moco|mocos|congestionado|congestionada|nariz tapada|nariz|sneezing|sniffles|snotty|gripe|catarro|resfriado|resfriada|resfrio|head cold|sinus|sinuses|escurrimiento|moquera|moqueo|moqueando|moquillo|mocoso|mocosa|constipado|constipada|snot|bunged up nose|blocked up|nose (is)? (running|blocked|stuffy|dripping)|chorreando la nariz)",
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
    &[
        "(appendix|gallbladder|tonsils|c section|c sections|cesarean|cesarea|cesareas|hysterectomy|hernia|knee replacement|hip replacement|operation|operations|operated|vesicula|apendice|apendicitis|operaron|cirugia|cirugias|surgery|surgeries|amigdalas|cataract|cataracts|cataratas|matriz|stents)",
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
    &["(pollen|hay fever|grass|grasses|polen|pasto|trees)"],
    &["(dust|dust mites|polvo|acaros)"],
    &["(mold|mould|moho)"],
    &["(cat|cats|dog|dogs|pet|pets|gato|gatos|perro|perros|animal|animals|dander|animales|mascotas|fur)"],
    &["(codeine|morphine|opioids|opiates|codeina|morfina|tramadol|oxycodone|narcotics)"],
    &["(iodine|contrast|yodo|contraste|betadine|dye)"],
];
