//! The places at which a clinic sees patients. One needs no licence for it; several do.
//!
//! Which site a device stands at is the device's own setting, and every encounter that is opened on it is of that site. A site
//! that is closed keeps its encounters and its name.

use std::collections::BTreeMap;

use domain::{EventBody, EventKind, SiteId, Stream};
use licence::Feature;
use store::{Append, Vault};

use super::filled;
use crate::router::Call;
use crate::rpc::types::{AddSite, Empty, PlaceDevice, RenameSite, Site, SiteOf, Sites};
use crate::{Engine, Error, kept};

/// Under which name the vault keeps where the device stands.
const NAME: &str = "site";
const KINDS: &[EventKind] = &[EventKind::SiteAdded, EventKind::SiteRenamed, EventKind::SiteClosed];

pub(crate) fn list(call: &Call<'_>, _: Empty) -> Result<Sites, Error> {
    shown(call.engine)
}

pub(crate) fn add(call: &Call<'_>, request: AddSite) -> Result<Sites, Error> {
    let name = filled(&request.name, "name")?;
    let engine = call.engine;
    let _turn = engine.turn();
    let sites = all(&*engine.vault()?)?;
    if sites.iter().any(|site| !site.closed) {
        engine.require(&Feature::SEVERAL_SITES)?;
    }
    free(&sites, &name, None)?;
    let site = SiteId::make(engine.now(), &*engine.options.vault.random);
    change(call, EventBody::SiteAdded { site, name })
}

pub(crate) fn rename(call: &Call<'_>, request: RenameSite) -> Result<Sites, Error> {
    let name = filled(&request.name, "name")?;
    let _turn = call.engine.turn();
    let sites = all(&*call.engine.vault()?)?;
    open(&sites, request.site)?;
    free(&sites, &name, Some(request.site))?;
    change(call, EventBody::SiteRenamed { site: request.site, name })
}

pub(crate) fn close(call: &Call<'_>, request: SiteOf) -> Result<Sites, Error> {
    let _turn = call.engine.turn();
    open(&all(&*call.engine.vault()?)?, request.site)?;
    change(call, EventBody::SiteClosed { site: request.site })
}

/// Says where this device stands.
pub(crate) fn place(call: &Call<'_>, request: PlaceDevice) -> Result<Sites, Error> {
    let engine = call.engine;
    let vault = engine.vault()?;
    if let Some(site) = request.site {
        open(&all(&vault)?, site)?;
    }
    call.audit(store::Object::Vault)?;
    kept::write(&vault, NAME, &request.site)?;
    shown(engine)
}

/// At which site this device stands: none where the clinic has none, or the one it stood at was closed.
pub(crate) fn here(engine: &Engine) -> Option<SiteId> {
    let vault = engine.vault().ok()?;
    here_among(&vault, &all(&vault).ok()?)
}

fn here_among(vault: &Vault, sites: &[Site]) -> Option<SiteId> {
    let site = kept::read::<Option<SiteId>>(vault, NAME)??;
    open(sites, site).is_ok().then_some(site)
}

/// What an encounter that is opened on this device begins with besides.
pub(crate) fn sited(engine: &Engine) -> Option<EventBody> {
    here(engine).map(|site| EventBody::EncounterSited { site })
}

/// What a site is called.
pub(crate) fn name(engine: &Engine, site: SiteId) -> Result<Option<String>, Error> {
    let sites = all(&*engine.vault()?)?;
    Ok(sites.into_iter().find(|known| known.id == site).map(|known| known.name))
}

fn shown(engine: &Engine) -> Result<Sites, Error> {
    let vault = engine.vault()?;
    let sites = all(&vault)?;
    Ok(Sites { here: here_among(&vault, &sites), sites })
}

/// Every site there was, by name.
fn all(vault: &Vault) -> Result<Vec<Site>, Error> {
    let mut sites: BTreeMap<SiteId, Site> = BTreeMap::new();
    for event in vault.events_of_kinds(Stream::Facility, KINDS)? {
        match event.body {
            EventBody::SiteAdded { site, name } => {
                sites.insert(site, Site { id: site, name, closed: false });
            }
            EventBody::SiteRenamed { site, name } => {
                sites.entry(site).and_modify(|known| known.name = name);
            }
            EventBody::SiteClosed { site } => {
                sites.entry(site).and_modify(|known| known.closed = true);
            }
            _ => {}
        }
    }
    let mut sites: Vec<_> = sites.into_values().collect();
    sites.sort_by_cached_key(|site| (site.closed, site.name.to_lowercase()));
    Ok(sites)
}

fn open(sites: &[Site], wanted: SiteId) -> Result<(), Error> {
    let known = sites.iter().any(|site| site.id == wanted && !site.closed);
    if known { Ok(()) } else { Err(Error::NotFound { what: "site" }) }
}

/// Two open sites of one name could not be told apart.
fn free(sites: &[Site], name: &str, but: Option<SiteId>) -> Result<(), Error> {
    let same = |site: &&Site| {
        !site.closed && Some(site.id) != but && site.name.to_lowercase() == name.to_lowercase()
    };
    if sites.iter().any(|site| same(&site)) { Err(Error::NameTaken) } else { Ok(()) }
}

fn change(call: &Call<'_>, event: EventBody) -> Result<Sites, Error> {
    call.engine.vault()?.append(Append::to_facility(call.actor()?, call.action(), event))?;
    shown(call.engine)
}
