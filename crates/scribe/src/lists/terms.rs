//! What complaints, illnesses, reactions and allergens are called. Phrases stand between bars; endings are taken off before they are compared.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::speech::Sentence;
use crate::check::reading::stem;

/// Phrases by the stem of their first word.
pub(super) struct Terms(HashMap<String, Vec<Vec<String>>>);

impl Terms {
    fn of(lists: &[&str]) -> Self {
        let mut terms: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for phrase in lists.iter().flat_map(|list| list.split('|')) {
            let words: Vec<String> = phrase.split_whitespace().map(stem).collect();
            if let Some(first) = words.first() {
                terms.entry(first.clone()).or_default().push(words);
            }
        }
        Self(terms)
    }

    /// How many words the longest phrase has that begins here.
    fn begins(&self, stems: &[String]) -> Option<usize> {
        let phrases = self.0.get(stems.first()?)?;
        let fit = |phrase: &&Vec<String>| {
            stems.len() >= phrase.len() && phrase.iter().zip(stems).all(|(a, b)| a == b)
        };
        phrases.iter().filter(fit).map(Vec::len).max()
    }
}

/// Where the phrases stand in a sentence, the longest first where they overlap: first and last token.
pub(super) fn find(terms: &Terms, sentence: &Sentence<'_>, from: usize) -> Vec<(usize, usize)> {
    let stems: Vec<String> = sentence.text.tokens.iter().map(|token| stem(&token.text)).collect();
    let mut all = Vec::new();
    let mut at = from;
    while at < stems.len() {
        match terms.begins(&stems[at..]) {
            Some(length) => {
                all.push((at, at + length - 1));
                at += length;
            }
            None => at += 1,
        }
    }
    all
}

/// One word for several that mean the same complaint or illness: what tells lines apart. Never shown.
pub(super) fn alike(word: &str) -> Option<&'static str> {
    const ALIKE: &[&str] = &[
        "pain ache aches aching hurt hurts hurting sore",
        "hypertension htn",
        "dizziness dizzy lightheaded lightheadedness",
        "swelling swollen swell swells",
        "numbness numb",
        "stiffness stiff",
        "itching itchy itches",
        "vomiting vomit vomited",
        "nausea nauseous nauseated",
        "fatigue tired tiredness exhausted",
        "reflux gerd",
        "coughing cough",
        "fever fevers febrile",
        "weakness weak",
        "constipation constipated",
        "wheezing wheeze wheezes",
        "belly abdominal abdomen",
        "depression depressed",
        "anxiety anxious",
    ];
    ALIKE
        .iter()
        .find(|line| line.split_ascii_whitespace().any(|one| one == word))
        .and_then(|line| line.split_ascii_whitespace().next())
}

/// Illnesses.
const ILLNESSES: &str = "diabetes|type 1 diabetes|type one diabetes|type 2 diabetes|type two diabetes|prediabetes|gestational diabetes|hypertension|high \
    blood pressure|low blood pressure|high cholesterol|hyperlipidemia|hypercholesterolemia|asthma|copd|emphysema|chronic bronchitis|bronchitis|\
    pneumonia|tuberculosis|sleep apnea|heart attack|myocardial infarction|heart failure|congestive heart failure|coronary artery disease|heart \
    disease|atrial fibrillation|afib|heart murmur|angina|stroke|tia|mini stroke|blood clot|blood clots|deep vein thrombosis|dvt|pulmonary embolism|\
    peripheral artery disease|kidney disease|chronic kidney disease|kidney stones|kidney stone|kidney failure|urinary tract infection|uti|kidney \
    infection|bladder infection|enlarged prostate|prostate cancer|breast cancer|colon cancer|lung cancer|skin cancer|ovarian cancer|cervical cancer|\
    thyroid cancer|cancer|melanoma|leukemia|lymphoma|hypothyroidism|hyperthyroidism|underactive thyroid|overactive thyroid|thyroid disease|thyroid \
    problems|hashimoto's|graves disease|anemia|iron deficiency|sickle cell|hemophilia|arthritis|rheumatoid arthritis|osteoarthritis|osteoporosis|\
    gout|lupus|fibromyalgia|psoriasis|eczema|rosacea|shingles|cellulitis|acid reflux|reflux|gerd|heartburn|stomach ulcer|ulcer|ulcers|gastritis|\
    crohn's disease|crohn's|ulcerative colitis|colitis|irritable bowel syndrome|ibs|celiac disease|diverticulitis|gallstones|hepatitis|hepatitis b|\
    hepatitis c|cirrhosis|fatty liver|pancreatitis|appendicitis|hernia|hemorrhoids|depression|anxiety|panic attacks|panic attack|bipolar disorder|\
    bipolar|schizophrenia|adhd|ptsd|autism|dementia|alzheimer's|alzheimer's disease|parkinson's|parkinson's disease|epilepsy|seizures|seizure|\
    multiple sclerosis|migraine|migraines|neuropathy|carpal tunnel|carpal tunnel syndrome|sciatica|scoliosis|herniated disc|glaucoma|cataracts|\
    cataract|macular degeneration|conjunctivitis|pink eye|sinusitis|sinus infection|strep throat|strep|tonsillitis|ear infection|mononucleosis|mono|\
    influenza|the flu|covid|hiv|endometriosis|fibroids|ovarian cysts|polycystic ovary syndrome|pcos|preeclampsia|miscarriage|seasonal allergies|hay \
    fever|concussion|obesity|alcoholism|vertigo|tinnitus|plantar fasciitis|tendinitis|tendonitis|rotator cuff tear|meniscus tear|acl tear|\
    chickenpox|measles|mumps|rheumatic fever|malaria|dengue|diabetes tipo 2|hipertensión|presión alta|asma|colesterol alto|cáncer|gastritis|artritis|anemia|\
    migraña|depresión|ansiedad|neumonía|gripe|infarto|epilepsia|hipotiroidismo";

/// Complaints.
const COMPLAINTS: &str = "chest pain|chest pains|chest pressure|chest tightness|tightness in my chest|pressure in my chest|chest discomfort|shortness of breath|short of breath|trouble \
    breathing|difficulty breathing|hard to breathe|palpitations|racing heart|irregular heartbeat|fainting|fainted|passed out|passing out|dizziness|dizzy|dizzy \
    spells|lightheaded|lightheadedness|headache|bad headache|severe headache|fever|low grade fever|chills|night sweats|sweats|sweating|hot flashes|fatigue|exhausted|weight \
    loss|weight gain|losing weight|gaining weight|loss of appetite|no appetite|cough|dry cough|coughing|coughing up blood|wheezing|sore throat|\
    throat pain|runny nose|stuffy nose|nasal congestion|congestion|sinus pressure|sneezing|postnasal drip|hoarseness|hoarse|loss of smell|loss of taste|earache|ear \
    pain|hearing loss|ringing in my ears|ringing in the ears|nosebleeds|nosebleed|blurry vision|blurred vision|double vision|vision changes|vision loss|loss of vision|red eyes|\
    eye pain|itchy eyes|watery eyes|nausea|nauseous|nauseated|vomiting|throwing up|diarrhea|constipation|constipated|bloating|abdominal pain|stomach pain|stomach ache|\
    stomachache|belly pain|stomach cramps|abdominal cramps|cramps|blood in my stool|blood in the stool|blood in your stool|bloody stool|bloody stools|black stools|rectal bleeding|blood in my urine|blood \
    in the urine|blood in your urine|burning when i urinate|burning when i pee|burning with urination|painful urination|pain with urination|burning when you urinate|burning when you pee|\
    frequent urination|urinary frequency|urgency|incontinence|trouble urinating|difficulty urinating|discharge|vaginal discharge|vaginal bleeding|heavy periods|irregular periods|missed period|spotting|pelvic pain|\
    hot flashes|back pain|lower back pain|low back pain|upper back pain|neck pain|joint pain|muscle pain|muscle aches|body aches|muscle cramps|leg cramps|muscle weakness|weakness|\
    numbness|tingling|numbness and tingling|pins and needles|tremor|tremors|shaking|confusion|memory loss|memory problems|trouble sleeping|insomnia|can't sleep|difficulty sleeping|snoring|stress|panic|suicidal thoughts|\
    rash|itching|hives|itchy skin|dry skin|hair loss|bruising|easy bruising|swollen glands|swollen lymph nodes|lump|breast lump|mole|swelling|leg swelling|ankle swelling|trouble swallowing|difficulty swallowing|\
    painful swallowing|mouth sores|toothache|jaw pain|excessive thirst|stiff neck|neck stiffness|joint swelling|joint stiffness|morning stiffness|stiffness|\
    dolor de cabeza|dolor de garganta|dolor de espalda|dolor de pecho|dolor de estómago|dolor de barriga|fiebre|tos|mareo|mareos|náusea|náuseas|vómito|vómitos|diarrea|estreñimiento|falta de aire|cansancio|escalofríos|sarpullido|picazón|hinchazón";

pub(super) static PROBLEMS: LazyLock<Terms> = LazyLock::new(|| Terms::of(&[ILLNESSES, COMPLAINTS]));

/// What an allergy does.
pub(super) static REACTIONS: LazyLock<Terms> = LazyLock::new(|| {
    Terms::of(&[
        "hives|a rash|a bad rash|an itchy rash|rash|rashes|anaphylaxis|anaphylactic shock|anaphylactic reaction|throat swelling|throat swells|throat swells up|\
         throat swelled up|throat closes|throat closes up|throat closed up|throat closing|face swells|face swells up|face swelled up|lips swell|lips swell up|lips swelled up|\
         tongue swells|tongue swells up|swelling|swell up|swelled up|swells up|itching|itchy|itch|trouble breathing|can't breathe|couldn't breathe|difficulty breathing|\
         shortness of breath|vomiting|throw up|throwing up|threw up|nausea|nauseous|upset stomach|stomach upset|diarrhea|blisters|pass out|passed out|fainted|\
         break out|breaks out|broke out|sneezing|wheezing|ronchas|sarpullido|urticaria|hinchazón|picazón|me hincho|break out in hives|broke out in hives|breaks out in hives|break out in a rash|broke out in a rash",
    ])
});

/// What people are allergic to besides medicines.
const OTHER_ALLERGENS: &str = "latex|peanuts|peanut|tree nuts|nuts|walnuts|almonds|cashews|shellfish|shrimp|crab|lobster|fish|eggs|egg|milk|dairy|soy|wheat|gluten|pollen|\
    grass|ragweed|dust|dust mites|mold|cats|cat hair|dogs|pet dander|bee stings|bee sting|bees|wasps|wasp stings|iodine|contrast|contrast dye|iv contrast|nickel|adhesive|adhesive tape|\
    strawberries|kiwi|bananas|avocado|sesame|látex|mariscos|cacahuates|cacahuate|huevo|leche|polen|nueces|camarones|maní|polvo|abejas";
pub(super) static ALLERGENS: LazyLock<Terms> = LazyLock::new(|| {
    Terms::of(&[
        OTHER_ALLERGENS,
        "sulfa|sulfa drugs|sulfas|penicillin|penicillins|penicilina|aspirina|codeine|morphine|cipro|bactrim|keflex|amoxil|nsaids|statins|ace inhibitors|anesthesia|tetanus",
    ])
});

/// Whether it is something else than a medicine.
pub(super) fn is_no_medicine(substance: &str) -> bool {
    OTHER_ALLERGENS.split('|').any(|one| one.trim() == substance)
}

/// Parts of the body that hurt.
pub(super) const PARTS: &str = "knee knees ankle ankles foot feet toe toes leg legs thigh thighs calf calves shin heel heels hip hips arm arms forearm elbow elbows wrist wrists hand \
                                hands finger fingers thumb thumbs shoulder shoulders eye eyes ear ears side chest breast breasts rib ribs flank groin neck jaw cheek temple back head throat stomach belly \
                                abdomen tooth teeth gum gums tongue lip lips nose face scalp skin joint joints buttock tailbone spine testicle rodilla rodillas tobillo pie pierna brazo codo muñeca mano dedo hombro cadera ojo oído espalda cabeza garganta estómago pecho cuello";
/// Sides and places of a part.
pub(super) const SIDES: &str = "left right both upper lower middle inner outer front big little ring index izquierdo izquierda derecho derecha ambos ambas";
/// What hurts in a part.
pub(super) const AILMENTS: &str = "pain pains ache aches aching soreness swelling numbness tingling stiffness weakness injury fracture sprain cramps cramping spasms tenderness discomfort \
                                   tightness burning itching rash redness bruise lump dolor hinchazón";
/// What a part does that hurts.
pub(super) const HURTS: &str = "hurt hurts hurting ache aches aching sore swollen stiff numb painful swells throbbing throbs burns itches itchy cramps tender duele duelen hinchado hinchada";
