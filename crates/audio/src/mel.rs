//! The mel scale (O'Shaughnessy, 1987), on which pitches that sound equally far apart are.

/// The bins of a transform of `size` samples at [`crate::RATE`] that part `low` to `high` Hz into stretches of equal width on the
/// scale: `N` edges, both ends among them.
pub(crate) fn edges<const N: usize>(low: f32, high: f32, size: usize) -> [usize; N] {
    let mel = |hz: f32| 2595.0 * (1.0 + hz / 700.0).log10();
    let hz = |mel: f32| 700.0 * (10.0_f32.powf(mel / 2595.0) - 1.0);
    let (low, high) = (mel(low), mel(high));
    std::array::from_fn(|edge| {
        let place = hz(low + (high - low) * edge as f32 / (N - 1) as f32);
        (place * size as f32 / crate::RATE as f32).round() as usize
    })
}
