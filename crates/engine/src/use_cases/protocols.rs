//! What administrators do with the protocols: see them, look at their questions, take one in or out of use.

use ::intake::{Error as Unusable, Fault, Intake, Origin, Protocol};
use domain::{Coded, ErrorCode, Language};
use store::Object;

use super::view;
use crate::protocols::Catalogue;
use crate::router::Call;
use crate::rpc::types::{
    Empty, ItemRemark, PreviewedStep, ProtocolLine, ProtocolList, ProtocolOf, ProtocolPreview,
    ProtocolProblem,
};
use crate::{Engine, Error};

pub(crate) fn list(call: &Call<'_>, _: Empty) -> Result<ProtocolList, Error> {
    call.audit(Object::Vault)?;
    // There for whoever looks for it; where it cannot be made, nobody needs it yet.
    let _ = std::fs::create_dir_all(call.engine.catalogue.folder());
    listed(call.engine)
}

/// Reads the clinic's folder again.
pub(crate) fn reload(call: &Call<'_>, _: Empty) -> Result<ProtocolList, Error> {
    call.audit(Object::Vault)?;
    call.engine.catalogue.reload();
    listed(call.engine)
}

pub(crate) fn preview(call: &Call<'_>, request: ProtocolOf) -> Result<ProtocolPreview, Error> {
    call.audit(Object::Vault)?;
    let language = call.engine.staff_language();
    let questionnaire = call.engine.catalogue.find(&request.url).ok_or(UNKNOWN)?;
    let title = questionnaire.title(&language).to_owned();
    let intake = Intake::new(questionnaire);
    let step = |question: ::intake::Question| PreviewedStep {
        conditional: !intake.is_enabled(&question.link_id),
        question: view::question(question),
    };
    Ok(ProtocolPreview { title, steps: intake.every_step(&language).map(step).collect() })
}

pub(crate) fn activate(call: &Call<'_>, request: ProtocolOf) -> Result<ProtocolList, Error> {
    set_active(call, &request.url, true)
}

pub(crate) fn deactivate(call: &Call<'_>, request: ProtocolOf) -> Result<ProtocolList, Error> {
    if Catalogue::is_general(&request.url) {
        return Err(Error::RequestInvalid {
            method: call.rule.name,
            reason: "every visit begins with the general one".to_owned(),
        });
    }
    set_active(call, &request.url, false)
}

const UNKNOWN: Error = Error::NotFound { what: "questionnaire" };

fn set_active(call: &Call<'_>, url: &str, active: bool) -> Result<ProtocolList, Error> {
    let engine = call.engine;
    let _turn = engine.turn();
    engine.catalogue.find(url).filter(|known| known.url() == url).ok_or(UNKNOWN)?;
    engine.catalogue.set_active(&*engine.vault()?, (call.actor()?, call.action()), url, active)?;
    listed(engine)
}

fn listed(engine: &Engine) -> Result<ProtocolList, Error> {
    let (vault, language) = (engine.vault()?, engine.staff_language());
    let loaded = engine.catalogue.loaded();
    let mut protocols = Vec::new();
    for protocol in loaded.protocols.all() {
        let active = engine.catalogue.is_active(&vault, protocol.questionnaire.url())?;
        let has_words = loaded.protocols.is_led_to(protocol.questionnaire.url());
        protocols.push(line(protocol, active, has_words, &language));
    }
    let unread = loaded.unread.iter().map(|(file, error)| ProtocolProblem {
        file: file.clone(),
        code: ErrorCode::InputOutput,
        items: Vec::new(),
        detail: Some(error.to_string()),
    });
    Ok(ProtocolList {
        folder: engine.catalogue.folder().display().to_string(),
        protocols,
        problems: loaded.protocols.faults().iter().map(problem).chain(unread).collect(),
    })
}

fn line(protocol: &Protocol, active: bool, has_words: bool, language: &Language) -> ProtocolLine {
    let questionnaire = &protocol.questionnaire;
    let (file, replaces) = match &protocol.origin {
        Origin::BuiltIn => (None, None),
        Origin::Clinic { file, replaces } => (Some(file.clone()), replaces.clone()),
    };
    let questions = questionnaire.items().filter(|item| item.is_question() && item.is_step()).count();
    let remark =
        |notice: &::intake::Notice| ItemRemark { item: notice.link_id.clone(), what: notice.what.clone() };
    ProtocolLine {
        url: questionnaire.url().to_owned(),
        name: questionnaire.name().to_owned(),
        title: questionnaire.title(language).to_owned(),
        version: questionnaire.version().map(str::to_owned),
        languages: questionnaire.languages(),
        questions: u32::try_from(questions).unwrap_or(u32::MAX),
        scores: questionnaire.score_rules().iter().map(|rule| rule.name.clone()).collect(),
        file,
        replaces,
        active,
        general: Catalogue::is_general(questionnaire.url()),
        has_words,
        notices: questionnaire.notices().iter().map(remark).collect(),
    }
}

fn problem(fault: &Fault) -> ProtocolProblem {
    let (items, detail) = match &fault.error {
        Unusable::Questionnaire { problems } => {
            let remark = |problem: &::intake::Problem| ItemRemark {
                item: problem.item.clone(),
                what: problem.what.to_string(),
            };
            (problems.iter().map(remark).collect(), None)
        }
        error => (Vec::new(), Some(error.to_string())),
    };
    ProtocolProblem { file: fault.file.clone(), code: fault.error.code(), items, detail }
}
