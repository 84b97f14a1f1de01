//! The last words of a worker whose native library gets no memory.

#[cfg_attr(target_os = "linux", link(name = "stdc++"))]
#[cfg_attr(target_os = "macos", link(name = "c++"))]
unsafe extern "C" {
    /// `std::set_new_handler(void (*)())`.
    #[link_name = "_ZSt15set_new_handlerPFvvE"]
    fn set_new_handler(handler: extern "C" fn()) -> Option<extern "C" fn()>;
}

pub(super) fn report_lack() {
    // SAFETY: the handler lives as long as the process and calls only what a process without memory may.
    unsafe { set_new_handler(out_of_memory) };
}

extern "C" fn out_of_memory() {
    const WORDS: &[u8] = b"operator new: out of memory\n";
    // SAFETY: the buffer is static; neither call allocates.
    unsafe {
        libc::write(libc::STDERR_FILENO, WORDS.as_ptr().cast(), WORDS.len());
        libc::abort();
    }
}
