//! The one thread that starts worker processes.
//!
//! A worker asks Linux to be killed when its parent dies (`PR_SET_PDEATHSIG`), and Linux takes the *thread* that made it
//! for the parent: a worker started on a thread of a pool would be killed when the pool lets that thread go. So they are
//! all started on a thread that lives as long as the application.

use std::{
    io,
    sync::{Mutex, OnceLock, PoisonError, mpsc},
};

use tokio::{
    process::{Child, Command},
    runtime::Handle,
    sync::oneshot,
};

type Birth = (Command, Handle, oneshot::Sender<io::Result<Child>>);

/// Starts the process; its pipes belong to the runtime this is called from.
pub(crate) async fn start(command: Command) -> io::Result<Child> {
    static NURSERY: OnceLock<Mutex<mpsc::Sender<Birth>>> = OnceLock::new();
    let nursery = NURSERY.get_or_init(|| {
        let (sender, births) = mpsc::channel::<Birth>();
        let thread = std::thread::Builder::new().name("workers".into()).spawn(move || {
            for (mut command, runtime, parent) in births {
                let _inside = runtime.enter();
                // A caller who has gone drops the child, which ends it.
                let _ = parent.send(command.spawn());
            }
        });
        // Without the thread the channel is closed, which the sender below reports.
        drop(thread);
        Mutex::new(sender)
    });
    let (parent, child) = oneshot::channel();
    nursery
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .send((command, Handle::current(), parent))
        .map_err(|_| io::Error::other("the thread that starts workers is gone"))?;
    child.await.map_err(|_| io::Error::other("the thread that starts workers is gone"))?
}
