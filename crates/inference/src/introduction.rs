//! What a worker program says of itself without a model: for an administrator who asks how this machine is.

use std::{io::Read as _, path::Path, process::Stdio, sync::mpsc, time::Duration};

use worker::{FromWorker, PROTOCOL_VERSION};

use crate::{
    Error,
    error::model_name,
    process::{Hello, bare},
};

/// A program that has not introduced itself after so long hangs.
const PATIENCE: Duration = Duration::from_secs(15);

/// Starts a worker program, hears what it says from inside its sandbox, and lets it end. Blocks.
///
/// # Errors
/// [`Error::WorkerMissing`] where it does not start or does not introduce itself, [`Error::WorkerVersion`] where it is of
/// another version.
pub fn introduce(program: &Path) -> Result<Hello, Error> {
    let name = model_name(program);
    let missing = |detail: String| Error::WorkerMissing { program: name.clone(), detail };
    let mut child = bare(program)
        .arg("--introduce")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| missing(error.to_string()))?;
    let stdout = child.stdout.take();
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut said = String::new();
        if let Some(mut stdout) = stdout {
            let _ = stdout.read_to_string(&mut said);
        }
        let _ = tell.send(said);
    });
    let said = told.recv_timeout(PATIENCE).unwrap_or_default();
    // One that hangs is ended; one that has ended already is only taken notice of.
    let _ = child.kill();
    let _ = child.wait();
    match serde_json::from_str(&said) {
        Ok(FromWorker::Hello { protocol, engine, back_end, cpu, sandbox, .. })
            if protocol == PROTOCOL_VERSION =>
        {
            Ok(Hello { engine, back_end, cpu, sandbox })
        }
        Ok(FromWorker::Hello { program, protocol, .. }) => {
            Err(Error::WorkerVersion { program, theirs: protocol, ours: PROTOCOL_VERSION })
        }
        _ => Err(missing("it did not introduce itself".to_owned())),
    }
}
