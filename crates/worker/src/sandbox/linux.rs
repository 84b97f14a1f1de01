//! Linux: resource limits, Landlock, seccomp.

use std::{
    collections::BTreeMap,
    fs::File,
    io,
    os::fd::{AsFd, AsRawFd},
};

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

use super::{Confinement, SandboxError};
use crate::message::SandboxReport;

pub(super) fn apply(confinement: &Confinement) -> Result<SandboxReport, SandboxError> {
    let mut report = SandboxReport { memory_limit: confinement.memory_limit, ..SandboxReport::default() };

    volunteer_for_the_out_of_memory_killer();
    close_inherited_descriptors();
    set_limits(confinement).map_err(|error| SandboxError(format!("resource limits: {error}")))?;
    set_process_attributes().map_err(|error| SandboxError(format!("process attributes: {error}")))?;
    report.no_core_dumps = true;
    report.mechanisms.push("rlimit".into());

    if let Some(mechanism) = restrict_files(confinement)? {
        report.no_other_reads = true;
        report.mechanisms.push(mechanism);
    }

    let filter = system_call_filter().map_err(|error| SandboxError(format!("seccomp: {error}")))?;
    for program in &filter {
        seccompiler::apply_filter(program).map_err(|error| SandboxError(format!("seccomp: {error}")))?;
    }
    report.no_network = true;
    report.no_file_writes = true;
    report.no_exec = true;
    report.no_fork = true;
    report.no_tracing = true;
    report.mechanisms.push("seccomp".into());
    Ok(report)
}

pub(super) fn claim_stdout() -> io::Result<File> {
    let frames = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    // SAFETY: both descriptors are open for the life of the process.
    let moved = unsafe { libc::dup2(io::stderr().as_raw_fd(), io::stdout().as_raw_fd()) };
    if moved < 0 { Err(io::Error::last_os_error()) } else { Ok(frames) }
}

/// Where memory runs out although every limit held, the kernel should take a worker and not the application.
fn volunteer_for_the_out_of_memory_killer() {
    // Only a hint: without it the worker is still the likeliest, being the largest.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
}

/// Descriptors opened without close-on-exec by the parent (a database, say) would survive into this process.
fn close_inherited_descriptors() {
    // SAFETY: nothing in this process has opened a descriptor above 3 yet that it still needs: `claim_stdout` made the
    // lowest free one, and the main loop calls it after the sandbox. Kernels before 5.9 lack the call; then Rust's own
    // close-on-exec is what there is.
    unsafe { libc::syscall(libc::SYS_close_range, 3_u32, u32::MAX, 0_u32) };
}

fn set_limits(confinement: &Confinement) -> io::Result<()> {
    limit(libc::RLIMIT_CORE, 0)?;
    limit(libc::RLIMIT_FSIZE, 0)?;
    // A write beyond the limit should fail and not kill: stderr is a file where an administrator sends it to one.
    // SAFETY: ignoring a signal runs no code.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
    limit(libc::RLIMIT_NOFILE, 64)?;
    if let Some(bytes) = confinement.memory_limit {
        limit(libc::RLIMIT_AS, bytes)?;
    }
    Ok(())
}

fn limit(resource: libc::__rlimit_resource_t, most: u64) -> io::Result<()> {
    let value = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: the structure lives through the call.
    checked(unsafe { libc::setrlimit(resource, &value) })
}

fn set_process_attributes() -> io::Result<()> {
    // SAFETY: none of these takes a pointer.
    unsafe {
        checked(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))?;
        checked(libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0))?;
        // The end of stdin already stops a worker whose parent is gone; this also stops one that hangs.
        checked(libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL, 0, 0, 0))
    }
}

fn checked(result: libc::c_int) -> io::Result<()> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Landlock: of all files only the model, to be read. `None` on a kernel without it (before 5.13, or not switched on).
fn restrict_files(confinement: &Confinement) -> Result<Option<String>, SandboxError> {
    let failed = |error: &dyn std::fmt::Display| SandboxError(format!("landlock: {error}"));
    let abi = ABI::V6;
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(abi)))
        .and_then(|rules| rules.scope(Scope::from_all(abi)))
        .and_then(Ruleset::create)
        .map_err(|error| failed(&error))?;
    if let Some(model) = &confinement.model {
        // A model that is not there is reported when it is loaded, in words about the model.
        if let Ok(descriptor) = PathFd::new(model) {
            rules = rules
                .add_rule(PathBeneath::new(descriptor, AccessFs::ReadFile))
                .map_err(|error| failed(&error))?;
        }
    }
    let status = rules.restrict_self().map_err(|error| failed(&error))?;
    Ok(match status.ruleset {
        RulesetStatus::FullyEnforced => Some("landlock".into()),
        RulesetStatus::PartiallyEnforced => Some("landlock (older kernel: files only)".into()),
        RulesetStatus::NotEnforced => None,
    })
}

/// A deny list: everything else is allowed, because graphics drivers and allocators differ too much to list what they
/// need. Two programs, since a program answers with one error number: `EACCES` for what is denied, and `ENOSYS` for calls
/// whose arguments lie behind a pointer and cannot be judged, so that glibc falls back to the older form that can.
fn system_call_filter() -> Result<Vec<BpfProgram>, seccompiler::Error> {
    let mut denied: BTreeMap<i64, Vec<SeccompRule>> = DENIED.iter().map(|call| (*call, Vec::new())).collect();

    // clone: only threads, which always share memory and signal handlers with CLONE_THREAD set.
    denied.insert(libc::SYS_clone, vec![flag_clear(0, libc::CLONE_THREAD as u64)?]);
    // open for anything but reading.
    let writing =
        (libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND | libc::O_TMPFILE)
            as u64;
    denied.insert(libc::SYS_openat, any_flag_set(2, writing & !(libc::O_DIRECTORY as u64))?);
    #[cfg(target_arch = "x86_64")]
    {
        denied.insert(libc::SYS_open, any_flag_set(1, writing & !(libc::O_DIRECTORY as u64))?);
        for call in DENIED_X86_64 {
            denied.insert(*call, Vec::new());
        }
    }

    let mut unjudged: BTreeMap<i64, Vec<SeccompRule>> =
        [libc::SYS_clone3, libc::SYS_openat2].into_iter().map(|call| (call, Vec::new())).collect();
    #[cfg(target_arch = "x86_64")]
    for calls in [&mut denied, &mut unjudged] {
        close_the_x32_door(calls);
    }

    [(denied, libc::EACCES), (unjudged, libc::ENOSYS)]
        .into_iter()
        .map(|(rules, error)| {
            let architecture = std::env::consts::ARCH.try_into()?;
            let filter = SeccompFilter::new(
                rules,
                SeccompAction::Allow,
                SeccompAction::Errno(error as u32),
                architecture,
            )?;
            Ok(BpfProgram::try_from(filter)?)
        })
        .collect()
}

/// A kernel with the x32 interface takes every call a second time under a number with bit 30 set, and some under numbers
/// of their own from 512 on; the architecture that a filter sees is the same.
#[cfg(target_arch = "x86_64")]
fn close_the_x32_door(calls: &mut BTreeMap<i64, Vec<SeccompRule>>) {
    const X32: i64 = 0x4000_0000;
    let twins: Vec<_> = calls.iter().map(|(call, rules)| (call | X32, rules.clone())).collect();
    calls.extend(twins);
    calls.extend((512..=547).map(|call| (call | X32, Vec::new())));
}

/// Matches when none of the flag's bits is set in the argument.
fn flag_clear(argument: u8, flag: u64) -> Result<SeccompRule, seccompiler::Error> {
    let condition =
        SeccompCondition::new(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(flag), 0)?;
    Ok(SeccompRule::new(vec![condition])?)
}

/// Matches when any of the bits is set in the argument: one rule for each bit, of which any suffices.
fn any_flag_set(argument: u8, bits: u64) -> Result<Vec<SeccompRule>, seccompiler::Error> {
    (0..32)
        .map(|bit| 1_u64 << bit)
        .filter(|bit| bits & bit != 0)
        .map(|bit| {
            let condition =
                SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bit), bit)?;
            Ok(SeccompRule::new(vec![condition])?)
        })
        .collect()
}

/// Denied whatever the arguments.
const DENIED: &[i64] = &[
    // network
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_recvmsg,
    libc::SYS_recvmmsg,
    // programs and processes
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_chroot,
    libc::SYS_pivot_root,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    // other processes
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_kcmp,
    // the kernel's wide doors
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_syslog,
    libc::SYS_quotactl,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_open_by_handle_at,
    libc::SYS_name_to_handle_at,
    libc::SYS_fanotify_init,
    // files
    libc::SYS_truncate,
    libc::SYS_ftruncate,
    libc::SYS_fallocate,
    libc::SYS_mkdirat,
    libc::SYS_mknodat,
    libc::SYS_unlinkat,
    libc::SYS_renameat2,
    libc::SYS_linkat,
    libc::SYS_symlinkat,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    libc::SYS_memfd_create,
    libc::SYS_copy_file_range,
];

/// Calls that only the older architecture has.
#[cfg(target_arch = "x86_64")]
const DENIED_X86_64: &[i64] = &[
    libc::SYS_fork,
    libc::SYS_vfork,
    libc::SYS_creat,
    libc::SYS_mkdir,
    libc::SYS_rmdir,
    libc::SYS_mknod,
    libc::SYS_unlink,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_link,
    libc::SYS_symlink,
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
    libc::SYS_futimesat,
    libc::SYS_uselib,
    libc::SYS_modify_ldt,
    libc::SYS_iopl,
    libc::SYS_ioperm,
];
