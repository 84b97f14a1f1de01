// What each code means and what to do next, in English. A code without its sentence does not compile.

import type { FailureCode } from "../rpc/client";
import type { ErrorText } from ".";

export const errorsEn: Record<FailureCode, ErrorText> = {
  unreachable: {
    what: "Bedside does not answer on this device.",
    next: "Wait a moment and try again. If it stays like this, close Bedside and open it again; nothing that was saved is lost.",
  },
  "sound.no-device": {
    what: "There is no microphone or loudspeaker.",
    next: "Plug one in, or choose another in the sound settings.",
  },
  "sound.denied": {
    what: "The system does not let Bedside use the microphone.",
    next: "Allow it in the system's privacy settings, then try again.",
  },
  "sound.busy": {
    what: "Another program is using the microphone or the loudspeaker.",
    next: "Close that program, then try again.",
  },
  "sound.failed": {
    what: "The sound system of this device failed.",
    next: "Unplug the microphone and plug it in again. If it stays like this, start the device again.",
  },
  "sound.no-voice": {
    what: "This device has no voice that could speak.",
    next: "Install a voice (on Linux espeak-ng). Everything is on the screen as text all the same.",
  },
  "consent.missing": {
    what: "The patient has not agreed to a recording.",
    next: "Ask the patient, then start again and say that they agreed.",
  },
  "recording.busy": {
    what: "A visit is being recorded, or a sound file taken in, on this device.",
    next: "End that first, or wait for its end.",
  },
  "vault.missing": {
    what: "There is no vault in the data folder.",
    next: "If this device had one, the disk may not be connected: connect it and open Bedside again. Otherwise set up the clinic or restore a backup.",
  },
  "vault.exists": {
    what: "There is already a vault in the data folder.",
    next: "Open it with its passphrase. It is never replaced.",
  },
  "vault.in-use": {
    what: "Another Bedside has this vault open.",
    next: "Close the other window or program, then try again.",
  },
  "vault.locked": {
    what: "The vault is locked.",
    next: "Open it with the passphrase or the recovery words.",
  },
  "vault.wrong-key": {
    what: "This does not open the vault.",
    next: "Check for a typing mistake, capital letters and the keyboard layout, then try again.",
  },
  "vault.key-mismatch": {
    what: "The passphrase is right, but it belongs to another database file.",
    next: "Someone may have copied a different file into the data folder. Put the right file back, or restore a backup.",
  },
  "vault.newer-schema": {
    what: "The vault was written by a newer version of Bedside.",
    next: "Update Bedside on this device. Until then the records can be read and exported.",
  },
  "vault.migration-failed": {
    what: "The vault could not be brought up to this version. It is unchanged.",
    next: "Go back to the version that you had, and call whoever supports this device.",
  },
  "vault.corrupt": {
    what: "Part of the vault’s file is damaged.",
    next: "Do not delete anything. Restore the newest backup into a new folder; undamaged encounters can still be exported.",
  },
  "vault.tampered": {
    what: "The vault was put back to an earlier state, or altered outside Bedside.",
    next: "If somebody put a file back on purpose, it can be gone on with. If nobody did, leave this device as it is and tell your administrator.",
  },
  "disk.full": {
    what: "The disk is full.",
    next: "Free some space, then try again. Nothing that was saved is lost.",
  },
  "folder.read-only": {
    what: "Bedside may not write to this folder.",
    next: "Choose another folder, or ask whoever looks after this device for permission to write.",
  },
  "io.failed": {
    what: "The disk reported an error.",
    next: "Check that the disk is connected, then try again. If it happens again, make a backup and have the disk checked.",
  },
  "keyring.absent": {
    what: "The system keyring does not answer.",
    next: "Open the vault with its passphrase.",
  },
  "keyslots.too-few": {
    what: "The vault needs at least two ways to be opened.",
    next: "Add a passphrase or recovery words before you remove this one.",
  },
  "recovery-words.invalid": {
    what: "These recovery words are not right.",
    next: "Compare each word and its place with your paper. There are 24, in order.",
  },
  "passphrase.too-short": {
    what: "This is too short.",
    next: "Use at least 12 characters for the passphrase and at least 10 for a password.",
  },
  "envelope.broken": {
    what: "A record does not open: it was altered or belongs to another vault.",
    next: "Tell your administrator. The other records are not affected.",
  },
  "envelope.version": {
    what: "A record was sealed by a newer version of Bedside.",
    next: "Update Bedside on this device.",
  },
  "backup.broken": {
    what: "The backup does not verify, so it cannot be relied on.",
    next: "Make another one on a different disk, and keep the older backups.",
  },
  "target.exists": {
    what: "There is already something at this place.",
    next: "Choose a folder that does not exist yet. Nothing was overwritten.",
  },
  "session.missing": { what: "Nobody is signed in.", next: "Sign in again." },
  "session.sign-in-failed": {
    what: "The sign-in name or the password is wrong.",
    next: "Check both and try again. If you have forgotten the password, ask your administrator.",
  },
  "session.locked": {
    what: "This screen is locked.",
    next: "Unlock it with your PIN or your password, or sign in as someone else.",
  },
  "session.wait": {
    what: "There were too many wrong attempts in a row.",
    next: "Nothing is lost, and anybody else can still sign in.",
  },
  "pin.wrong": {
    what: "This PIN or password is wrong.",
    next: "Check it and try again. After five wrong ones in a row there is a wait.",
  },
  "pin.unfit": {
    what: "This PIN cannot be used: it is too easily guessed, or it is not free.",
    next: "Choose another one: 6 to 12 digits that do not repeat and do not run up or down.",
  },
  "access.forbidden": {
    what: "Your role may not do this.",
    next: "Ask a colleague whose role may, or your administrator.",
  },
  "person.login-taken": {
    what: "Somebody already has this sign-in name.",
    next: "Choose another one.",
  },
  "name.taken": {
    what: "Another one already has this name.",
    next: "Choose another name.",
  },
  "not-found": {
    what: "This is not here (any more).",
    next: "Go back to the list and open it from there.",
  },
  "encounter.wrong-state": {
    what: "This encounter has moved on, so this cannot be done now.",
    next: "Look at its present state and continue from there.",
  },
  "note.signed": {
    what: "The note is signed and cannot be changed.",
    next: "Add an addendum instead.",
  },
  "note.conflict": {
    what: "The note was changed elsewhere in the meantime.",
    next: "Choose which version to keep.",
  },
  "note.empty": {
    what: "There is nothing in the note to sign.",
    next: "Draft the note or type at least one sentence.",
  },
  "note.unconfirmed": {
    what: "Sentences in the note are marked and were not confirmed.",
    next: "Read each marked sentence, then confirm it or change it.",
  },
  "note.draft-busy": {
    what: "A note is being drafted on this device already.",
    next: "Wait until it is done, or stop it.",
  },
  "transcript.too-short": {
    what: "Too little was said for a note: fewer than 20 words.",
    next: "Add more of the visit, then draft again. Nothing is made up to fill the gap.",
  },
  "transcript.unreadable": {
    what: "This does not read as a transcript.",
    next: "Begin each line with D: or P: (or [doctor] and [patient]), one utterance a line.",
  },
  "transcript.not-clinical": {
    what: "Nothing in the transcript belongs in a clinical note.",
    next: "Check that it is the right transcript, then draft again.",
  },
  "template.invalid": {
    what: "The note template cannot be read.",
    next: "Choose another template, or have this one corrected.",
  },
  "file.not-utf8": {
    what: "The file is not plain text in UTF-8.",
    next: "Save it again as UTF-8 text.",
  },
  "questionnaire.invalid": {
    what: "The questionnaire cannot be used.",
    next: "Have it corrected, or use one of the built-in ones.",
  },
  "questionnaire.cycle": {
    what: "Questions of the questionnaire depend on one another in a circle.",
    next: "Have its conditions corrected.",
  },
  "questionnaire.link-unknown": {
    what: "The questionnaire has no such question.",
    next: "Go back one step and try again.",
  },
  "answer.invalid": {
    what: "This answer does not fit the question.",
    next: "Please choose or type another one.",
  },
  "answer.required": {
    what: "This question needs an answer.",
    next: "Please answer it, or ask for a person.",
  },
  "rules.invalid": {
    what: "The red-flag rules cannot be read.",
    next: "Do not rely on alarms. Tell your administrator at once.",
  },
  "fhir.invalid": {
    what: "The file is not valid FHIR of the kind expected.",
    next: "Check which file it is and where it comes from.",
  },
  "worker.missing": {
    what: "A part of Bedside that runs models is not installed.",
    next: "Install Bedside again. Records and typing work without it.",
  },
  "worker.version": {
    what: "Two parts of Bedside are of different versions.",
    next: "Install Bedside again.",
  },
  "worker.died": {
    what: "The model stopped unexpectedly. Nothing that was said is lost.",
    next: "Try again. If it happens again, choose a smaller model.",
  },
  "worker.out-of-memory": {
    what: "There was not enough memory for the model.",
    next: "Close other programs or choose a smaller model.",
  },
  "worker.timeout": {
    what: "The model took too long and was stopped.",
    next: "Try again, or choose a smaller model.",
  },
  "request.cancelled": { what: "This was cancelled.", next: "Start it again when you are ready." },
  "model.invalid": {
    what: "The model file is damaged or of another kind.",
    next: "Download or import it again.",
  },
  "model.missing": {
    what: "The model is not on this device.",
    next: "Download or import it first.",
  },
  "worker.cpu": {
    what: "This device’s processor is too old to run the model.",
    next: "Use a device built after 2013 for speech and drafting. Records and typing work here.",
  },
  "model.context-full": {
    what: "The visit is longer than the model can take in at once.",
    next: "Draft without the model, or choose one with a larger context.",
  },
  "model.answer-invalid": {
    what: "The model’s answer could not be used. Nothing of it was kept.",
    next: "Try again. If it happens again, draft without the model.",
  },
  "model.unknown": {
    what: "There is no model of this name in the catalog.",
    next: "Choose one from the list.",
  },
  "model.hash-mismatch": {
    what: "The model file is not the one in the catalog, so it was not used.",
    next: "Download it again from its source.",
  },
  "model.busy": {
    what: "Another download, import or check of models is under way.",
    next: "Wait for its end, or stop it first.",
  },
  "download.failed": {
    what: "The download did not finish.",
    next: "Check the network and start it again; it goes on where it stopped.",
  },
  "audio.invalid": {
    what: "This is not a sound file that can be read.",
    next: "Choose a WAV, MP3, M4A, FLAC or Ogg Vorbis file.",
  },
  "grammar.invalid": {
    what: "A rule for the model’s output is wrong.",
    next: "Install Bedside again, or tell whoever supports this device.",
  },
  "licence.unreadable": {
    what: "This is not a licence, or not a whole one.",
    next: "Paste the whole text, from the BEGIN line to the END line, or open the file that you were sent.",
  },
  "licence.mistyped": {
    what: "A line of the licence is mistyped or missing.",
    next: "Compare the line named below with the one you were sent. The two symbols at its end belong to it.",
  },
  "licence.key-unknown": {
    what: "The licence was signed by somebody whom this Bedside does not know.",
    next: "Ask your vendor for a licence for this version, or update Bedside.",
  },
  "licence.forged": {
    what: "The licence was altered after it was signed.",
    next: "Ask your vendor to send it again.",
  },
  "licence.newer": {
    what: "The licence was made for a newer Bedside.",
    next: "Update Bedside, then install it again.",
  },
  "licence.invalid": {
    what: "Something in the licence is not right.",
    next: "Ask your vendor for a new one, and tell them what is named below.",
  },
  "licence.not-yet": {
    what: "The licence has not begun yet.",
    next: "Install it on its first day. Until then everything goes on as it is.",
  },
  "licence.expired": {
    what: "The licence has ended.",
    next: "Ask your vendor for a new one. Everything recorded can be read, signed, exported and backed up.",
  },
  "licence.file-expired": {
    what: "This licence file was to be installed earlier.",
    next: "Ask your vendor to send it anew.",
  },
  "licence.revoked": {
    what: "The licence was revoked.",
    next: "Call your vendor. Everything recorded can be read, signed, exported and backed up.",
  },
  "licence.other-facility": {
    what: "The licence is for another facility.",
    next: "Tell your vendor this facility’s fingerprint, which stands on the licence page, and ask for a licence for it.",
  },
  "licence.clock-set-back": {
    what: "The clock of this device is behind a time that was seen already.",
    next: "Set the clock right, then try again. Meanwhile everything goes on as it is.",
  },
  "licence.older": {
    what: "A newer one is installed already.",
    next: "Nothing needs to be done.",
  },
  "licence.limit-reached": {
    what: "This month’s conversations are used up, so no new one begins.",
    next: "Go on without the kiosk, and call your vendor for more. Open visits go on; everything can be read and signed.",
  },
  "licence.feature-missing": {
    what: "The licence does not include this.",
    next: "Ask your vendor for a licence with it. Nothing that a visit needs depends on it.",
  },
  "vendor-key.invalid": {
    what: "The file is not a vendor’s key.",
    next: "Choose the file that `bedside licence keygen` made.",
  },
  "vendor-key.locked": {
    what: "The vendor’s key does not open with this passphrase.",
    next: "Check the passphrase and try again.",
  },
  "retention.held": {
    what: "A legal hold is on, so nothing is deleted.",
    next: "Take the hold off first, if you may.",
  },
  "retention.busy": {
    what: "A visit or an intake is under way on this device, so nothing is deleted.",
    next: "Wait until it is over, then try again.",
  },
  "retention.clock": {
    what: "This device’s clock is not believed, so nothing is old enough for sure.",
    next: "Set the clock right, then try again.",
  },
  "preview.changed": {
    what: "What was shown is not what there is now.",
    next: "Look at it again, then go on.",
  },
  "destination.address-invalid": {
    what: "Records are not sent to an address like this.",
    next: "Enter an address that begins with https:// and holds no name or password. Plain http is for this device itself.",
  },
  "destination.folder-invalid": {
    what: "Records are not sent to a folder like this.",
    next: "Enter the folder’s whole path, outside this program’s own data folder.",
  },
  "destination.folder-missing": {
    what: "The folder is not there.",
    next: "Check that the share is connected and that the path is right. It is tried again by itself.",
  },
  "destination.folder-denied": {
    what: "Nothing may be written into the folder.",
    next: "Let the user that runs Bedside write there. It is tried again by itself.",
  },
  "destination.folder-full": {
    what: "There is no room in the folder.",
    next: "Make room there. It is tried again by itself.",
  },
  "destination.folder-failed": {
    what: "The file could not be written into the folder.",
    next: "Check the disk or the share. It is tried again by itself.",
  },
  "destination.unreachable": {
    what: "There is no connection to the server.",
    next: "Check the network, the address, and that the server is running. It is tried again by itself.",
  },
  "destination.timeout": {
    what: "The server did not answer in time.",
    next: "See whether it is overloaded. It is tried again by itself.",
  },
  "destination.certificate": {
    what: "The server could not show that it is the one that the address names.",
    next: "Ask whoever runs it for a certificate that is known publicly and has not expired. Nothing was sent.",
  },
  "destination.unavailable": {
    what: "The server takes nothing at the moment.",
    next: "It is tried again by itself.",
  },
  "destination.credentials": {
    what: "The server does not accept this token, or asks for one.",
    next: "Enter the right token, then try again.",
  },
  "destination.redirected": {
    what: "The server points to another address, and records are not sent on.",
    next: "Enter the address that it points to, then try again.",
  },
  "destination.refused": {
    what: "The server does not take this.",
    next: "Ask whoever runs it what it takes at this address, then try again.",
  },
  "endpoint.unreachable": {
    what: "There is no connection to the facility’s server of language models.",
    next: "Check the network, the address, and that the server is running.",
  },
  "endpoint.name": {
    what: "The name in the address leads nowhere.",
    next: "Check how it is written, and that this device’s network knows it.",
  },
  "endpoint.grammar": {
    what: "The server answers, but its model does not keep to the grammar that it is given, so no note can be read from it.",
    next: "Choose another model, or have a server that takes a grammar: vLLM or llama-server.",
  },
  "endpoint.timeout": {
    what: "The facility’s server of language models did not answer in time.",
    next: "See whether it is overloaded, or ask a smaller model.",
  },
  "endpoint.certificate": {
    what: "The facility’s server of language models could not show that it is the one that the address names. Nothing was sent.",
    next: "Enter the certificate of the authority that it has its own from, or have it renewed.",
  },
  "endpoint.authority": {
    what: "This is not the certificate of an authority.",
    next: "Paste its text in PEM form, with the lines that begin and end it, and without a private key.",
  },
  "endpoint.credentials": {
    what: "The facility’s server of language models does not accept this token, or asks for one.",
    next: "Enter the right token.",
  },
  "endpoint.model": {
    what: "The facility’s server of language models does not have this model, or is not at this address.",
    next: "Choose one of the models that it names, and check the address: it often ends in /v1.",
  },
  "endpoint.unavailable": {
    what: "The facility’s server of language models is overloaded or out of order.",
    next: "Try again later, or draft by rule.",
  },
  "brand.invalid": {
    what: "Something is wrong with this brand.",
    next: "The list under the preview says what, and what to write instead.",
  },
  "device.no-kiosk": {
    what: "This device is set as a clinician’s computer and is not handed to patients.",
    next: "An administrator can change that under Kiosk settings.",
  },
  "request.invalid": {
    what: "Bedside did not understand this input.",
    next: "Check what you entered and try again.",
  },
  "request.method-unknown": {
    what: "This screen and the program behind it are of different versions.",
    next: "Close Bedside and open it again.",
  },
  "sandbox.unavailable": {
    what: "The model could not be shut off from the network and the disk, so it was not started.",
    next: "Update the operating system. Records and typing work without it.",
  },
  internal: {
    what: "Something in Bedside went wrong.",
    next: "Try again. If it happens again, tell whoever supports this device the code below.",
  },
};
