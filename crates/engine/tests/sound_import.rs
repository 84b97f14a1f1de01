//! Sound files of visits that something else recorded, taken in at a real clinic.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use audio::journal::{self, JournalReader};
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{Coded as _, ConsentScope, EncounterId, EncounterRecord, ErrorCode, Role};
use support::{Clinic, PASSWORD};

const RATE: u32 = 16_000;

/// A WAV file of so many seconds of a tone, or of silence.
fn wav(folder: &Path, seconds: u32, loud: bool) -> PathBuf {
    let samples: Vec<u8> = (0..seconds * RATE)
        .map(|at| if loud { ((at as f32 * 0.17).sin() * 12_000.0) as i16 } else { 0 })
        .flat_map(i16::to_le_bytes)
        .collect();
    let size = samples.len() as u32;
    let mut file = Vec::with_capacity(samples.len() + 44);
    file.extend(b"RIFF");
    file.extend((size + 36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1, 0, 1, 0]);
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(size.to_le_bytes());
    file.extend(samples);
    let path = folder.join(format!("visit-{seconds}-{loud}.wav"));
    std::fs::write(&path, file).unwrap();
    path
}

struct Visit {
    clinic: Clinic,
    clinician: String,
    encounter: EncounterId,
    folder: tempfile::TempDir,
}

impl Visit {
    fn new() -> Self {
        let clinic = Clinic::new();
        let clinician = clinic.sign_in(Role::Clinician);
        let encounter = clinic.drafted(&clinician).record.id;
        Self { clinic, clinician, encounter, folder: tempfile::tempdir().unwrap() }
    }

    fn import(&self, path: &Path, agreed: bool) -> Result<EncounterView, bedside_engine::Error> {
        let path = path.to_string_lossy().into_owned().into();
        let request = ImportSound { encounter: self.encounter, path, agreed };
        self.clinic.request::<method::RecordingImport>(&self.clinician, &request)
    }

    fn record(&self) -> EncounterRecord {
        self.clinic.engine.vault().unwrap().encounter(self.encounter).unwrap().unwrap()
    }

    /// Waits until the record is like that.
    fn until(&self, what: &str, is: impl Fn(&EncounterRecord) -> bool) -> EncounterRecord {
        let began = Instant::now();
        loop {
            let record = self.record();
            if is(&record) {
                return record;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{what}: {:?}", record.recordings);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn sound(&self) -> PathBuf {
        self.clinic.data.join("sound").join(self.encounter.to_string())
    }
}

#[test]
fn a_sound_file_becomes_a_sealed_recording_once_the_patient_has_agreed() {
    let visit = Visit::new();
    let file = wav(visit.folder.path(), 3, true);
    let refused = visit.import(&file, false).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::ConsentMissing);
    assert!(visit.record().recordings.is_empty());

    let desk = visit.clinic.sign_in(Role::FrontDesk);
    let path = file.to_string_lossy().into_owned().into();
    let request = ImportSound { encounter: visit.encounter, path, agreed: true };
    let forbidden = visit.clinic.request::<method::RecordingImport>(&desk, &request).unwrap_err();
    assert_eq!(forbidden.code(), ErrorCode::Forbidden);

    visit.import(&file, true).unwrap();
    let record = visit.until("the sound", |record| {
        record.recordings.first().is_some_and(|recording| recording.length_ms.is_some())
    });
    assert!(record.consents.contains(&ConsentScope::Recording));
    let known = &record.recordings[0];
    assert_eq!((known.channels, known.deleted), (1, false));
    assert!(known.length_ms.unwrap().abs_diff(3_000) < 50, "{:?}", known.length_ms);

    // What was in the file is what is read back, and it stands nowhere in the clear.
    let vault = visit.clinic.engine.vault().unwrap();
    let key = vault.recording_key(visit.encounter, known.id).unwrap();
    let kept = journal::path(&visit.sound(), known.id);
    let sound = JournalReader::open(&kept, known.id, key).unwrap().read(0, 4 * RATE as usize).unwrap();
    let original = std::fs::read(&file).unwrap();
    for (place, sample) in sound.iter().enumerate().step_by(997) {
        let at = 44 + place * 2;
        let was = f32::from(i16::from_le_bytes([original[at], original[at + 1]])) / 32_768.0;
        assert!((sample - was).abs() < 0.001, "sample {place}: {sample}, {was}");
    }
    let bytes = std::fs::read(&kept).unwrap();
    assert!(!bytes.windows(16).any(|window| window == &original[2_000..2_016]));
    assert!(file.is_file(), "the file stays where it is");
}

#[test]
fn what_is_no_sound_or_not_there_is_refused_before_anything_is_written() {
    let visit = Visit::new();
    let before = visit.record();
    let text = visit.folder.path().join("notes.txt");
    std::fs::write(&text, "no sound").unwrap();
    let empty = visit.folder.path().join("empty.wav");
    std::fs::write(&empty, "").unwrap();
    for (path, code) in [
        (text.as_path(), ErrorCode::AudioInvalid),
        (empty.as_path(), ErrorCode::AudioInvalid),
        (visit.folder.path(), ErrorCode::AudioInvalid),
        (Path::new("/nowhere/visit.wav"), ErrorCode::NotFound),
    ] {
        let refused = visit.import(path, true).unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        assert!(!refused.to_string().contains("notes"), "{refused}");
    }
    assert_eq!(visit.record(), before);
    assert!(!visit.sound().exists());
}

#[test]
fn one_that_is_stopped_leaves_no_sound_and_nothing_is_signed_before() {
    let visit = Visit::new();
    let long = wav(visit.folder.path(), 20 * 60, false);
    visit.import(&long, true).unwrap();
    assert_eq!(visit.import(&long, true).unwrap_err().code(), ErrorCode::RecordingBusy);
    let sign = SignNote {
        encounter: visit.encounter,
        revision: 1,
        confirmed: Vec::new(),
        password: PASSWORD.into(),
    };
    let refused = visit.clinic.request::<method::NoteSign>(&visit.clinician, &sign).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::RecordingBusy);

    let of = EncounterOf { encounter: visit.encounter };
    let view = visit.clinic.request::<method::RecordingImportStop>(&visit.clinician, &of).unwrap();
    assert!(view.record.recordings[0].deleted);
    assert!(!visit.sound().exists(), "its sound is gone");
    let again = visit.clinic.request::<method::RecordingImportStop>(&visit.clinician, &of).unwrap_err();
    assert_eq!(again.code(), ErrorCode::NotFound);

    // Another one can follow.
    visit.import(&wav(visit.folder.path(), 1, true), true).unwrap();
    visit.until("the next", |record| {
        record.recordings.get(1).is_some_and(|recording| recording.length_ms.is_some())
    });
}

#[test]
fn one_that_the_end_of_the_application_cut_off_is_there_as_far_as_it_came() {
    let mut visit = Visit::new();
    visit.import(&wav(visit.folder.path(), 20 * 60, false), true).unwrap();
    visit.clinic = visit.clinic.restart();
    visit.clinician = visit.clinic.sign_in(Role::Clinician);
    let record = visit.until("the sound", |record| record.recordings[0].length_ms.is_some());
    assert!(!record.recordings[0].deleted);
}
