//! The clinic's half of `bedside licence`: install and status.

use std::io::Read as _;

use domain::Role;
use engine::rpc::schema::method;
use engine::rpc::types::{ClockDoubt, Empty, InstallLicence, LicenceStanding, LicenceStatus, UsageLevel};

use super::licence::{public_key, text_of};
use crate::arguments::{InstallOptions, VaultArguments};
use crate::failure::Failure;
use crate::output;

pub(crate) fn install(vault: &VaultArguments, options: &InstallOptions, json: bool) -> Result<(), Failure> {
    let text = if options.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::of_file(&options.file, &error))?;
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        text_of(&options.file)?
    };
    let trust = options.trust.as_deref().map(public_key).transpose()?.map(|key| key.to_text());
    let opened = vault.open(Role::Administrator)?;
    let status = opened.request::<method::LicenceInstall>(&InstallLicence { text, trust })?;
    output::either(json, &status, || format!("installed\n{}", described(&status)));
    Ok(())
}

pub(crate) fn status(vault: &VaultArguments, json: bool) -> Result<(), Failure> {
    let opened = vault.open(Role::Administrator)?;
    let status = opened.request::<method::LicenceStatusOf>(&Empty {})?;
    output::either(json, &status, || described(&status));
    Ok(())
}

fn described(status: &LicenceStatus) -> String {
    let until = status.until.as_deref().unwrap_or("for ever");
    let standing = match status.standing {
        LicenceStanding::Evaluation => {
            format!("evaluation, {} days left, everything on", status.days_left.unwrap_or(0))
        }
        LicenceStanding::Licensed => format!("licensed until {until}"),
        LicenceStanding::Grace => format!(
            "ended on {until}; everything goes on until {}: ask for a new licence",
            status.grace_until.as_deref().unwrap_or_default()
        ),
        LicenceStanding::EvaluationOver => "the evaluation is over: the starter's limits".to_owned(),
        LicenceStanding::Expired => format!("ended on {until}: the starter's limits"),
        LicenceStanding::Revoked => format!("revoked on {until}: the starter's limits"),
        LicenceStanding::NotYet => "the licence begins later: the starter's limits".to_owned(),
        LicenceStanding::OtherFacility => {
            "the licence is another facility's: the starter's limits".to_owned()
        }
    };
    let usage = &status.usage;
    let limit = usage.limit.map_or_else(|| "no limit".to_owned(), |limit| format!("of {limit}"));
    let warning = match usage.level {
        UsageLevel::Fine => "",
        UsageLevel::Near80 => ": above 80 %",
        UsageLevel::Near95 => ": above 95 %",
        UsageLevel::Over => ": above the limit, within the allowance",
        UsageLevel::UsedUp => ": used up, no new conversation begins; open ones go on",
    };
    let mut text = format!(
        "{standing}\n\
         company        {}\n\
         tier           {}\n\
         features       {}\n\
         conversations  {} {limit} in {} ({}){warning}\n\
         facility       {}\n\
         call           {}\n",
        status.company.as_deref().unwrap_or("-"),
        status.tier.as_deref().unwrap_or("-"),
        status.features.join(", "),
        usage.opened,
        usage.month,
        usage.time_zone,
        status.facility,
        status.call,
    );
    match status.clock {
        None => {}
        Some(ClockDoubt::SetBack) => {
            text.push_str(
                "clock          behind a time that was seen: set it right; nothing new is granted\n",
            );
        }
        Some(ClockDoubt::FarAhead) => {
            text.push_str("clock          far ahead of the last time that was seen: set it right\n");
        }
    }
    if !status.version_included {
        text.push_str("version        newer than the updates that the licence includes\n");
    }
    text
}
