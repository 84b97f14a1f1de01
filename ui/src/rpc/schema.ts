// Generated from crates/engine/src/rpc. Do not edit: BEDSIDE_BLESS=1 cargo nextest run -p bedside-engine typescript

export type AcknowledgeFlag = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The alarm; none for every open one of the encounter, as the front desk does, which reads no records.
 */
flag: FlagId | null, };

export type AddSite = { 
/**
 * Its name.
 */
name: string, };

export type AddTranscript = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The transcript: lines with `[doctor]`/`[patient]` or `D:`/`P:`, or JSON.
 */
text: string, };

export type Addendum = { 
/**
 * The words.
 */
text: string, 
/**
 * Who signed it.
 */
by: PersonId, 
/**
 * When.
 */
at: Timestamp, };

export type AlikePatients = { 
/**
 * The name, as it was given.
 */
name: string, 
/**
 * The date of birth, as it was given.
 */
birth_date: PartialDate | null, };

export type AllergyScope = "any" | "medicines" | "food";

export type Amount = { 
/**
 * The number.
 */
value: number, 
/**
 * The unit, as a UCUM code; none where none was said.
 */
unit: string | null, };

export type Analytics = { 
/**
 * The first day (YYYY-MM-DD).
 */
from: string, 
/**
 * The last day.
 */
until: string, 
/**
 * The time zone that days are of.
 */
time_zone: string, 
/**
 * Encounters begun in it.
 */
encounters: number, 
/**
 * A line for each day of the period, those without encounters too.
 */
days: Array<DayFigures>, 
/**
 * By where they began.
 */
origins: Array<OriginFigure>, 
/**
 * By how most of the answers were given.
 */
channels: ChannelFigures, 
/**
 * By the conversation's language (BCP 47), the most frequent first.
 */
languages: Array<NamedFigure>, 
/**
 * By what the patient was asked, the most frequent first.
 */
protocols: Array<ProtocolFigure>, 
/**
 * What became of the intakes.
 */
intakes: IntakeFigures, 
/**
 * Each question that was reached, in the order of its protocol.
 */
questions: Array<QuestionFigures>, 
/**
 * From the consent to the last answer, in seconds, of completed intakes.
 */
intake_time: Spread, 
/**
 * Alarms.
 */
flags: FlagFigures, 
/**
 * What was understood of what patients said.
 */
voice: VoiceFigures, 
/**
 * Notes.
 */
notes: NoteFigures, };

export type Answer = { "outcome": "given", "values": Array<AnswerValue> } | { "outcome": "skipped" } | { "outcome": "unknown" };

export type AnswerSource = "touch" | "typed" | "voice" | "imported";

export type AnswerValue = { "type": "boolean", "value": boolean } | { "type": "integer", "value": number } | { "type": "decimal", "value": number } | { "type": "quantity", "value": { 
/**
 * The number.
 */
value: number, 
/**
 * The unit, as a UCUM code ("d", "mg", "Cel").
 */
unit: string, } } | { "type": "date", "value": PartialDate } | { "type": "string", "value": string } | { "type": "text", "value": string } | { "type": "choice", "value": Coding };

export type AppState = { 
/**
 * How far it has come.
 */
phase: Phase, 
/**
 * The clinic's name, once the vault is open.
 */
clinic: string | null, 
/**
 * The language that staff screens start in.
 */
language: Language, 
/**
 * The languages of the built-in intake, for the kiosk's first screen.
 */
intake_languages: Array<Language>, 
/**
 * Whether the application begins as a kiosk on this device.
 */
kiosk_at_start: boolean, 
/**
 * What this device is for.
 */
device_role: DeviceRole, 
/**
 * The step of the first start that an administrator is to go on with; none where it is over.
 */
first_start: FirstStep | null, 
/**
 * The version of Bedside.
 */
version: string, 
/**
 * Whether the OS keyring answers, so that the vault opens by itself at the next start.
 */
keyring: KeyringState, 
/**
 * Whether the vault's file was written by a newer version, so that it can only be read.
 */
read_only: boolean, 
/**
 * Whether the disk is so full that only what is open can come to its end.
 */
short_of_space: boolean, };

export type AssignDevice = { 
/**
 * What.
 */
role: DeviceRole, };

export type Attend = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The screen's own number of the step; what is heard for it carries the same.
 */
step: number, 
/**
 * What is asked.
 */
asked: VoiceAsked, 
/**
 * What to say; none to listen only.
 */
prompt: string | null, };

export type AudioRule = { "rule": "at-signing" } | { "rule": "days", 
/**
 * How many.
 */
days: number, } | { "rule": "keep" };

export type AuditCheck = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * How many entries the trail had.
 */
entries: number, 
/**
 * How many events the log had.
 */
events: number, 
/**
 * How many faults were found.
 */
faults: number, };

export type AuditFault = { "kind": "entry", "place": number } | { "kind": "event", "place": number } | { "kind": "key" } | { "kind": "shortened" };

export type AuditLine = { 
/**
 * Its place, from 0.
 */
sequence: number, 
/**
 * When.
 */
time: Timestamp, 
/**
 * Who: a person's name, or the device.
 */
actor: string, 
/**
 * In which role.
 */
role: Role, 
/**
 * What was done or tried.
 */
action: string, 
/**
 * On what: an id, never a name.
 */
object: string | null, 
/**
 * The code of the refusal or the failure; none where it was done.
 */
refused: string | null, };

export type AuditVerdict = { 
/**
 * How many entries there are.
 */
entries: number, 
/**
 * How many events the log has.
 */
events: number, 
/**
 * The SHA-256 of the last entry: noted down elsewhere, it shows later that nothing was cut off.
 */
head: string, 
/**
 * What is wrong; empty when the trail and the log are whole.
 */
faults: Array<AuditFault>, };

export type BackupCheck = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * How many events it holds.
 */
events: number, };

export type BackupCreated = { 
/**
 * Where it is.
 */
folder: string, 
/**
 * How many events it holds.
 */
events: number, };

export type BackupFound = { 
/**
 * When it was made.
 */
made: Timestamp, 
/**
 * Events of its log.
 */
events: number, 
/**
 * Encounters.
 */
encounters: number, 
/**
 * People who can sign in.
 */
people: number, };

export type BeginIntake = { 
/**
 * The language chosen on the kiosk's first screen.
 */
language: Language, 
/**
 * The questionnaire, `url|version`; none for the clinic's usual one.
 */
protocol?: string, };

export type BrandChecked = { 
/**
 * What it says, for a form.
 */
fields: BrandFields, 
/**
 * All that is wrong; nothing for a brand that is fine.
 */
problems: Array<BrandProblem>, 
/**
 * One for each colour that is one.
 */
verdicts: Array<BrandVerdict>, 
/**
 * How it would look.
 */
shown: BrandShown, };

export type BrandDraft = { 
/**
 * The text of `brand.toml`, as it stands in a folder; wins over the fields.
 */
toml: string | null, 
/**
 * What a form says instead.
 */
fields: BrandFields | null, 
/**
 * The pictures that it names.
 */
pictures: Array<BrandPicture>, };

export type BrandFallback = "not-licensed" | "damaged";

export type BrandFields = { 
/**
 * Whose brand it is: stands on printed pages and under the terms.
 */
company: string, 
/**
 * What the program is called.
 */
product: string, 
/**
 * What stands before a patient's ticket; none for nothing.
 */
ticket_prefix: string, 
/**
 * The application's identifier in the operating system; only a build takes it.
 */
identifier: string, 
/**
 * `#rrggbb`: buttons, links, what is chosen.
 */
primary: string, 
/**
 * `#rrggbb`: marks, and the focus on the primary colour.
 */
secondary: string, 
/**
 * Font families, the first that the machine has; none for the usual ones.
 */
fonts: Array<string>, 
/**
 * The file of the logo on light grounds.
 */
logo: string, 
/**
 * The file of the logo on dark grounds.
 */
logo_dark: string, 
/**
 * The file of the square icon.
 */
icon: string, 
/**
 * Whom to write to; none for nobody.
 */
email: string, 
/**
 * Whom to call; none for nobody.
 */
phone: string, 
/**
 * When somebody answers, by language.
 */
hours: { [key in string]: string }, 
/**
 * What the kiosk says to whoever comes near, by language.
 */
welcome: { [key in string]: string }, 
/**
 * The fine print, by language.
 */
legal: { [key in string]: string }, };

export type BrandPicture = { 
/**
 * The file's name, as `brand.toml` has it.
 */
name: string, 
/**
 * What the file holds, in base 64.
 */
content: string, };

export type BrandProblem = { 
/**
 * The key of `brand.toml`.
 */
key: string, 
/**
 * What is wrong, by its stable name.
 */
kind: string, 
/**
 * What stands there.
 */
value: string, 
/**
 * What should, or the limit that it breaks.
 */
wanted: string, 
/**
 * The colour to take instead, where it is about contrast.
 */
proposed: string | null, 
/**
 * The whole sentence, in English.
 */
said: string, };

export type BrandShown = { 
/**
 * Whether it is the clinic's own. The default one has its colours and its mark in the screens.
 */
installed: boolean, 
/**
 * Whose brand it is.
 */
company: string, 
/**
 * What the program is called.
 */
product: string, 
/**
 * What stands before a ticket; none for nothing.
 */
ticket_prefix: string, 
/**
 * The CSS variables of the colours, by name; none for the default.
 */
colours: { [key in string]: string }, 
/**
 * Font families, as CSS writes them.
 */
fonts: string | null, 
/**
 * On light grounds, as a `data:` address; none for the default.
 */
logo: string | null, 
/**
 * On dark grounds.
 */
logo_dark: string | null, 
/**
 * The square one.
 */
icon: string | null, 
/**
 * Whom to write to.
 */
email: string | null, 
/**
 * Whom to call.
 */
phone: string | null, 
/**
 * When somebody answers, by language.
 */
hours: { [key in string]: string }, 
/**
 * What the kiosk says to whoever comes near, by language.
 */
welcome: { [key in string]: string }, 
/**
 * The fine print, by language.
 */
legal: { [key in string]: string }, };

export type BrandStatus = { 
/**
 * Whether the licence includes a brand of one's own.
 */
licensed: boolean, 
/**
 * Whether there is one in the vault, shown or not.
 */
installed: boolean, 
/**
 * Why it is not shown, where it is not.
 */
fallback: BrandFallback | null, 
/**
 * What it says, to be changed: the installed one, else the default.
 */
fields: BrandFields, 
/**
 * Its pictures.
 */
pictures: Array<BrandPicture>, 
/**
 * What stands on the screens.
 */
shown: BrandShown, };

export type BrandVerdict = { 
/**
 * `colours.primary` or `colours.secondary`.
 */
key: string, 
/**
 * The colour.
 */
colour: string, 
/**
 * Where it does worst: a name of `tokens.css`.
 */
against: string, 
/**
 * The contrast there, by WCAG 2.x.
 */
ratio: number, 
/**
 * The contrast that it needs there.
 */
needed: number, 
/**
 * Whether it passes everywhere.
 */
passes: boolean, 
/**
 * The nearest shade that does: the colour itself where it passes.
 */
proposed: string, };

export type ChangePassword = { 
/**
 * The present one.
 */
present: string, 
/**
 * The new one: at least 10 characters.
 */
new: string, };

export type ChannelFigures = { 
/**
 * On the screen's buttons.
 */
touch: number, 
/**
 * On a keyboard.
 */
typed: number, 
/**
 * By voice.
 */
voice: number, 
/**
 * Without answers: opened by staff, imported, or left before the first answer.
 */
none: number, };

export type ChoiceOption = { 
/**
 * The code system, where there is one.
 */
system: string | null, 
/**
 * The code.
 */
code: string, 
/**
 * The label, in the language of the questions.
 */
display: string, 
/**
 * Whether it excludes the other options ("none of these").
 */
exclusive: boolean, };

export type ClinicCreated = { 
/**
 * The 24 recovery words, in order.
 */
recovery_words: Array<string>, 
/**
 * Whether the keyring holds the key too.
 */
keyring: KeyringState, };

export type ClockDoubt = "set-back" | "far-ahead";

export type Coding = { 
/**
 * The code system's URI, where the questionnaire names one.
 */
system?: string | null, 
/**
 * The code.
 */
code: string, 
/**
 * What the option said, in the language that it was asked in.
 */
display: string, };

export type Compliance = { 
/**
 * When it was looked at.
 */
generated: Timestamp, 
/**
 * The version of Bedside.
 */
version: string, 
/**
 * The clinic's name.
 */
clinic: string | null, 
/**
 * The facility's fingerprint.
 */
facility: string, 
/**
 * The safeguards, in the order of the rule.
 */
safeguards: Array<SafeguardLine>, 
/**
 * Who can sign in.
 */
people: Array<RoleCount>, 
/**
 * Whether the passphrase opens the vault.
 */
opens_by_passphrase: boolean, 
/**
 * Whether the recovery words do.
 */
opens_by_words: boolean, 
/**
 * Whether the system's keyring does.
 */
opens_by_keyring: boolean, 
/**
 * Whether the vault's file is encrypted: read from its first bytes just now.
 */
file_encrypted: boolean, 
/**
 * After so many seconds without a sign of life the kiosk asks whether anybody is there.
 */
kiosk_ask_after_s: number, 
/**
 * After so many more it clears its screen.
 */
kiosk_leave_after_s: number, 
/**
 * After so many minutes without input a person's session is locked.
 */
logoff_after_min: number, 
/**
 * How many people have a PIN.
 */
pins: number, 
/**
 * How many entries the audit trail has.
 */
audit_entries: number, 
/**
 * When the last of them was written.
 */
audit_newest: Timestamp | null, 
/**
 * The last check of the trail and the log.
 */
audit_check: AuditCheck | null, 
/**
 * The last backup.
 */
backup: BackupCheck | null, 
/**
 * Sign-ins in the last 30 days.
 */
sign_ins: number, 
/**
 * Refused ones.
 */
sign_ins_refused: number, 
/**
 * How often an attempt was not even taken, after too many wrong ones.
 */
waits: number, 
/**
 * How often a session was locked.
 */
locks: number, 
/**
 * Everything else that was refused in that time because somebody may not.
 */
refusals: number, 
/**
 * Files that left in that time.
 */
exports: number, };

export type Concern = { 
/**
 * What.
 */
kind: ConcernKind, 
/**
 * Whether something is wrong already, rather than due.
 */
urgent: boolean, 
/**
 * What it is about, where there are several: a worker, a model.
 */
about: string | null, };

export type ConcernKind = "vault-closed" | "audit-broken" | "disk-full" | "vault-newer" | "disk-low" | "clock-set-back" | "clock-far-ahead" | "worker-broken" | "sandbox-partial" | "worker-died" | "model-bad" | "speech-model-missing" | "microphone-missing" | "loudspeaker-missing" | "backup-due" | "audit-due" | "drill-due";

export type ConfirmPatient = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The patient whom the clinic knows already; none for a new one.
 */
patient: PatientId | null, 
/**
 * The name.
 */
name: string, 
/**
 * The date of birth.
 */
birth_date: PartialDate | null, 
/**
 * The number in the clinic's other records.
 */
record_number: string | null, };

export type ConfirmRecovery = { 
/**
 * Some of the words (at least three), each with its place from 1.
 */
words: Array<[number, string]>, };

export type ConfirmedSentence = { 
/**
 * Its id within the note.
 */
sentence: number, 
/**
 * What was doubtful, as the checker names it ("number", "side").
 */
reasons: Array<string>, };

export type ConsentScope = "intake" | "recording" | "contact";

export type CorrectUtterance = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * Which utterance.
 */
index: number, 
/**
 * Who spoke.
 */
speaker: Speaker, 
/**
 * The words.
 */
text: string, };

export type CreateBackup = { 
/**
 * The folder to create it in.
 */
folder: string, };

export type CreateClinic = { 
/**
 * The clinic's name.
 */
clinic: string, 
/**
 * The language that staff screens start in.
 */
language: Language, 
/**
 * The administrator's name.
 */
administrator: string, 
/**
 * What the administrator types to sign in.
 */
login: string, 
/**
 * The administrator's password: at least 10 characters.
 */
password: string, 
/**
 * The vault's passphrase: at least 12 characters. It opens the vault where the keyring does not.
 */
passphrase: string, 
/**
 * Whether the further steps of the first start follow on the screen.
 */
guided: boolean, };

export type CreatePerson = { 
/**
 * Unique, compared without case.
 */
login: string, 
/**
 * Their name, as it stands under a note.
 */
name: string, 
/**
 * Their role; not the kiosk's.
 */
role: Role, 
/**
 * Their first password: at least 10 characters.
 */
password: string, };

export type DataFlows = { 
/**
 * When it was looked at.
 */
generated: Timestamp, 
/**
 * The ways.
 */
flows: Array<FlowLine>, };

export type DayFigures = { 
/**
 * Which (YYYY-MM-DD).
 */
day: string, 
/**
 * Its encounters.
 */
channels: ChannelFigures, };

export type DeliveryId = string;

export type DeliveryLine = { 
/**
 * Which: the same in a file's name and in a request's headers.
 */
id: DeliveryId, 
/**
 * Of which encounter.
 */
encounter: EncounterId, 
/**
 * As what.
 */
format: ExportFormat, 
/**
 * The kind of the event that it follows from.
 */
cause: string, 
/**
 * When it was queued.
 */
queued: Timestamp, 
/**
 * Whether it is tried no more until somebody says so.
 */
failed: boolean, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * When it is tried next; none where it failed, or was not tried yet.
 */
due: Timestamp | null, 
/**
 * Why the last attempt did not arrive.
 */
reason: RpcError | null, };

export type DeliveryOf = { 
/**
 * Where to.
 */
destination: DestinationId, 
/**
 * Which; none for all.
 */
delivery: DeliveryId | null, };

export type DestinationId = string;

export type DestinationLine = { 
/**
 * Which.
 */
id: DestinationId, 
/**
 * What it is called here.
 */
name: string, 
/**
 * Where it is.
 */
place: DestinationPlace, 
/**
 * As what a record is sent: a file each.
 */
formats: Array<ExportFormat>, 
/**
 * Whether it is switched on.
 */
on: boolean, 
/**
 * Whether a token is kept for it.
 */
has_token: boolean, 
/**
 * How it is.
 */
state: DestinationState, 
/**
 * How many files arrived.
 */
sent: number, 
/**
 * When the last one did.
 */
last_sent: Timestamp | null, 
/**
 * How many wait.
 */
waiting: number, 
/**
 * When the oldest of these was queued.
 */
waiting_since: Timestamp | null, 
/**
 * How many failed.
 */
failed: number, 
/**
 * What failed and then what waits, each in its order; not more than a screen can show.
 */
queue: Array<DeliveryLine>, };

export type DestinationOf = { 
/**
 * Which.
 */
destination: DestinationId, };

export type DestinationPlace = { "kind": "folder", 
/**
 * Its whole path.
 */
path: string, } | { "kind": "http", 
/**
 * Its address: `https`, or `http` on this machine.
 */
address: string, };

export type DestinationState = "off" | "idle" | "sending" | "waiting" | "failed";

export type DestinationTried = { 
/**
 * The file's name there, where it arrived in a folder.
 */
file: string | null, 
/**
 * Why it did not arrive; none where it did.
 */
failure: RpcError | null, };

export type Destinations = { 
/**
 * Whether the licence includes them. Without it none is added or switched on.
 */
licensed: boolean, 
/**
 * How often a file is tried before it is given to a person.
 */
most_tries: number, 
/**
 * In the order in which they were added.
 */
destinations: Array<DestinationLine>, };

export type DeviceChoice = "default" | "chosen" | "gone";

export type DeviceId = string;

export type DeviceRole = "kiosk" | "clinician" | "both";

export type Diagnostics = { 
/**
 * When it was looked at.
 */
generated: Timestamp, 
/**
 * The machine's time zone.
 */
time_zone: string, 
/**
 * What needs attention, the most pressing first. Empty: all is well.
 */
concerns: Array<Concern>, 
/**
 * The data folder.
 */
space: Space, 
/**
 * The microphones.
 */
microphone: SoundPart, 
/**
 * The loudspeakers.
 */
loudspeaker: SoundPart, 
/**
 * The workers.
 */
workers: Array<WorkerLine>, 
/**
 * The versions.
 */
versions: Versions, 
/**
 * The models that are here.
 */
models: Array<ModelFound>, 
/**
 * The vault; none where it is not open.
 */
vault: VaultState | null, 
/**
 * The log.
 */
log: LogPlace, };

export type DraftEngine = "extractive" | "generative" | "typed";

export type DraftLine = { 
/**
 * Its section's heading.
 */
heading: string, 
/**
 * The words so far.
 */
text: string, };

export type DraftNote = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The revision of the draft that the new one replaces; none where there is none yet. Another one is a conflict.
 */
replaces: number | null, 
/**
 * The template's id; none for the usual one.
 */
template?: string, 
/**
 * By rule, or by a language model: its draft is written while this call has long answered.
 */
engine?: DraftEngine, 
/**
 * The name of the language model; none for the best that is here.
 */
model?: string, };

export type DraftProgress = { 
/**
 * The part of the visit that is being read, from 1.
 */
part: number, 
/**
 * How many parts there are, as far as can be told.
 */
parts: number, 
/**
 * What was written of that part.
 */
lines: Array<DraftLine>, };

export type DrillCheck = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * When the backup was made that was restored.
 */
made: Timestamp, 
/**
 * How many events came out of it.
 */
events: number, };

export type EditLists = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The change.
 */
change: ListChange, };

export type EditNote = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The revision that the change started from; another one is a conflict.
 */
revision: number, 
/**
 * The sections as they shall be.
 */
sections: Array<EditedSection>, };

export type EditedSection = { 
/**
 * The template's id of the section.
 */
id: string, 
/**
 * Its sentences, in order.
 */
sentences: Array<EditedSentence>, };

export type EditedSentence = { 
/**
 * The sentence that it was; none for a new one.
 */
id: number | null, 
/**
 * The words.
 */
text: string, };

export type Empty = Record<symbol, never>;

export type EncounterId = string;

export type EncounterLine = { 
/**
 * The encounter.
 */
id: EncounterId, 
/**
 * When it was opened.
 */
opened: Timestamp, 
/**
 * How far it has come.
 */
status: EncounterStatus, 
/**
 * The code by which the patient is called.
 */
ticket: string, 
/**
 * The patient's name, where it was given.
 */
patient: string | null, 
/**
 * The date of birth, where it was given.
 */
birth_date: PartialDate | null, 
/**
 * Whose visit.
 */
patient_id: PatientId, 
/**
 * Whether staff checked who it is.
 */
verified: boolean, 
/**
 * How many alarms there are.
 */
flags: number, 
/**
 * The most urgent alarm that nobody acknowledged.
 */
open_flag: Severity | null, 
/**
 * Whether the patient asked for a person.
 */
help_requested: boolean, 
/**
 * At which of the clinic's sites.
 */
site: SiteId | null, };

export type EncounterOf = { 
/**
 * The encounter.
 */
encounter: EncounterId, };

export type EncounterOrigin = "kiosk" | "clinician" | "import";

export type EncounterRecord = { 
/**
 * The encounter.
 */
id: EncounterId, 
/**
 * When it was opened.
 */
opened: Timestamp, 
/**
 * When something last happened.
 */
changed: Timestamp, 
/**
 * Where it began.
 */
origin: EncounterOrigin, 
/**
 * How far it has come.
 */
status: EncounterStatus, 
/**
 * The short code that calls the patient.
 */
ticket: string, 
/**
 * At which of the clinic's sites; none where it has none.
 */
site?: SiteId, 
/**
 * Whose visit.
 */
patient: PatientRecord, 
/**
 * The language of the conversation.
 */
language: Language, 
/**
 * The questionnaire, `url|version`.
 */
protocol: string | null, 
/**
 * The SHA-256 of the questionnaire's file; none in records from before it was kept.
 */
questionnaire?: string, 
/**
 * What decided that it is this questionnaire.
 */
protocol_choice?: ProtocolChoice, 
/**
 * What the patient agreed to.
 */
consents: Array<ConsentScope>, 
/**
 * What the patient declined or took back.
 */
declined: Array<ConsentScope>, 
/**
 * The newest answer to each question of the questionnaire, by linkId.
 */
answers: { [key in string]: Answer }, 
/**
 * What was said to a question and not understood, by linkId: staff ask again.
 */
unclear?: { [key in string]: string }, 
/**
 * The transcript; `utterances[i].index == i`.
 */
utterances: Array<Utterance>, 
/**
 * The recordings, in the order they were started.
 */
recordings?: Array<RecordingRecord>, 
/**
 * The alarms, in the order they were raised.
 */
flags: Array<FlagRecord>, 
/**
 * When the patient asked for a person.
 */
help_requested: Timestamp | null, 
/**
 * The note.
 */
note: NoteState, 
/**
 * The lists beside the note: as they stand, or as they were signed.
 */
lists?: Array<ListLine>, 
/**
 * How often the encounter left the store.
 */
exports: number, 
/**
 * Whether it was entered in error.
 */
retracted?: RetractionRecord, };

export type EncounterStatus = "intake" | "partial" | "waiting" | "in-visit" | "drafted" | "signed" | "retracted";

export type EncounterView = { 
/**
 * The encounter.
 */
record: EncounterRecord, 
/**
 * The intake's questions and answers, in the questionnaire's order and the staff's language.
 */
intake: Array<ReviewLine>, 
/**
 * What the intake was asked with, in the staff's language; none where there was none, or where nobody here knows it.
 */
protocol: string | null, 
/**
 * The scores of the intake.
 */
scores: Array<ScoreLine>, 
/**
 * What each raised rule is called and what staff should do, by rule id.
 */
rules: { [key in string]: RuleText }, 
/**
 * Sentences of the note whose evidence does not hold them.
 */
findings: Array<NoteFinding>, 
/**
 * The sections of the note's template, in order: an editor offers those that the draft left out.
 */
sections: Array<SectionTitle>, 
/**
 * The school year that can read the note, where it is written for the patient and in English.
 */
reading_grade: number | null, 
/**
 * How far a language model's draft has come, where one is being written.
 */
drafting: DraftProgress | null, 
/**
 * The names of the people who signed or acknowledged, by id.
 */
people: { [key in PersonId]: string }, };

export type Endpoint = { 
/**
 * What is set; none where nothing is.
 */
settings: EndpointSettings | null, 
/**
 * Whether it is shown a token.
 */
has_token: boolean, 
/**
 * Whether the licence has it.
 */
licensed: boolean, };

export type EndpointModel = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its context in tokens, where the server says it.
 */
context: number | null, };

export type EndpointSettings = { 
/**
 * Whether it may be asked.
 */
on: boolean, 
/**
 * What stands before `/models` and `/chat/completions`.
 */
address: string, 
/**
 * The model that writes.
 */
model: string, 
/**
 * The tokens that an ask and its answer may have together.
 */
context: number, 
/**
 * The authority that alone is trusted, as PEM; none for those that are trusted publicly.
 */
authority: string | null, };

export type EndpointTried = { 
/**
 * Its models.
 */
models: Array<EndpointModel>, 
/**
 * The model that was asked for a word.
 */
model: string | null, 
/**
 * Why no note can be had from it; none where one can.
 */
failure: ErrorCode | null, };

export type ErrorCode = "sound.no-device" | "sound.denied" | "sound.busy" | "sound.failed" | "sound.no-voice" | "consent.missing" | "recording.busy" | "vault.missing" | "vault.exists" | "vault.in-use" | "vault.locked" | "vault.wrong-key" | "vault.key-mismatch" | "vault.newer-schema" | "vault.migration-failed" | "vault.corrupt" | "vault.tampered" | "disk.full" | "folder.read-only" | "io.failed" | "keyring.absent" | "keyslots.too-few" | "recovery-words.invalid" | "passphrase.too-short" | "envelope.broken" | "envelope.version" | "backup.broken" | "target.exists" | "session.missing" | "session.sign-in-failed" | "session.locked" | "session.wait" | "pin.wrong" | "pin.unfit" | "access.forbidden" | "endpoint.unreachable" | "endpoint.name" | "endpoint.timeout" | "endpoint.certificate" | "endpoint.authority" | "endpoint.credentials" | "endpoint.model" | "endpoint.grammar" | "endpoint.unavailable" | "person.login-taken" | "name.taken" | "not-found" | "encounter.wrong-state" | "note.signed" | "note.conflict" | "note.empty" | "note.unconfirmed" | "note.draft-busy" | "transcript.too-short" | "transcript.unreadable" | "transcript.not-clinical" | "template.invalid" | "file.not-utf8" | "questionnaire.invalid" | "questionnaire.cycle" | "questionnaire.link-unknown" | "answer.invalid" | "answer.required" | "rules.invalid" | "fhir.invalid" | "worker.missing" | "worker.version" | "worker.died" | "worker.out-of-memory" | "worker.timeout" | "request.cancelled" | "model.invalid" | "model.missing" | "worker.cpu" | "model.context-full" | "model.answer-invalid" | "model.unknown" | "model.hash-mismatch" | "model.busy" | "download.failed" | "audio.invalid" | "grammar.invalid" | "licence.unreadable" | "licence.mistyped" | "licence.key-unknown" | "licence.forged" | "licence.newer" | "licence.invalid" | "licence.not-yet" | "licence.expired" | "licence.file-expired" | "licence.revoked" | "licence.other-facility" | "licence.clock-set-back" | "licence.older" | "licence.limit-reached" | "licence.feature-missing" | "vendor-key.invalid" | "vendor-key.locked" | "retention.held" | "retention.busy" | "retention.clock" | "preview.changed" | "destination.address-invalid" | "destination.folder-invalid" | "destination.folder-missing" | "destination.folder-denied" | "destination.folder-full" | "destination.folder-failed" | "destination.unreachable" | "destination.timeout" | "destination.certificate" | "destination.unavailable" | "destination.credentials" | "destination.redirected" | "destination.refused" | "brand.invalid" | "device.no-kiosk" | "request.invalid" | "request.method-unknown" | "sandbox.unavailable" | "internal";

export type ExportAudit = { 
/**
 * Only what was done to this encounter.
 */
about: EncounterId | null, 
/**
 * Not before.
 */
since: Timestamp | null, 
/**
 * Before.
 */
until: Timestamp | null, };

export type ExportEncounter = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * As what.
 */
format: ExportFormat, };

export type ExportFormat = "fhir" | "text" | "pdf" | "hl7v2" | "csv";

export type ExportedFile = { 
/**
 * A name without PHI.
 */
file_name: string, 
/**
 * Its media type.
 */
media_type: string, 
/**
 * Its content: the text itself, or the bytes in base64.
 */
content: string, 
/**
 * Whether the content is base64 of a file that is no text.
 */
base64: boolean, };

export type FaultSeen = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Which.
 */
code: ErrorCode, };

export type FindPatients = { 
/**
 * Words of the name, or the record number; the last may be a beginning.
 */
text: string, };

export type FindingReason = "number" | "date" | "unit" | "dose" | "side" | "negation" | "medicine" | "allergy" | "subject" | "no-evidence" | "unsupported-words";

export type FirstStep = "words" | "device" | "sound" | "models" | "licence" | "rehearsal";

export type FlagFigures = { 
/**
 * By how urgent they are.
 */
severities: Array<SeverityFigures>, 
/**
 * From the alarm to its acknowledgement, in seconds.
 */
time: Spread, };

export type FlagId = string;

export type FlagRecord = { 
/**
 * The alarm.
 */
id: FlagId, 
/**
 * The rule that raised it.
 */
rule: string, 
/**
 * How urgent.
 */
severity: Severity, 
/**
 * What it was found in.
 */
source: FlagSource, 
/**
 * When.
 */
raised: Timestamp, 
/**
 * Who acknowledged it, and when.
 */
acknowledged: [Who, Timestamp] | null, };

export type FlagSource = { "kind": "answer", 
/**
 * The questionnaire item's linkId.
 */
link_id: string, 
/**
 * The words in a text answer, half-open, in Unicode code points.
 */
span: [number, number] | null, } | { "kind": "utterance", 
/**
 * Which.
 */
index: number, 
/**
 * The words, half-open, in Unicode code points.
 */
span: [number, number], };

export type Flow = "microphone" | "kiosk-voice" | "vault" | "log" | "backups" | "exports" | "destination-folders" | "destination-endpoints" | "language-server" | "reports" | "print" | "support-bundle" | "usage-reports" | "import" | "files" | "model-download" | "browser" | "hub";

export type FlowAct = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * A person's name; none for the device itself.
 */
by: string | null, };

export type FlowContent = "encrypted" | "plain" | "no-records";

export type FlowDirection = "stays" | "leaves" | "comes";

export type FlowLine = { 
/**
 * Which.
 */
flow: Flow, 
/**
 * Which way it goes.
 */
direction: FlowDirection, 
/**
 * How it stands.
 */
state: FlowState, 
/**
 * What goes along it.
 */
content: FlowContent, 
/**
 * Whether it goes over a network.
 */
network: boolean, 
/**
 * When it was last set, and by whom.
 */
set: FlowAct | null, 
/**
 * When it was last used, and by whom.
 */
used: FlowAct | null, 
/**
 * Where it is switched.
 */
page: FlowPage | null, };

export type FlowPage = "sound" | "kiosk" | "retention" | "backup" | "diagnostics" | "licence" | "destinations" | "endpoint" | "models";

export type FlowState = "on" | "off" | "by-hand" | "absent";

export type GiveAnswer = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The question's linkId.
 */
link_id: string, 
/**
 * The answer; skipping and not knowing are answers too.
 */
answer: Answer, 
/**
 * How it was given.
 */
source: AnswerSource, 
/**
 * The patient's words that it was made out from, which are looked through for alarm signs and not kept.
 */
words?: string, };

export type GiveConsent = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * Each scope that was asked, and whether the patient agreed.
 */
consents: { [key in ConsentScope]?: boolean }, };

export type GoToQuestion = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The question's linkId.
 */
link_id: string, };

export type Identify = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The name.
 */
name: string, 
/**
 * The date of birth, where it was given.
 */
birth_date: PartialDate | null, };

export type ImportEncounter = { 
/**
 * Who the patient is, where the file says it. Unverified: nobody here saw them.
 */
patient: ImportedPatient | null, 
/**
 * The language of the intake or of the visit.
 */
language: Language, 
/**
 * The intake, where it is one.
 */
intake: ImportedIntake | null, };

export type ImportModels = { 
/**
 * The full path of the file or the folder.
 */
path: string, };

export type ImportSound = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The file. Its name may hold the patient's.
 */
path: string, 
/**
 * That the patient was asked and agreed, where the kiosk did not ask.
 */
agreed: boolean, };

export type ImportedIntake = { 
/**
 * The questionnaire, `url|version`.
 */
protocol: string, 
/**
 * The answers, by linkId. One to a question that is not asked, given the others, is left out.
 */
answers: { [key in string]: Answer }, };

export type ImportedPatient = { 
/**
 * The name.
 */
name: string, 
/**
 * The date of birth.
 */
birth_date: PartialDate | null, };

export type InstallLicence = { 
/**
 * The text, as it was sent, pasted or typed.
 */
text: string, 
/**
 * Development builds only: the line of a vendor's public key to trust from now on.
 */
trust: string | null, };

export type IntakeFigures = { 
/**
 * How many were begun.
 */
begun: number, 
/**
 * Handed in.
 */
completed: number, 
/**
 * Ended before the end.
 */
left: number, 
/**
 * Of those, before the first answer.
 */
left_before_first: number, 
/**
 * Of those, at the review, with every question answered.
 */
left_at_review: number, 
/**
 * Still going on.
 */
open: number, };

export type IntakeOf = { 
/**
 * The encounter.
 */
encounter: EncounterId, };

export type IntakeStep = { "screen": "consent", 
/**
 * What to ask, in this order.
 */
scopes: Array<ConsentScope>, } | { "screen": "identify" } | { "screen": "question", 
/**
 * The question.
 */
question: Question, } | { "screen": "review", 
/**
 * The answers, in the questionnaire's order.
 */
lines: Array<ReviewLine>, } | { "screen": "declined" } | { "screen": "done", 
/**
 * The code by which the patient is called.
 */
ticket: string, };

export type IntakeView = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The language that the patient chose.
 */
language: Language, 
/**
 * The language that the questions are in: the patient's, else the questionnaire's own.
 */
asked_in: Language, 
/**
 * What to show.
 */
step: IntakeStep, 
/**
 * Questions answered, skipped or not known.
 */
answered: number, 
/**
 * Questions that apply, as far as the answers so far tell.
 */
total: number, 
/**
 * Whether there is a question before this one.
 */
can_go_back: boolean, 
/**
 * A calm sentence for the patient, when a red flag was raised: staff have been told.
 */
alert: string | null, 
/**
 * Whether the patient has asked for a person.
 */
help_requested: boolean, };

export type ItemRemark = { 
/**
 * The item's linkId, or its place where it has none.
 */
item: string, 
/**
 * What, in English: for whoever made the file.
 */
what: string, };

export type KeepFirstStep = { 
/**
 * The step that stands next; none where it is over.
 */
step: FirstStep | null, };

export type KeyboardUse = "automatic" | "on" | "off";

export type KeyringState = "available" | "locked" | "absent";

export type KioskDevice = { 
/**
 * What the clinic set.
 */
settings: KioskSettings, 
/**
 * Whether the kiosk offers to speak and listen.
 */
speaks: boolean, 
/**
 * How loud it begins with each patient: 0 to 1.
 */
volume: number, 
/**
 * Whether somebody can leave it with a PIN.
 */
pin_pad: boolean, };

export type KioskSettings = { 
/**
 * Whether letter keys are shown on the screen.
 */
keyboard: KeyboardUse, 
/**
 * Whether the ticket goes to the system's printer.
 */
prints_tickets: boolean, 
/**
 * After so long without a sign of life the kiosk asks whether anybody is there, in seconds.
 */
ask_after_s: number, 
/**
 * After so long without an answer to that the screen is cleared, in seconds.
 */
leave_after_s: number, 
/**
 * The clinic's own greeting, in each language that it has one in.
 */
welcome: { [key in Language]: string }, 
/**
 * The languages offered, in order; none for every language that there is.
 */
languages: Array<Language>, };

export type Language = string;

export type LeaveKiosk = { 
/**
 * The PIN of somebody who may.
 */
pin: string, };

export type LeaveOpen = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The question's linkId.
 */
link_id: string, 
/**
 * The patient's words.
 */
words: string, 
/**
 * How they were given.
 */
source: AnswerSource, };

export type LicenceStanding = "evaluation" | "licensed" | "grace" | "evaluation-over" | "expired" | "revoked" | "not-yet" | "other-facility";

export type LicenceStatus = { 
/**
 * Where it comes from.
 */
standing: LicenceStanding, 
/**
 * The last day, grace days not counted, where there is one (YYYY-MM-DD).
 */
until: string | null, 
/**
 * The last day of grace, where that goes on.
 */
grace_until: string | null, 
/**
 * How many days of the evaluation are left.
 */
days_left: number | null, 
/**
 * The licence's id, whether it holds or not.
 */
licence: string | null, 
/**
 * The vendor's key that signed it, by its name.
 */
signed_by: string | null, 
/**
 * How many days it still grants what it grants, grace days not counted, today among them; none where it does not end,
 * or has ended.
 */
ends_in_days: number | null, 
/**
 * Whose it is.
 */
company: string | null, 
/**
 * What it was sold as. For people to read: what is included stands in `features`.
 */
tier: string | null, 
/**
 * What is included.
 */
features: Array<string>, 
/**
 * The support that was sold.
 */
support: string | null, 
/**
 * With whom to call.
 */
call: string, 
/**
 * Devices; none for any number.
 */
devices: number | null, 
/**
 * The month's conversations.
 */
usage: MonthUsage, 
/**
 * Why the machine's clock is not believed, where it is not.
 */
clock: ClockDoubt | null, 
/**
 * Whether this version is among the updates that the licence includes.
 */
version_included: boolean, 
/**
 * This facility's fingerprint, for a licence that is bound to it.
 */
facility: string, };

export type Likeness = "name-and-birth" | "name" | "name-only" | "birth-only";

export type ListAudit = { 
/**
 * Only entries before this place.
 */
before: number | null, };

export type ListChange = { "kind": "drop", 
/**
 * The line's id.
 */
line: number, } | { "kind": "keep", 
/**
 * The line's id.
 */
line: number, } | { "kind": "correct", 
/**
 * The line's id.
 */
line: number, 
/**
 * What it shall say; of the kind that it is.
 */
item: ListItem, } | { "kind": "add", 
/**
 * What it says.
 */
item: ListItem, };

export type ListEncounters = { 
/**
 * Opened at or after.
 */
since: Timestamp | null, 
/**
 * Opened before.
 */
until: Timestamp | null, 
/**
 * At this site; none for all.
 */
site?: SiteId | null, };

export type ListItem = { "kind": "medicine", 
/**
 * Its name, spelled right where it is a known one. A brand stays the brand.
 */
name: string, 
/**
 * How much at a time; of several that were said the last.
 */
dose: Amount | null, 
/**
 * How often, in the words in which it was said.
 */
often: string | null, 
/**
 * How many times a day, to two decimals: weekly is 0.14. Of one that is taken as needed, nothing.
 */
per_day: number | null, 
/**
 * Whether it is taken when needed.
 */
as_needed: boolean, 
/**
 * What becomes of it; none where it was only named as tried or given.
 */
state: MedicineState | null, 
/**
 * Other doses that were said before.
 */
earlier: Array<Amount>, } | { "kind": "allergy", 
/**
 * What.
 */
substance: string, 
/**
 * What it does, in the words in which it was said.
 */
reaction: string | null, 
/**
 * Whether the allergy was denied.
 */
denied: boolean, } | { "kind": "no-allergies", 
/**
 * Of what kind.
 */
to: AllergyScope, } | { "kind": "problem", 
/**
 * The words in which it was said.
 */
text: string, 
/**
 * How it stands.
 */
standing: Standing, 
/**
 * Whose it is, where it is not the patient's ("mother").
 */
relative: string | null, 
/**
 * Its code, where an option of the intake names one.
 */
code: Coding | null, } | { "kind": "vital", 
/**
 * What was measured.
 */
code: Coding, 
/**
 * How much; of a blood pressure the systolic.
 */
value: number, 
/**
 * The diastolic blood pressure.
 */
over: number | null, 
/**
 * The unit, as a UCUM code.
 */
unit: string, };

export type ListLine = { 
/**
 * Its id within the encounter, kept through edits.
 */
id: number, 
/**
 * What it says.
 */
item: ListItem, 
/**
 * Who says so. What the patient answered at the intake, the patient says.
 */
says: Speaker, 
/**
 * The indices of the utterances that it rests on, ascending.
 */
evidence: Array<number>, 
/**
 * The linkIds of the intake's answers that it rests on.
 */
answers?: Array<string>, 
/**
 * Who wrote it: found by rule, found and corrected by the clinician, or typed by the clinician.
 */
origin: SentenceOrigin, 
/**
 * What was found, where the clinician corrected it.
 */
found?: ListItem, 
/**
 * Whether the clinician took it out. It is kept, so that it is not found again.
 */
dropped: boolean, };

export type LogPlace = { 
/**
 * The folder.
 */
folder: string, 
/**
 * How many files it has; none are written where the application is not the desktop's.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, };

export type LogoffSettings = { 
/**
 * After so many minutes without input: 1 to 60. It cannot be turned off.
 */
after_min: number, };

export type MedicineState = "taking" | "stopped" | "not-taking" | "started" | "changed";

export type ModelFile = "partial" | "present" | "verified" | "bad";

export type ModelFound = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it came with the program, or is in its catalog.
 */
known: boolean, 
/**
 * What it is for.
 */
purpose: ModelPurpose, 
/**
 * Its size; 0 for a bad one.
 */
bytes: number, 
/**
 * How its file is.
 */
file: ModelFile, 
/**
 * When it was last verified.
 */
verified: Timestamp | null, };

export type ModelLine = { 
/**
 * Its name in the catalog, or of its file.
 */
name: string, 
/**
 * What the catalog calls it; none for one of the clinic's own.
 */
title: string | null, 
/**
 * What it is for.
 */
purpose: ModelPurpose, 
/**
 * The size of its file, as the catalog says.
 */
bytes: number | null, 
/**
 * The memory that it takes, in bytes.
 */
memory: number | null, 
/**
 * SPDX identifier.
 */
licence: string | null, 
/**
 * Where a download begins.
 */
source: string | null, 
/**
 * It came with the program and cannot be removed.
 */
starter: boolean, 
/**
 * Whether the machine's memory is enough for it.
 */
fits: boolean, 
/**
 * Whether it is what this machine should have for its use.
 */
recommended: boolean, 
/**
 * What of it is there.
 */
state: ModelStanding, };

export type ModelOf = { 
/**
 * Its name.
 */
name: string, };

export type ModelPurpose = "speech" | "embedding" | "language";

export type ModelStanding = { "is": "absent" } | { "is": "partial", 
/**
 * Bytes so far.
 */
bytes: number, } | { "is": "present", 
/**
 * Its size.
 */
bytes: number, } | { "is": "verified", 
/**
 * Its size.
 */
bytes: number, 
/**
 * Its hash.
 */
sha256: string, 
/**
 * The catalog knows the hash; otherwise it was recorded when the file came.
 */
known: boolean, } | { "is": "bad" };

export type ModelTask = "fetch" | "import" | "verify";

export type ModelWork = { 
/**
 * What.
 */
task: ModelTask, 
/**
 * A model's name, or the name of the file or folder that is imported.
 */
subject: string, 
/**
 * How far.
 */
state: WorkState, };

export type ModelsHere = { 
/**
 * All of the machine's memory, in bytes; none where the system does not say.
 */
memory: number | null, 
/**
 * Threads that the processor runs at the same time.
 */
cores: number, 
/**
 * Where they lie.
 */
folder: string, 
/**
 * The starter, the catalog's, then the clinic's own.
 */
models: Array<ModelLine>, 
/**
 * What is under way, or was last.
 */
work: ModelWork | null, };

export type MonthUsage = { 
/**
 * The month (YYYY-MM).
 */
month: string, 
/**
 * The time zone that it is of.
 */
time_zone: string, 
/**
 * Encounters opened in it.
 */
opened: number, 
/**
 * The limit; none for as many as one likes.
 */
limit: number | null, 
/**
 * The limit and the allowance above it.
 */
allowed: number | null, 
/**
 * How far along.
 */
level: UsageLevel, };

export type NamedFigure = { 
/**
 * The name.
 */
name: string, 
/**
 * How many.
 */
count: number, };

export type Note = { 
/**
 * The template that it follows ("soap").
 */
template: string, 
/**
 * What drafted it.
 */
engine: DraftEngine, 
/**
 * The language model that drafted it, by its name.
 */
model?: string, 
/**
 * Its sections, in the template's order. A section without sentences is left out.
 */
sections: Array<NoteSection>, };

export type NoteFigures = { 
/**
 * Encounters whose note is a draft.
 */
drafts: number, 
/**
 * Encounters whose note is signed.
 */
signed: number, 
/**
 * From the draft to the signature, in seconds.
 */
sign_time: Spread, 
/**
 * How much of a drafted note was changed before it was signed: the words that were put in, left out or exchanged, in
 * percent of the words of the longer one of the two (Levenshtein's distance over words).
 */
changed: Spread, };

export type NoteFinding = { 
/**
 * The sentence.
 */
sentence: number, 
/**
 * What is wrong.
 */
reason: FindingReason, 
/**
 * The words of the sentence that it is about, where it is about words.
 */
words: Array<string>, 
/**
 * Whether the note can only be signed once somebody confirmed the sentence.
 */
must_confirm: boolean, };

export type NoteOffers = { 
/**
 * The templates, the usual one first.
 */
templates: Array<TemplateOffer>, 
/**
 * The files of the clinic's own folder that cannot be used.
 */
problems: Array<TemplateProblem>, 
/**
 * The language models that are here, the largest first.
 */
models: Array<string>, 
/**
 * The facility's own server, where it may be asked.
 */
endpoint: string | null, };

export type NoteSection = { 
/**
 * The template's id of it ("subjective").
 */
id: string, 
/**
 * Its heading, in the note's language.
 */
title: string, 
/**
 * Its sentences, in order.
 */
sentences: Array<Sentence>, };

export type NoteState = { "state": "none" } | { "state": "draft", 
/**
 * The note as it stands.
 */
note: Note, 
/**
 * How often it was drafted or edited; an edit names the revision that it started from.
 */
revision: number, 
/**
 * Why the language model that was asked for did not write it, where one was.
 */
fallback?: ErrorCode, } | { "state": "signed", 
/**
 * The note as signed.
 */
note: Note, 
/**
 * Who signed, when, what.
 */
signature: SignatureRecord, 
/**
 * What was added since.
 */
addenda: Array<Addendum>, };

export type Notice = { "kind": "encounter-changed", 
/**
 * Which.
 */
encounter: EncounterId, 
/**
 * How far it has come.
 */
status: EncounterStatus, } | { "kind": "red-flag-raised", 
/**
 * In which encounter.
 */
encounter: EncounterId, 
/**
 * The code by which the patient is called.
 */
ticket: string, 
/**
 * How urgent.
 */
severity: Severity, 
/**
 * What the rule is called, in the staff's language.
 */
title: string, } | { "kind": "help-requested", 
/**
 * In which encounter.
 */
encounter: EncounterId, 
/**
 * The code by which the patient is called.
 */
ticket: string, } | { "kind": "person-wanted" } | { "kind": "voice", 
/**
 * What.
 */
state: VoiceState, } | { "kind": "voice-loss", 
/**
 * Why; none if it hears.
 */
loss: SoundLoss | null, } | { "kind": "voice-level", 
/**
 * The greatest sample since the last.
 */
peak: number, } | { "kind": "voice-words", 
/**
 * The words; they may change.
 */
text: string, } | { "kind": "voice-heard", 
/**
 * The screen's number of the step that it answers.
 */
step: number, 
/**
 * The words.
 */
text: string, 
/**
 * What they mean.
 */
meaning: VoiceMeaning, } | { "kind": "recording", 
/**
 * Of which encounter.
 */
encounter: EncounterId, 
/**
 * What.
 */
state: RecordingState, } | { "kind": "models", 
/**
 * What is done, and how far.
 */
work: ModelWork, } | { "kind": "draft-written", 
/**
 * Of which encounter.
 */
encounter: EncounterId, 
/**
 * How far it has come.
 */
progress: DraftProgress, } | { "kind": "draft-ended", 
/**
 * Of which encounter.
 */
encounter: EncounterId, 
/**
 * Why nothing came of it.
 */
failure: ErrorCode | null, } | { "kind": "missed", 
/**
 * How many.
 */
count: number, };

export type OpenBackup = { 
/**
 * The full path of its folder.
 */
folder: string, 
/**
 * The passphrase or the recovery words of the vault that it was made of.
 */
key: UnlockVault, };

export type OpenEncounter = { 
/**
 * The patient whom the clinic knows already; none for a new one.
 */
patient?: PatientId | null, 
/**
 * The patient's name.
 */
name: string, 
/**
 * The date of birth.
 */
birth_date: PartialDate | null, 
/**
 * The number in the clinic's other records.
 */
record_number?: string | null, 
/**
 * The language of the visit.
 */
language: Language, };

export type OriginFigure = { 
/**
 * Where.
 */
origin: EncounterOrigin, 
/**
 * How many.
 */
count: number, };

export type PartialDate = string;

export type PatientAlike = { 
/**
 * The patient.
 */
patient: PatientLine, 
/**
 * Why.
 */
likeness: Likeness, };

export type PatientId = string;

export type PatientLine = { 
/**
 * The patient.
 */
id: PatientId, 
/**
 * The name.
 */
name: string, 
/**
 * The date of birth.
 */
birth_date: PartialDate | null, 
/**
 * The number in the clinic's other records.
 */
record_number: string | null, 
/**
 * How many visits there are.
 */
visits: number, 
/**
 * When the latest began.
 */
latest: Timestamp, };

export type PatientOf = { 
/**
 * The patient.
 */
patient: PatientId, };

export type PatientRecord = { 
/**
 * The patient.
 */
id: PatientId, 
/**
 * The name, once given.
 */
name: string | null, 
/**
 * The date of birth, once given.
 */
birth_date: PartialDate | null, 
/**
 * Whether staff checked who it is.
 */
verified: boolean, 
/**
 * The patient's number in the clinic's other records.
 */
record_number?: string, };

export type PatientView = { 
/**
 * Who.
 */
patient: PatientLine, 
/**
 * The visits, newest first, those entered in error among them.
 */
visits: Array<EncounterLine>, };

export type Permission = "kiosk-open" | "intake-take" | "encounter-list" | "encounter-open" | "encounter-read" | "encounter-retract" | "patient-identify" | "transcript-write" | "transcript-search" | "note-write" | "note-sign" | "red-flag-acknowledge" | "encounter-export" | "people-manage" | "password-change-own" | "models-manage" | "protocols-manage" | "backup-create" | "licence-manage" | "brand-manage" | "device-manage" | "audit-read" | "analytics-read" | "diagnostics-read" | "retention-manage" | "destinations-manage";

export type Person = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * What they type to sign in.
 */
login: string, 
/**
 * Their name.
 */
name: string, 
/**
 * Their role.
 */
role: Role, };

export type PersonId = string;

export type Phase = { "state": "new" } | { "state": "locked" } | { "state": "rescue", "error": RpcError } | { "state": "ready" };

export type PlaceDevice = { 
/**
 * At which site; none for none.
 */
site: SiteId | null, };

export type PlaySound = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * From there, in ms on the clock of its utterances.
 */
from_ms: number, 
/**
 * To there.
 */
to_ms: number, };

export type PreviewRetention = { 
/**
 * The rules.
 */
rules: RetentionRules, };

export type PreviewedStep = { 
/**
 * The question, or the text to read.
 */
question: Question, 
/**
 * Whether it is asked only after certain answers.
 */
conditional: boolean, };

export type PriceStep = { 
/**
 * The last conversation of the month at this price; none for all that follow.
 */
up_to: number | null, 
/**
 * The price of each.
 */
price: string, };

export type ProtocolChoice = "general" | "reason" | "named";

export type ProtocolFigure = { 
/**
 * Its canonical URL without version; none for encounters without questions.
 */
url: string | null, 
/**
 * What it is called in the staff's language, where it is known here.
 */
title: string | null, 
/**
 * How many.
 */
count: number, };

export type ProtocolLine = { 
/**
 * Its canonical URL, without version.
 */
url: string, 
/**
 * The last part of it ("general-visit").
 */
name: string, 
/**
 * Its title, in the staff's language where it has one.
 */
title: string, 
/**
 * Its version, where it has one.
 */
version: string | null, 
/**
 * The languages that it can be taken in.
 */
languages: Array<Language>, 
/**
 * How many questions there are at most.
 */
questions: number, 
/**
 * The scores that it gives.
 */
scores: Array<string>, 
/**
 * The clinic's file that it comes from; none where it is built in.
 */
file: string | null, 
/**
 * What it stands in place of, `url|version`.
 */
replaces: string | null, 
/**
 * Whether reasons lead to it.
 */
active: boolean, 
/**
 * Whether every visit begins with it, so that it is always active.
 */
general: boolean, 
/**
 * Whether there are words that lead to it.
 */
has_words: boolean, 
/**
 * What is asked more simply than the file means it.
 */
notices: Array<ItemRemark>, };

export type ProtocolList = { 
/**
 * The folder for the clinic's own files.
 */
folder: string, 
/**
 * What can be asked, what is built in first.
 */
protocols: Array<ProtocolLine>, 
/**
 * The files that are not used.
 */
problems: Array<ProtocolProblem>, };

export type ProtocolOf = { 
/**
 * Its canonical URL, without version.
 */
url: string, };

export type ProtocolPreview = { 
/**
 * Its title.
 */
title: string, 
/**
 * Everything that it can put on the screen, in order.
 */
steps: Array<PreviewedStep>, };

export type ProtocolProblem = { 
/**
 * The file's name.
 */
file: string, 
/**
 * What is wrong, for the screen's own sentence.
 */
code: ErrorCode, 
/**
 * What is wrong, by item where it is an item.
 */
items: Array<ItemRemark>, 
/**
 * What is wrong where it is not an item, in English: for whoever made the file.
 */
detail: string | null, };

export type Question = { 
/**
 * The questionnaire item's linkId.
 */
link_id: string, 
/**
 * The heading of the group that it stands in.
 */
heading: string | null, 
/**
 * The question.
 */
text: string, 
/**
 * A sentence that helps to answer it.
 */
help: string | null, 
/**
 * Whether it can be skipped.
 */
required: boolean, 
/**
 * Whether several values can be given.
 */
repeats: boolean, 
/**
 * What kind of answer it takes.
 */
kind: QuestionKind, 
/**
 * The answer it has, when it is asked again.
 */
answer: Answer | null, };

export type QuestionFigures = { 
/**
 * The protocol's canonical URL without version.
 */
protocol: string, 
/**
 * The questionnaire item's linkId.
 */
link_id: string, 
/**
 * Its text in the staff's language, where it is known here.
 */
text: string | null, 
/**
 * Answered.
 */
answered: number, 
/**
 * Passed over, or not known.
 */
passed: number, 
/**
 * On the screen when the patient left.
 */
left: number, };

export type QuestionKind = { "type": "display" } | { "type": "boolean" } | { "type": "choice", 
/**
 * The options, in order.
 */
options: Array<ChoiceOption>, 
/**
 * Whether other words are allowed besides (FHIR open-choice).
 */
open: boolean, } | { "type": "integer", 
/**
 * The least.
 */
min: number | null, 
/**
 * The greatest.
 */
max: number | null, } | { "type": "decimal", 
/**
 * The least.
 */
min: number | null, 
/**
 * The greatest.
 */
max: number | null, } | { "type": "quantity", 
/**
 * The units offered: UCUM code and what the screen shows.
 */
units: Array<ChoiceOption>, } | { "type": "date" } | { "type": "string", 
/**
 * The most characters.
 */
max_length: number | null, } | { "type": "text", 
/**
 * The most characters.
 */
max_length: number | null, };

export type ReadAnalytics = { 
/**
 * The first day (YYYY-MM-DD).
 */
from: string, 
/**
 * The last day.
 */
until: string, 
/**
 * At this site; none for all.
 */
site?: SiteId | null, };

export type RecordingId = string;

export type RecordingNow = { 
/**
 * Which.
 */
encounter: EncounterId | null, };

export type RecordingRecord = { 
/**
 * Which.
 */
id: RecordingId, 
/**
 * When it was started.
 */
started: Timestamp, 
/**
 * 1: everybody on one microphone; 2: the clinician on the first, the patient on the second.
 */
channels: number, 
/**
 * Where it begins on the clock of the encounter's utterances, in ms: the recordings are laid end to end.
 */
offset_ms: number, 
/**
 * Its length in ms, once it has ended.
 */
length_ms: number | null, 
/**
 * Whether everything that was said in it stands in the log.
 */
transcribed: boolean, 
/**
 * Whether its sound was deleted.
 */
deleted: boolean, };

export type RecordingState = { "is": "hearing", 
/**
 * The device's name.
 */
device: string, } | { "is": "level", 
/**
 * The greatest sample since the last.
 */
peak: number, 
/**
 * Length so far.
 */
seconds: number, } | { "is": "words", 
/**
 * Who speaks.
 */
speaker: Speaker, 
/**
 * Words that will not change.
 */
committed: string, 
/**
 * Words that may.
 */
tentative: string, } | { "is": "lost", 
/**
 * Why.
 */
loss: SoundLoss, } | { "is": "behind", 
/**
 * By how much.
 */
seconds: number, } | { "is": "not-saved", 
/**
 * Why.
 */
code: ErrorCode, } | { "is": "no-model" } | { "is": "not-recognised", 
/**
 * Why.
 */
code: ErrorCode, } | { "is": "taking", 
/**
 * How much of it.
 */
seconds: number, 
/**
 * Of so much, where the file says it.
 */
of: number | null, } | { "is": "recognised", 
/**
 * How much of it.
 */
seconds: number, 
/**
 * Of so much.
 */
of: number, } | { "is": "not-taken", 
/**
 * Why.
 */
code: ErrorCode, } | { "is": "cut-short", 
/**
 * Why.
 */
code: ErrorCode, } | { "is": "ended" } | { "is": "transcribed" };

export type Rehearsing = { 
/**
 * The patient's side.
 */
kiosk: Session, 
/**
 * The staff's.
 */
staff: Session, };

export type RemovePin = { 
/**
 * One's password.
 */
password: string, };

export type RenameSite = { 
/**
 * Which.
 */
site: SiteId, 
/**
 * Its name from here on.
 */
name: string, };

export type ReportUsage = { 
/**
 * The month (YYYY-MM).
 */
month: string, };

export type RetentionDue = { 
/**
 * Recordings of visits.
 */
recordings: number, 
/**
 * Their bytes.
 */
recording_bytes: number, 
/**
 * Signed encounters.
 */
signed: number, 
/**
 * Intakes that were left before their end.
 */
unfinished: number, 
/**
 * The oldest thing that happened to any of it.
 */
oldest: Timestamp | null, 
/**
 * A digest of what it is: nothing is deleted that was not shown.
 */
digest: string, };

export type RetentionRan = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Whether somebody pressed for it, or the day came.
 */
by_hand: boolean, 
/**
 * Recordings.
 */
recordings: number, 
/**
 * Their bytes.
 */
recording_bytes: number, 
/**
 * Signed encounters.
 */
signed: number, 
/**
 * Intakes that were left.
 */
unfinished: number, };

export type RetentionRules = { 
/**
 * The sound of visits.
 */
audio: AudioRule, 
/**
 * Signed encounters: so many years after something last happened to them; none for as long as the vault.
 */
signed_years: number | null, 
/**
 * Intakes that were left before their end: so many days after something last happened to them; none likewise.
 */
unfinished_days: number | null, 
/**
 * A legal hold: whatever the rules say, nothing is deleted.
 */
hold: boolean, };

export type RetentionStatus = { 
/**
 * The rules.
 */
rules: RetentionRules, 
/**
 * The fewest years that a rule may keep signed encounters.
 */
least_years: number, 
/**
 * The fewest days that a rule may keep unfinished intakes.
 */
least_days: number, 
/**
 * When the rules were last changed; none where nobody has.
 */
changed: Timestamp | null, 
/**
 * By whom.
 */
changed_by: string | null, 
/**
 * What would be deleted now.
 */
due: RetentionDue, 
/**
 * Why it is not.
 */
stopped: RetentionStop | null, 
/**
 * The last run that deleted something, or was pressed for.
 */
last: RetentionRan | null, };

export type RetentionStop = "hold" | "clock" | "busy";

export type RetractEncounter = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * Why, in the words of whoever does it.
 */
reason: string, };

export type RetractionRecord = { 
/**
 * Who entered it as made in error.
 */
by: Who, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Why, in their words.
 */
reason: string, };

export type ReviewLine = { 
/**
 * The question's linkId.
 */
link_id: string, 
/**
 * The question.
 */
question: string, 
/**
 * The answer in words; none where it was skipped or is not known.
 */
answer: string | null, 
/**
 * What was said and not understood, where that is so: staff ask again.
 */
unclear: string | null, };

export type Role = "kiosk" | "front-desk" | "clinician" | "administrator" | "auditor";

export type RoleCount = { 
/**
 * The role.
 */
role: Role, 
/**
 * How many can sign in with it.
 */
count: number, };

export type RpcError = { 
/**
 * The code.
 */
code: ErrorCode, 
/**
 * Names and numbers for the sentence; never PHI.
 */
parameters: { [key in string]: string }, };

export type RuleText = { 
/**
 * What it is called.
 */
title: string, 
/**
 * What staff should do.
 */
staff: string, };

export type RunRetention = { 
/**
 * The digest of what was shown.
 */
seen: string, };

export type Safeguard = "unique-user" | "emergency-access" | "automatic-logoff" | "encryption" | "audit-controls" | "integrity" | "authentication" | "transmission-integrity" | "transmission-encryption";

export type SafeguardLine = { 
/**
 * Which.
 */
safeguard: Safeguard, 
/**
 * Where it stands in 45 CFR.
 */
citation: string, 
/**
 * Whether it is required; an addressable one may be met otherwise, for a reason that is written down.
 */
required: boolean, 
/**
 * How far the software goes.
 */
state: SafeguardState, };

export type SafeguardState = "in-place" | "partly" | "failed";

export type SandboxPart = "network" | "file-writes" | "other-reads" | "exec" | "fork" | "tracing" | "core-dumps";

export type SandboxPartState = { 
/**
 * Which part.
 */
part: SandboxPart, 
/**
 * Whether it holds.
 */
holds: boolean, };

export type SaveDestination = { 
/**
 * Which; none for a new one.
 */
id: DestinationId | null, 
/**
 * What it is called here.
 */
name: string, 
/**
 * Where it is.
 */
place: DestinationPlace, 
/**
 * As what a record is sent.
 */
formats: Array<ExportFormat>, 
/**
 * Whether it is switched on.
 */
on: boolean, 
/**
 * Its token.
 */
token: TokenChange, };

export type SaveEndpoint = { 
/**
 * What is set.
 */
settings: EndpointSettings, 
/**
 * What becomes of the token.
 */
token: TokenChange, };

export type SaveSupport = { 
/**
 * The digest of what was shown.
 */
digest: string, };

export type SayPrompt = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * What to say.
 */
prompt: string, };

export type ScoreLine = { 
/**
 * Its name ("PHQ-9").
 */
name: string, 
/**
 * The total; none while an item has no answer.
 */
total: number | null, 
/**
 * The greatest total that there is, where there is one.
 */
most: number | null, 
/**
 * What such a total is called.
 */
band: string | null, 
/**
 * How many of its items have no answer.
 */
open: number, 
/**
 * Where the bands come from.
 */
source: string, };

export type SearchHit = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * When it was opened.
 */
opened: Timestamp, 
/**
 * The patient's name, where it was given.
 */
patient: string | null, 
/**
 * The utterance.
 */
index: number, 
/**
 * The words around the find.
 */
snippet: string, 
/**
 * Where the words that were searched for stand in the snippet, half-open, in Unicode code points.
 */
spans: Array<[number, number]>, };

export type SearchTranscripts = { 
/**
 * The words, all of which must occur.
 */
query: string, };

export type SectionTitle = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its heading, in the note's language.
 */
title: string, };

export type Sentence = { 
/**
 * Its id within the note, kept through edits.
 */
id: number, 
/**
 * The words.
 */
text: string, 
/**
 * Who wrote it.
 */
origin: SentenceOrigin, 
/**
 * The indices of the utterances that it rests on, ascending. Empty only where a clinician typed it.
 */
evidence: Array<number>, };

export type SentenceOrigin = "drafted" | "edited" | "typed";

export type Session = { 
/**
 * What further calls carry. 256 random bits in hexadecimal; kept in memory only.
 */
token: string, 
/**
 * Who signed in; none for a kiosk.
 */
person: Person | null, 
/**
 * The role in which calls are made.
 */
role: Role, 
/**
 * What the role may do.
 */
permissions: Array<Permission>, 
/**
 * Whether the person has a PIN.
 */
has_pin: boolean, 
/**
 * After so many minutes without input a person's session is locked.
 */
logoff_after_min: number, };

export type SetPin = { 
/**
 * One's password.
 */
password: string, 
/**
 * The PIN: 6 to 12 digits that do not repeat or run, and that no colleague has.
 */
pin: string, };

export type SetRetention = { 
/**
 * The rules.
 */
rules: RetentionRules, 
/**
 * The digest of what was shown that they would delete now.
 */
seen: string, };

export type SetVolume = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * How loud: 0 to 1.
 */
volume: number, };

export type Severity = "urgent" | "emergency";

export type SeverityFigures = { 
/**
 * How urgent.
 */
severity: Severity, 
/**
 * How many were raised.
 */
raised: number, 
/**
 * Of those, how many nobody acknowledged yet.
 */
open: number, 
/**
 * From the alarm to its acknowledgement, in seconds.
 */
time: Spread, };

export type SignAddendum = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The words.
 */
text: string, 
/**
 * The clinician's PIN or password, asked again.
 */
password: string, };

export type SignIn = { 
/**
 * Compared without case.
 */
login: string, 
/**
 * The password.
 */
password: string, };

export type SignNote = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * The revision that the clinician read.
 */
revision: number, 
/**
 * The doubtful sentences that the clinician confirmed, each by itself.
 */
confirmed: Array<number>, 
/**
 * The clinician's PIN or password, asked again.
 */
password: string, };

export type SignatureRecord = { 
/**
 * Who.
 */
by: PersonId, 
/**
 * When.
 */
at: Timestamp, 
/**
 * The SHA-256 of the note's canonical encoding.
 */
digest: string, 
/**
 * The sentences that the checker doubted and the signer confirmed.
 */
confirmed?: Array<ConfirmedSentence>, 
/**
 * The SHA-256 of the canonical encoding of the lists beside the note, where there were some.
 */
lists?: string, };

export type Site = { 
/**
 * Which.
 */
id: SiteId, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether no patients are seen there any more.
 */
closed: boolean, };

export type SiteId = string;

export type SiteOf = { 
/**
 * Which.
 */
site: SiteId, };

export type Sites = { 
/**
 * All that there ever were.
 */
sites: Array<Site>, 
/**
 * Where this device stands.
 */
here: SiteId | null, };

export type SoundDevice = { 
/**
 * Its id.
 */
id: string, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * Whether the system takes it by itself.
 */
is_default: boolean, };

export type SoundLoss = "no-device" | "unplugged" | "silent" | "denied" | "busy" | "failed";

export type SoundPart = { 
/**
 * How many there are.
 */
present: number, 
/**
 * Which is used.
 */
choice: DeviceChoice, 
/**
 * What the one in use is called; none where there is none.
 */
name: string | null, 
/**
 * The last fault since the application was started.
 */
last_fault: FaultSeen | null, };

export type SoundSettings = { 
/**
 * The microphone's id; none for the system's default.
 */
microphone: string | null, 
/**
 * The loudspeaker's id; none for the system's default.
 */
loudspeaker: string | null, 
/**
 * A microphone for each of two speakers: the clinician's is the first channel, the patient's the second.
 */
two_microphones: boolean, 
/**
 * How loud: 0 to 1.
 */
volume: number, 
/**
 * How fast: 1 is usual, 0.5 to 2.
 */
rate: number, 
/**
 * The voice of each language, where one was chosen.
 */
voices: { [key in Language]: string }, 
/**
 * Whether the kiosk offers to speak and listen.
 */
kiosk_speaks: boolean, 
/**
 * The speech model, where one was chosen.
 */
model: string | null, 
/**
 * Whether the sound of a visit is kept once its note is signed.
 */
keep_recordings: boolean, };

export type SoundStatus = { 
/**
 * The settings.
 */
settings: SoundSettings, 
/**
 * The microphones.
 */
microphones: Array<SoundDevice>, 
/**
 * The loudspeakers.
 */
loudspeakers: Array<SoundDevice>, 
/**
 * The speech models that are here.
 */
models: Array<string>, 
/**
 * The model that a visit in the clinic's language would be heard with.
 */
model: string | null, 
/**
 * Whether that model is the starter, which knows answers at the kiosk only.
 */
only_answers: boolean, 
/**
 * Whether there is a voice.
 */
voice: boolean, };

export type SoundTried = { 
/**
 * The loudest moment, 0 to 1.
 */
peak: number, 
/**
 * Whether somebody spoke.
 */
speech: boolean, 
/**
 * Why nothing was heard, where that is so.
 */
loss: SoundLoss | null, };

export type Space = { 
/**
 * The data folder.
 */
folder: string, 
/**
 * Free bytes of its disk; none where the system does not say.
 */
free: number | null, 
/**
 * All bytes of its disk.
 */
total: number | null, 
/**
 * Bytes of the vault's files.
 */
vault: number, 
/**
 * Bytes of recorded sound.
 */
sound: number, 
/**
 * Bytes of models.
 */
models: number, };

export type Speaker = "clinician" | "patient" | "other" | "unknown";

export type Spread = { 
/**
 * How many there are.
 */
count: number, 
/**
 * Half are at most this; none where there are none.
 */
median: number | null, 
/**
 * Nine in ten are at most this.
 */
ninetieth: number | null, 
/**
 * From low to high.
 */
stretches: Array<Stretch>, };

export type Standing = "present" | "denied" | "past" | "family";

export type StartRecording = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * That the patient was asked and agreed, where the kiosk did not ask.
 */
agreed: boolean, };

export type Stretch = { 
/**
 * Up to and with this; none for all above.
 */
up_to: number | null, 
/**
 * How many.
 */
count: number, };

export type SupportBundle = { 
/**
 * When it was made.
 */
made: Timestamp, 
/**
 * The SHA-256 of the whole: what is saved is what was shown.
 */
digest: string, 
/**
 * What it will be called.
 */
file_name: string, 
/**
 * Its size.
 */
bytes: number, 
/**
 * What is in it, file by file.
 */
files: Array<SupportFile>, };

export type SupportFile = { 
/**
 * Its name in the bundle.
 */
name: string, 
/**
 * All of it, as it will leave.
 */
content: string, };

export type TemplateOffer = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called, in the staff's language.
 */
title: string, };

export type TemplateProblem = { 
/**
 * The file's name.
 */
file: string, 
/**
 * What kind of fault.
 */
code: ErrorCode, 
/**
 * The field that is wrong.
 */
field: string, 
/**
 * What is wrong with it.
 */
problem: string, };

export type Timestamp = number;

export type TokenChange = { "kind": "keep" } | { "kind": "forget" } | { "kind": "set", 
/**
 * The token.
 */
token: string, };

export type TryEndpoint = { 
/**
 * Its address.
 */
address: string, 
/**
 * The authority that alone is trusted, as PEM.
 */
authority: string | null, 
/**
 * What becomes of the token.
 */
token: TokenChange, 
/**
 * The model that is asked for a word; none for the first that the server names.
 */
model: string | null, };

export type TryRestore = { 
/**
 * The backup's folder.
 */
folder: string, 
/**
 * The passphrase that opened the vault when the backup was made.
 */
passphrase: string, };

export type TrySound = { 
/**
 * How long to listen, 1 to 10.
 */
seconds: number, };

export type UnderstandWords = { 
/**
 * The encounter.
 */
encounter: EncounterId, 
/**
 * What they answer.
 */
asked: VoiceAsked, 
/**
 * The words.
 */
words: string, };

export type UnlockSession = { 
/**
 * The PIN or the password of the session's person.
 */
secret: string, };

export type UnlockVault = { "by": "passphrase", "secret": string } | { "by": "recovery-words", "secret": string };

export type UsageHistory = { 
/**
 * The time zone that months are of.
 */
time_zone: string, 
/**
 * The months since the facility was created, the newest first, at most thirteen of them.
 */
months: Array<UsedMonth>, 
/**
 * What a conversation costs, step by step, where the licence has prices.
 */
prices: Array<PriceStep>, 
/**
 * The currency's three letters, where the licence has prices.
 */
currency: string | null, };

export type UsageLevel = "fine" | "near80" | "near95" | "over" | "used-up";

export type UsageReported = { 
/**
 * Encounters opened in it, counted from the log.
 */
conversations: number, 
/**
 * What they cost, where the licence has prices.
 */
total: string | null, 
/**
 * The currency's three letters.
 */
currency: string | null, 
/**
 * The report with its signature, as JSON.
 */
json: string, 
/**
 * The same as a table.
 */
csv: string, };

export type UsedMonth = { 
/**
 * Which (YYYY-MM).
 */
month: string, 
/**
 * Encounters begun in it.
 */
conversations: number, 
/**
 * What they cost at today's prices, where the licence has prices.
 */
total: string | null, 
/**
 * Whether the month is over.
 */
complete: boolean, };

export type Utterance = { 
/**
 * Its place in the encounter, from 0, without gaps. What a note's evidence refers to.
 */
index: number, 
/**
 * Who spoke.
 */
speaker: Speaker, 
/**
 * The words.
 */
text: string, 
/**
 * How the words came in.
 */
source: UtteranceSource, 
/**
 * Begin, in ms on the clock of the encounter's recordings, laid end to end, where there is one.
 */
start_ms?: number | null, 
/**
 * End, on the same clock.
 */
end_ms?: number | null, 
/**
 * The recogniser's confidence, 0 to 1, where there was a recogniser.
 */
confidence?: number | null, };

export type UtteranceSource = "speech" | "typed" | "imported";

export type VaultState = { 
/**
 * Whether it can only be read.
 */
read_only: boolean, 
/**
 * Whether it lives on its reserve.
 */
short_of_space: boolean, 
/**
 * The last backup that was made and verified here.
 */
backup: BackupCheck | null, 
/**
 * The last restore that was tried.
 */
drill: DrillCheck | null, 
/**
 * The last check of the audit trail and the log.
 */
audit_check: AuditCheck | null, 
/**
 * Why the machine's clock is not believed, where it is not.
 */
clock: ClockDoubt | null, };

export type Versions = { 
/**
 * Bedside.
 */
application: string, 
/**
 * SQLCipher; none where the vault is not open.
 */
sqlcipher: string | null, 
/**
 * The SQLite in it.
 */
sqlite: string | null, 
/**
 * The operating system and its processor.
 */
system: string, };

export type VoiceAsked = { "what": "nothing" } | { "what": "question", 
/**
 * Its linkId.
 */
link_id: string, } | { "what": "consent", 
/**
 * Which.
 */
scope: ConsentScope, } | { "what": "name" } | { "what": "birth-date" } | { "what": "confirm" };

export type VoiceFigures = { 
/**
 * Understood at once.
 */
understood: number, 
/**
 * Asked back, then understood.
 */
after_asking_back: number, 
/**
 * Asked back, then given by hand.
 */
by_hand: number, 
/**
 * Left to staff.
 */
left_open: number, };

export type VoiceMeaning = { "meaning": "answer", 
/**
 * The answer.
 */
answer: Answer, 
/**
 * The answer in words, to be read back.
 */
shown: string, 
/**
 * Whether it can be taken as it is; else it is read back first.
 */
sure: boolean, } | { "meaning": "unknown" } | { "meaning": "skip" } | { "meaning": "back" } | { "meaning": "repeat" } | { "meaning": "person" } | { "meaning": "louder" } | { "meaning": "quieter" } | { "meaning": "stop" } | { "meaning": "next" } | { "meaning": "unclear" };

export type VoiceState = { "is": "off" } | { "is": "speaking" } | { "is": "listening" } | { "is": "unavailable" };

export type Who = { "kind": "person", "id": PersonId } | { "kind": "device", "id": DeviceId };

export type WorkState = { "is": "running", 
/**
 * Bytes done.
 */
bytes: number, 
/**
 * Bytes in all, where known.
 */
of: number | null, } | { "is": "done", 
/**
 * The models that are here now.
 */
models: Array<string>, } | { "is": "stopped" } | { "is": "failed", 
/**
 * Why.
 */
error: RpcError, };

export type WorkerDeath = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * The kind of death: `out-of-memory`, `assertion`, `aborted`, `crashed`, `killed`, `exited`, `hung`, `garbled`.
 */
class: string, 
/**
 * The same in a sentence, for logs and terminals.
 */
detail: string, };

export type WorkerKind = "speech" | "language";

export type WorkerLine = { 
/**
 * Which.
 */
kind: WorkerKind, 
/**
 * Why it says nothing.
 */
problem: ErrorCode | null, 
/**
 * The native library and its version.
 */
version: string | null, 
/**
 * What computes.
 */
back_end: string | null, 
/**
 * The processor's architecture.
 */
architecture: string | null, 
/**
 * Instruction sets that are there, of those that matter here.
 */
features: Array<string>, 
/**
 * Instruction sets that it needs and that are not there.
 */
missing: Array<string>, 
/**
 * The sandbox, part by part.
 */
sandbox: Array<SandboxPartState>, 
/**
 * What does it.
 */
mechanisms: Array<string>, 
/**
 * Its last death.
 */
last_death: WorkerDeath | null, };

/** Every method, with what it is asked and what it answers. */
export interface Methods {
  "app.state": { request: Empty; response: AppState };
  "clinic.create": { request: CreateClinic; response: ClinicCreated };
  "recovery.confirm": { request: ConfirmRecovery; response: Empty };
  "recovery.renew": { request: Empty; response: ClinicCreated };
  "backup.check": { request: OpenBackup; response: BackupFound };
  "backup.restore": { request: OpenBackup; response: AppState };
  "first-start.keep": { request: KeepFirstStep; response: AppState };
  "device.assign": { request: AssignDevice; response: AppState };
  "sites.list": { request: Empty; response: Sites };
  "sites.add": { request: AddSite; response: Sites };
  "sites.rename": { request: RenameSite; response: Sites };
  "sites.close": { request: SiteOf; response: Sites };
  "sites.place": { request: PlaceDevice; response: Sites };
  "rehearsal.begin": { request: Empty; response: Rehearsing };
  "rehearsal.end": { request: Empty; response: Empty };
  "vault.unlock": { request: UnlockVault; response: AppState };
  "vault.retry": { request: Empty; response: AppState };
  "vault.accept": { request: UnlockVault; response: AppState };
  "session.sign-in": { request: SignIn; response: Session };
  "session.sign-out": { request: Empty; response: Empty };
  "session.current": { request: Empty; response: Session };
  "session.present": { request: Empty; response: Empty };
  "session.lock": { request: Empty; response: Empty };
  "session.unlock": { request: UnlockSession; response: Session };
  "password.change": { request: ChangePassword; response: Empty };
  "pin.set": { request: SetPin; response: Session };
  "pin.remove": { request: RemovePin; response: Session };
  "logoff.read": { request: Empty; response: LogoffSettings };
  "logoff.configure": { request: LogoffSettings; response: LogoffSettings };
  "people.list": { request: Empty; response: Array<Person> };
  "people.create": { request: CreatePerson; response: Person };
  "kiosk.open": { request: Empty; response: Session };
  "kiosk.hand-over": { request: IntakeOf; response: Session };
  "kiosk.close": { request: SignIn; response: Session };
  "kiosk.leave": { request: LeaveKiosk; response: Session };
  "kiosk.resume": { request: Empty; response: Session };
  "kiosk.device": { request: Empty; response: KioskDevice };
  "kiosk.configure": { request: KioskSettings; response: KioskDevice };
  "intake.standing": { request: Empty; response: IntakeView | null };
  "intake.begin": { request: BeginIntake; response: IntakeView };
  "intake.consent": { request: GiveConsent; response: IntakeView };
  "intake.identify": { request: Identify; response: IntakeView };
  "intake.answer": { request: GiveAnswer; response: IntakeView };
  "intake.understand": { request: UnderstandWords; response: VoiceMeaning };
  "intake.leave-open": { request: LeaveOpen; response: IntakeView };
  "intake.back": { request: IntakeOf; response: IntakeView };
  "intake.go-to": { request: GoToQuestion; response: IntakeView };
  "intake.help": { request: IntakeOf; response: IntakeView };
  "intake.submit": { request: IntakeOf; response: IntakeView };
  "intake.abandon": { request: IntakeOf; response: Empty };
  "voice.attend": { request: Attend; response: Empty };
  "voice.hush": { request: IntakeOf; response: Empty };
  "voice.say": { request: SayPrompt; response: Empty };
  "voice.volume": { request: SetVolume; response: Empty };
  "voice.leave": { request: IntakeOf; response: Empty };
  "recording.start": { request: StartRecording; response: EncounterView };
  "recording.stop": { request: EncounterOf; response: EncounterView };
  "recording.import": { request: ImportSound; response: EncounterView };
  "recording.import-stop": { request: EncounterOf; response: EncounterView };
  "recording.now": { request: Empty; response: RecordingNow };
  "recording.play": { request: PlaySound; response: Empty };
  "recording.silence": { request: Empty; response: Empty };
  "sound.status": { request: Empty; response: SoundStatus };
  "sound.configure": { request: SoundSettings; response: SoundStatus };
  "sound.try-microphone": { request: TrySound; response: SoundTried };
  "sound.try-loudspeaker": { request: Empty; response: Empty };
  "encounters.list": { request: ListEncounters; response: Array<EncounterLine> };
  "encounters.open": { request: OpenEncounter; response: EncounterView };
  "encounters.import": { request: ImportEncounter; response: EncounterView };
  "encounters.show": { request: EncounterOf; response: EncounterView };
  "encounters.retract": { request: RetractEncounter; response: EncounterView };
  "patients.find": { request: FindPatients; response: Array<PatientLine> };
  "patients.alike": { request: AlikePatients; response: Array<PatientAlike> };
  "patients.show": { request: PatientOf; response: PatientView };
  "patients.confirm": { request: ConfirmPatient; response: EncounterLine };
  "encounters.export": { request: ExportEncounter; response: ExportedFile };
  "flags.acknowledge": { request: AcknowledgeFlag; response: Empty };
  "transcript.add": { request: AddTranscript; response: EncounterView };
  "transcript.correct": { request: CorrectUtterance; response: EncounterView };
  "transcript.swap": { request: EncounterOf; response: EncounterView };
  "transcript.search": { request: SearchTranscripts; response: Array<SearchHit> };
  "endpoint.read": { request: Empty; response: Endpoint };
  "endpoint.save": { request: SaveEndpoint; response: Endpoint };
  "endpoint.remove": { request: Empty; response: Endpoint };
  "endpoint.try": { request: TryEndpoint; response: EndpointTried };
  "note.offers": { request: Empty; response: NoteOffers };
  "note.cancel": { request: EncounterOf; response: EncounterView };
  "note.draft": { request: DraftNote; response: EncounterView };
  "note.edit": { request: EditNote; response: EncounterView };
  "lists.edit": { request: EditLists; response: EncounterView };
  "note.sign": { request: SignNote; response: EncounterView };
  "note.addendum": { request: SignAddendum; response: EncounterView };
  "audit.list": { request: ListAudit; response: Array<AuditLine> };
  "audit.verify": { request: Empty; response: AuditVerdict };
  "audit.export": { request: ExportAudit; response: ExportedFile };
  "protocols.list": { request: Empty; response: ProtocolList };
  "protocols.reload": { request: Empty; response: ProtocolList };
  "protocols.preview": { request: ProtocolOf; response: ProtocolPreview };
  "protocols.activate": { request: ProtocolOf; response: ProtocolList };
  "protocols.deactivate": { request: ProtocolOf; response: ProtocolList };
  "backup.create": { request: CreateBackup; response: BackupCreated };
  "models.list": { request: Empty; response: ModelsHere };
  "models.fetch": { request: ModelOf; response: ModelsHere };
  "models.import": { request: ImportModels; response: ModelsHere };
  "models.verify": { request: ModelOf; response: ModelsHere };
  "models.remove": { request: ModelOf; response: ModelsHere };
  "models.cancel": { request: Empty; response: ModelsHere };
  "licence.status": { request: Empty; response: LicenceStatus };
  "licence.install": { request: InstallLicence; response: LicenceStatus };
  "usage.report": { request: ReportUsage; response: UsageReported };
  "usage.history": { request: Empty; response: UsageHistory };
  "analytics.read": { request: ReadAnalytics; response: Analytics };
  "analytics.export": { request: ReadAnalytics; response: ExportedFile };
  "compliance.read": { request: Empty; response: Compliance };
  "diagnostics.read": { request: Empty; response: Diagnostics };
  "support.preview": { request: Empty; response: SupportBundle };
  "support.save": { request: SaveSupport; response: ExportedFile };
  "backup.try-restore": { request: TryRestore; response: DrillCheck };
  "retention.status": { request: Empty; response: RetentionStatus };
  "retention.preview": { request: PreviewRetention; response: RetentionDue };
  "retention.set": { request: SetRetention; response: RetentionStatus };
  "retention.run": { request: RunRetention; response: RetentionStatus };
  "destinations.list": { request: Empty; response: Destinations };
  "destinations.save": { request: SaveDestination; response: Destinations };
  "destinations.remove": { request: DestinationOf; response: Destinations };
  "destinations.test": { request: DestinationOf; response: DestinationTried };
  "destinations.retry": { request: DeliveryOf; response: Destinations };
  "destinations.give-up": { request: DeliveryOf; response: Destinations };
  "flows.read": { request: Empty; response: DataFlows };
  "brand.current": { request: Empty; response: BrandShown };
  "brand.status": { request: Empty; response: BrandStatus };
  "brand.preview": { request: BrandDraft; response: BrandChecked };
  "brand.install": { request: BrandDraft; response: BrandStatus };
  "brand.remove": { request: Empty; response: BrandStatus };
}
