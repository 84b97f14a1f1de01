//! Windows: a job object that allows one process and limits its memory, and no error-reporting dumps.
//!
//! A process cannot take the network or the file system away from itself here: that needs an AppContainer token at the
//! moment of its creation. Until the supervisor makes one, the report says that these are not prevented. Not run by a test
//! yet.

use std::{fs::File, io, os::windows::io::AsHandle};

use windows_sys::Win32::{
    Foundation::HANDLE,
    System::{
        Console::{GetStdHandle, STD_ERROR_HANDLE, STD_OUTPUT_HANDLE, SetStdHandle},
        Diagnostics::Debug::{SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SetErrorMode},
        JobObjects::{
            AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
            JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_PROCESS_MEMORY,
            JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
        },
        Threading::GetCurrentProcess,
    },
};

use super::{Confinement, SandboxError};
use crate::message::SandboxReport;

pub(super) fn apply(confinement: &Confinement) -> Result<SandboxReport, SandboxError> {
    // SAFETY: takes no pointer.
    unsafe { SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX) };

    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_ACTIVE_PROCESS | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    limits.BasicLimitInformation.ActiveProcessLimit = 1;
    if let Some(bytes) = confinement.memory_limit {
        limits.BasicLimitInformation.LimitFlags |= JOB_OBJECT_LIMIT_PROCESS_MEMORY;
        limits.ProcessMemoryLimit = usize::try_from(bytes).unwrap_or(usize::MAX);
    }
    // SAFETY: the structure lives through the call and its size is its own; the job lives as long as the process, whose
    // end closes the handle.
    let applied = unsafe {
        let job: HANDLE = CreateJobObjectW(std::ptr::null(), std::ptr::null());
        !job.is_null()
            && SetInformationJobObject(
                job,
                JobObjectExtendedLimitInformation,
                (&raw const limits).cast(),
                size_of::<JOBOBJECT_EXTENDED_LIMIT_INFORMATION>() as u32,
            ) != 0
            && AssignProcessToJobObject(job, GetCurrentProcess()) != 0
    };
    if !applied {
        return Err(SandboxError(format!("job object: {}", io::Error::last_os_error())));
    }
    Ok(SandboxReport {
        no_exec: true,
        no_fork: true,
        no_core_dumps: true,
        memory_limit: confinement.memory_limit,
        mechanisms: vec!["job object".into()],
        ..SandboxReport::default()
    })
}

pub(super) fn claim_stdout() -> io::Result<File> {
    let frames = File::from(io::stdout().as_handle().try_clone_to_owned()?);
    // SAFETY: both are the process's own standard handles. The C runtime keeps its descriptor 1 on the old handle; the
    // native libraries' messages go through their log callbacks, which write nothing.
    unsafe { SetStdHandle(STD_OUTPUT_HANDLE, GetStdHandle(STD_ERROR_HANDLE)) };
    Ok(frames)
}
