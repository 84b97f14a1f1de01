//! Lists of words and phrases. Phrases are written between bars, so that a list stays a paragraph that a person can read.

use std::sync::LazyLock;

/// A list of phrases, each a list of words in lower case.
pub(super) struct Phrases(LazyLock<Vec<Vec<&'static str>>>);

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: Phrases =
            Phrases(LazyLock::new(|| $text.split('|').map(|phrase| phrase.split_whitespace().collect()).collect()));
    )*};
}

impl Phrases {
    /// The length in words of the longest phrase that these words (in lower case) begin with.
    pub(super) fn begins(&self, words: &[String]) -> Option<usize> {
        self.all_that_begin(words).max()
    }

    /// The lengths in words of the phrases that these words begin with.
    pub(super) fn all_that_begin(&self, words: &[String]) -> impl Iterator<Item = usize> {
        self.0
            .iter()
            .filter(move |phrase| {
                words.len() >= phrase.len() && phrase.iter().zip(words).all(|(a, b)| a == b)
            })
            .map(Vec::len)
    }

    /// The length in words of the longest phrase that these words end with.
    pub(super) fn ends(&self, words: &[String]) -> Option<usize> {
        self.0
            .iter()
            .filter(|phrase| {
                words.len() >= phrase.len() && words[words.len() - phrase.len()..].iter().eq(phrase.iter())
            })
            .map(Vec::len)
            .max()
    }

    /// Whether one of the phrases stands anywhere in these words.
    pub(super) fn within(&self, words: &[String]) -> bool {
        (0..words.len()).any(|at| self.all_that_begin(&words[at..]).next().is_some())
    }

    /// Whether these words are one of the phrases.
    pub(super) fn are(&self, words: &[String]) -> bool {
        self.0.iter().any(|phrase| words.iter().eq(phrase.iter()))
    }
}

/// Whether a list of words (with spaces between) has this word.
pub(super) fn listed(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// The words in lower case.
pub(super) fn lower(tokens: &[String]) -> Vec<String> {
    tokens.iter().map(|token| token.to_lowercase()).collect()
}

/// What a patient does with a medicine.
pub(super) const TAKES: &str = "take takes taking took taken tried use uses using used started stopped prescribed given inject injecting";
/// What a question about medicines names.
pub(super) const MEDICINES: &str = "medicine medicines medication medications tablet tablets pill pills inhaler inhalers drugs supplements vitamins injections";
/// How medicines are counted, and nothing else in a visit.
pub(super) const UNITS: &str = "mg mgs milligram milligrams mcg microgram micrograms puff puffs tablet tablets pill pills capsule capsules units unit";
/// Names of medicines that end like no class of them.
pub(super) const DRUGS: &str = "aspirin ibuprofen paracetamol acetaminophen tylenol advil motrin aleve insulin warfarin heparin digoxin codeine morphine \
                                oxycodone hydrocodone tramadol gabapentin pregabalin lithium levothyroxine synthroid prednisone prednisolone \
                                hydrocortisone dexamethasone methotrexate nitroglycerin amiodarone clopidogrel lasix furosemide \
                                hydrochlorothiazide spironolactone metformin salbutamol albuterol ventolin antibiotic antibiotics steroid steroids \
                                inhaler statin sulfa latex naproxen diclofenac meloxicam co-codamol";
/// How the names of classes of medicines end.
pub(super) const DRUG_ENDINGS: &str = "pril sartan olol statin cillin mycin formin prazole conazole dipine floxacin cycline tidine setron triptan gliptin \
                                       gliflozin glutide parin xaban azepam zolam oxetine pram traline profen coxib terol sone solone";
/// What an allergy does.
pub(super) const REACTIONS: &str = "rash hives swelling swelled swells swollen swell itching itchy itched itch throat breathe breathing breath reaction sick \
                                    vomiting vomited vomit nausea nauseous blisters anaphylaxis faint fainted face lips tongue";
/// Tests that a clinician orders.
pub(super) const TESTS: &str = "ecg ekg electrocardiogram echocardiogram echo troponin x-ray x-rays xray mri ct ultrasound labs cbc culture cultures a1c \
                                cholesterol biopsy urinalysis urine blood bloods test tests scan scans panel mammogram colonoscopy endoscopy \
                                spirometry swab electrolytes creatinine glucose hemoglobin tsh d-dimer holter doppler emg dexa";
/// Orders by themselves, whatever comes after.
pub(super) const PRESCRIBES: &str =
    "prescribe prescribing prescription refer referring referral order ordering";
/// What comes after "I think this is" where no diagnosis does.
pub(super) const VAGUE: &str = "good great fine okay best better important reasonable worth time safe possible nice working helping going well idea what \
                                why how where something anything everything all that it we you they normal x-ray";

phrases! {
    /// What a clinician says before the name of what is the matter.
    DIAGNOSES = "i think this is|i think that this is|i think it is|i think it's|i think the patient has|i think they have
        |i think the patient is having|i believe this is|i believe the patient has|i suspect|this is likely|this is most likely
        |this is probably|it is likely|it's likely|it is most likely|it's most likely|the patient likely has
        |the patient most likely has|the patient probably has|my diagnosis is|the diagnosis is|working diagnosis is|this looks like
        |this is consistent with|i am worried this is|i'm worried this is|i am concerned this is|i'm concerned this is";
    /// That the patient has an allergy, in the clinician's mouth.
    PATIENT_ALLERGIC = "patient is allergic|they are allergic|patient has an allergy|allergy to|allergies to";
    /// What the clinician orders, said as what they do or advise.
    ORDERS_STATED = "i am ordering|i'm ordering|we are ordering|we're ordering|i am prescribing|i'm prescribing|i am referring|i'm referring
        |i am sending|i'm sending|i am starting|i'm starting|we are starting|i have ordered|i've ordered|i have prescribed|i've prescribed
        |i have referred|we should get|we should do|we should start|we need to get|we need to do|we need to start|we need an|we need a
        |i recommend|i would recommend|i'd recommend|i would order|i'd order|i want an|i want a|i would like an|i'd like an|i'd like a
        |i would like a";
    /// Replies that affirm.
    YES = "yes|yeah|yep|yup|yea|correct|absolutely|definitely|exactly|mm-hmm|mhm|uh-huh|that's right|that is right|that's correct|of course
        |i do|i have|i am|i did|i was|it does|it is|it has|it did|there is|they do|they are|sure";
    /// Replies that deny.
    NO = "no|nope|nah|never|none|nothing|not at all|not that i know of|not that i'm aware of|not that i can think of|not that i've noticed
        |none that i know of|i do not|i have not|i am not|i'm not|i did not|i was not|it does not|it is not|it's not|it has not|it did not
        |there is not|nothing like that|negative|i do not think so|i have not noticed|i have not noticed anything|not that i remember
        |no sir|no ma'am|i never have|not recently|not lately|not at this time|not at this point";
    /// Behind a statement, asking for assent.
    ASSENTS = "okay|ok|alright|right|all right|is that okay|sound good|does that sound good|does that sound okay|yeah";
    /// Sounds that say "go on" as often as "yes".
    BACK_CHANNELS = "mm-hmm|mhm|uh-huh|okay|right|sure";
    /// Questions that ask about nothing of their own.
    EMPTY_QUESTIONS = "okay|ok|right|all right|alright|anything else|anything like that|is that right|yeah|yes|no|correct|is that correct
        |does that sound okay|does that sound good|how does that sound|any questions|questions|other questions|do you have any questions
        |any other questions|really|is that okay|sound good|sounds good|and|so|any other symptoms|any of that|or anything like that|is it
        |how are you|how are you doing|how are you doing today|how are you today|concerns|other concerns|questions for me|any questions for me
        |do you have any questions for me|anything else going on";
    /// Questions whether what was just said is so.
    CONFIRMS = "right|is that right|correct|is that correct|am i right|is it|yeah|yes|is that so|isn't it|really";
    /// What asks for a thing: "do you have any" chest pain.
    ASKS_FOR = "do you have any|do you have|do you get any|did you have any|have you had any|have you had|did you have|are you having any
        |are you having|have you been having any|have you been having|have you noticed any|have you noticed|did you notice any|did you notice
        |do you notice any|do you notice|are you experiencing any|are you experiencing|have you experienced any|have you experienced
        |have you ever had any|have you ever had|you have any|you had any|do you feel any|have you felt any|do you ever get|do you ever have
        |is there any|was there any|are there any|any|how about any|how about|what about any|what about|no|or any|or|and any
        |do you also have|do you have a history of|is there any history of|did you feel any|did you get any|have you gotten any
        |are you getting any|do you still have|do you still have any|are you still having|are you still having any";
    /// Behind the thing that is asked for, and not part of it.
    QUESTION_TAILS = "or anything like that|anything like that|or anything|at all|or something like that|or no|or not|things like that
        |and things like that|that sort of thing|or any of that|that you've noticed|or so|stuff like that|and stuff like that|with that
        |okay|right|as well|too|either|or|and|or what|since then|in general|that you know of|that you are aware of|for me";
    /// What asks about a thing of the patient's: "when was your" last colonoscopy.
    ASKS_ABOUT = "when was your|what is your|what's your|what are your|what was your|what were your|how is your|how's your|how are your
        |how about your|what about your|how was your|how are you doing with your|how have your|how has your|how are you doing with
        |how about|what about";
    /// What only names a thing of which the question before asked.
    NAMES_ONLY = "how about|what about|and how about|and what about";
    /// What asks how much or when: these words stay.
    ASKS_HOW = "what kind of|how many|how much|how often|how long|how far|which|when did|where is|where did";
    /// Words before a sentence that say nothing.
    OPENERS = "okay|ok|alright|all right|and|so|well|now|but|then|also|yeah|yes|yep|for example|so for example|hey dragon|hey , dragon|sir|ma'am|like i said|my god|oh my god|my gosh|my goodness";
    /// The same, if a pause follows.
    PAUSED_OPENERS = "right|great|good|sure|perfect|excellent|gotcha|fine|awesome|wonderful|fantastic|sorry|hey|no problem|great job|good job
        |very good|sounds good|i see|of course|absolutely|lovely";
    /// What names an allergy.
    ALLERGIES = "allergic|allergy|allergies|anaphylaxis|anaphylactic";
    /// Greetings, thanks, assent, and talk about the visit itself.
    COURTESIES = "ciao|thank you|thanks|hi ,|hello|good morning|good afternoon|good to see you|nice to meet|nice to see|you're welcome|take care|bye
        |goodbye|have a good|have a great|sounds good|that sounds|sounds like a plan|no problem|i understand|i'm good|doing well|hey
        |that's great|that's good|good to hear|glad to hear|i'm glad|i'm sorry|sorry to hear|you bet|it's good to see|it's nice to
        |see you|you too|let me know if you have any questions|do you have any questions|thank god|got it|i can imagine|makes sense
        |welcome|call me if you have any questions|my name is|nice work|just a second|one second|give me a|perfect|wonderful
        |it was good to see|it was great|it was nice|it was a pleasure|no worries|not to worry|i'm sad|im sad|im sorry|bear with me|excuse me|sorry about|i appreciate it|show me|pull up|right this way|i appreciate that|that would be great|i would like that";
    /// Orders to the patient.
    ORDERS_TO_PATIENT = "i want you to|i would like you to|i'd like you to|i just want you to|i do want you to|i'd also like you to
        |i also want you to|i need you to|i will have you|we will have you|we'll have you|i'll have you|you need to|i'd really like you to
        |i really want you to|i'm asking you to|i would also like you to|i will need you to";
    /// What the clinician will do or order.
    ORDERS = "i want to go ahead and|i'd like to go ahead and|i would like to go ahead and|i will go ahead and|we will go ahead and
        |we'll go ahead and|i'll go ahead and|i'll just go ahead and|i will just go ahead and|let's go ahead and|i also want to|i will also
        |we will also|we'll also|i'll also|i'd like to|i would like to|i'd also like to|i do want to|i just want to|i will just|we will just
        |we will|i will|i want to|we'll|i'll|let's|i want to just go ahead and|let's just|we can go ahead and|i would also like to
        |lets go ahead and|lets|i'm gonna|let me go ahead and|just go ahead and|go ahead and|let me|let me just go ahead and|what i'd like to do is|what i want to do is|what we will do is|what i will do is";
    /// Talk about the visit itself, wherever it stands in a sentence.
    ABOUT_THE_VISIT = "next question|few questions|couple of questions|few more questions|some questions|more questions|couple more questions
        |proceed to examination|like to examine|to recap|resummarize|listened to the story|mind at ease|hear me|see me clearly|sound quality
        |start the appointment|going forward|move on to|double-check|double check|nice to meet|good to meet|i hope that|ask the patient
        |couple of things|other question|the next thing|how can i help|email address|phone number|postcode|full name|confidential|just to confirm|first line of|date of birth|questions with the patient";
    /// What a clinician says of what is the matter.
    ASSESSES = "i think the patient has|i think the patient just has|i think the patient is|i think they have|i think they are|i think this is
        |i think it's|consistent with|i suspect|suspect|most likely|likely due|is likely|my concern|the diagnosis|i believe|is probably|due to
        |caused by|seems like the patient|may have|might have|might be|could be|sounds like|wonder whether|wondered whether|working diagnosis|looks like they have|looks like the patient has|i am concerned|i'm concerned|well controlled|under control|doing well
        |doing really well|stable|i'm worried|could be related|positive for what we call|what we call";
    /// What is to be done.
    DOES = "order|prescribe|refer|start|continue|increase|decrease|schedule|mg|milligrams|milligram|follow up|referral|recommend|stop taking";
    /// What an order does to the visit alone: nothing to write down.
    LOGISTICS = "do a quick|do a physical|do my|do a focused|do some maneuvers|look at|take a look|take a quick look|take a listen|listen to|talk a little
        |talk about|go over|go through|tell|pull up|show me|bring up|examine|let you know|review|see what|see how you|get started|just do|press
        |be in touch|step out|check it out|check out|just take a|see what we|ask you|move on|start with|be right back|explain
        |show me the|have a look|have a quick look|check your|feel|touch|lie|lay|call it out|call out|be calling out";
}
