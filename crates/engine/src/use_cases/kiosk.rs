//! Putting the kiosk on this device's screen, and taking it off again.

use domain::{Actor, EncounterId, Permission, Role, Who};
use store::Object;

use super::{lock, people};
use crate::Error;
use crate::router::Call;
use crate::rpc::types::{
    DeviceRole, Empty, IntakeOf, KioskDevice, KioskSettings, LeaveKiosk, Session, SignIn,
};
use crate::voice::settings as sound;
use crate::{device, pins, sessions};

/// Ends the caller's session, so that no patient inherits it, and begins the kiosk's.
pub(crate) fn open(call: &Call<'_>, _: Empty) -> Result<Session, Error> {
    refuse_where_there_is_none(call)?;
    call.audit(Object::Vault)?;
    call.engine.settle();
    let session = begin(call, device_actor(call)?, None);
    call.engine.sessions.end(call.token()?);
    Ok(session)
}

/// Begins the kiosk's session on a device that begins as a kiosk, so that it comes back by itself after a restart. The
/// session takes intakes and nothing else; without the setting nobody gets one.
pub(crate) fn resume(call: &Call<'_>, _: Empty) -> Result<Session, Error> {
    let actor = device_actor(call)?;
    if !device::begins_as_kiosk(call.engine) {
        return Err(Error::Forbidden);
    }
    call.audit_as(actor, Object::Vault)?;
    call.engine.settle();
    Ok(begin(call, actor, None))
}

/// Ends the caller's session and begins a kiosk's that goes on with an intake that was left: staff hand it back to the patient.
pub(crate) fn hand_over(call: &Call<'_>, request: IntakeOf) -> Result<Session, Error> {
    refuse_where_there_is_none(call)?;
    call.engine.settle();
    let device = device_actor(call)?;
    super::intake::take_up(call, request.encounter)?;
    let session = begin(call, device, Some(request.encounter));
    call.engine.sessions.end(call.token()?);
    Ok(session)
}

fn refuse_where_there_is_none(call: &Call<'_>) -> Result<(), Error> {
    if device::role(call.engine) == DeviceRole::Clinician { Err(Error::NoKiosk) } else { Ok(()) }
}

fn device_actor(call: &Call<'_>) -> Result<Actor, Error> {
    Ok(Actor { who: Who::Device(call.engine.vault()?.device()), role: Role::Kiosk })
}

fn begin(call: &Call<'_>, actor: Actor, intake: Option<EncounterId>) -> Session {
    let session =
        sessions::Session { actor, person: None, intake, present: call.engine.now(), locked: false };
    let token = call.engine.sessions.begin(session.clone(), &*call.engine.options.vault.random);
    people::shown(call.engine, token, &session)
}

pub(crate) fn device(call: &Call<'_>, _: Empty) -> Result<KioskDevice, Error> {
    Ok(device_of(call, device::read(call.engine)))
}

pub(crate) fn configure(call: &Call<'_>, request: KioskSettings) -> Result<KioskDevice, Error> {
    call.audit(Object::Facility)?;
    let settings = device::write(call.engine, request)?;
    Ok(device_of(call, settings))
}

fn device_of(call: &Call<'_>, settings: KioskSettings) -> KioskDevice {
    let sound = sound::read(call.engine);
    KioskDevice { settings, speaks: sound.kiosk_speaks, volume: sound.volume, pin_pad: has_pin_pad(call) }
}

/// Whether somebody who may take the kiosk off this screen has a PIN to do it with.
fn has_pin_pad(call: &Call<'_>) -> bool {
    let Ok(vault) = call.engine.vault() else { return false };
    let Ok(pins) = pins::all(&vault) else { return false };
    pins.keys().any(|id| {
        let person = vault.person(*id).ok().flatten();
        person.is_some_and(|person| person.role.may(Permission::KioskOpen))
    })
}

/// Somebody who may put a kiosk on the screen takes it off, and is signed in.
pub(crate) fn close(call: &Call<'_>, request: SignIn) -> Result<Session, Error> {
    let person = people::check_password(call, &request)?;
    take_off(call, person)
}

/// The same by PIN, without a name.
pub(crate) fn leave(call: &Call<'_>, request: LeaveKiosk) -> Result<Session, Error> {
    // Nowhere else, or staff could try who has which.
    if call.actor()?.role != Role::Kiosk {
        return Err(Error::Forbidden);
    }
    let person = lock::whose_pin(call, &request.pin)?;
    take_off(call, person)
}

fn take_off(call: &Call<'_>, person: store::Person) -> Result<Session, Error> {
    if !person.role.may(Permission::KioskOpen) {
        return Err(Error::Forbidden);
    }
    if let Some(intake) = call.session()?.intake {
        super::intake::leave(call, intake)?;
    }
    let session = people::begin(call, person)?;
    call.engine.sessions.end(call.token()?);
    Ok(session)
}
