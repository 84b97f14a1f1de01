//! Models: listing, fetching, importing, verifying, removing.

use std::path::PathBuf;

use store::Object;

use super::filled;
use crate::Error;
use crate::depot::{self, Asked};
use crate::router::Call;
use crate::rpc::types::{Empty, ImportModels, ModelOf, ModelsHere};

pub(crate) fn list(call: &Call<'_>, _: Empty) -> Result<ModelsHere, Error> {
    depot::shown(call.engine)
}

pub(crate) fn fetch(call: &Call<'_>, request: ModelOf) -> Result<ModelsHere, Error> {
    begin(call, Object::Model(request.name.clone()), Asked::Fetch(request.name))
}

pub(crate) fn verify(call: &Call<'_>, request: ModelOf) -> Result<ModelsHere, Error> {
    depot::models(call.engine)?.status(&request.name)?;
    begin(call, Object::Model(request.name.clone()), Asked::Verify(request.name))
}

pub(crate) fn import(call: &Call<'_>, request: ImportModels) -> Result<ModelsHere, Error> {
    let path = filled(&request.path, "path")?;
    begin(call, Object::Vault, Asked::Import(PathBuf::from(path)))
}

pub(crate) fn remove(call: &Call<'_>, request: ModelOf) -> Result<ModelsHere, Error> {
    depot::models(call.engine)?.remove(&request.name)?;
    call.audit(Object::Model(request.name))?;
    depot::shown(call.engine)
}

pub(crate) fn cancel(call: &Call<'_>, _: Empty) -> Result<ModelsHere, Error> {
    depot::cancel(call.engine);
    depot::shown(call.engine)
}

fn begin(call: &Call<'_>, object: Object, asked: Asked) -> Result<ModelsHere, Error> {
    depot::begin(call.engine, asked)?;
    call.audit(object)?;
    depot::shown(call.engine)
}
