// Taking in a sound file, in English.

export const soundImportEn = {
  "sound-import.open": "Take in a sound file",
  "sound-import.title": "Take in a sound file",
  "sound-import.text":
    "A visit that another device recorded. Its sound is kept sealed with this encounter, as a recording is; the file stays where it is.",
  "sound-import.ask": "Take it in only if the patient has agreed to being recorded.",
  "sound-import.path": "File",
  "sound-import.path-help": "WAV, MP3, M4A, FLAC or Ogg Vorbis, on this device.",
  "sound-import.submit": "Take in",
  "sound-import.submit-agreed": "The patient has agreed: take in",
  "sound-import.reading": "Reading the file",
  "sound-import.recognising": "Writing down what was said",
  "sound-import.so-far": "{done} of {of}",
  "sound-import.stop": "Stop, and delete the sound",
  "sound-import.done": "Close",
} as const;
