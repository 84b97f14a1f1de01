// Leer un archivo de sonido, en español.

import type { Shaped } from "./message";
import type { soundImportEn } from "./sound-import-en";

export const soundImportEs: Shaped<typeof soundImportEn> = {
  "sound-import.open": "Incorporar un archivo de sonido",
  "sound-import.title": "Incorporar un archivo de sonido",
  "sound-import.text":
    "Una visita que grabó otro aparato. El sonido se guarda sellado con este encuentro, como una grabación; el archivo se queda donde está.",
  "sound-import.ask": "Incorpórelo solo si el paciente ha aceptado que se le grabe.",
  "sound-import.path": "Archivo",
  "sound-import.path-help": "WAV, MP3, M4A, FLAC u Ogg Vorbis, en este equipo.",
  "sound-import.submit": "Incorporar",
  "sound-import.submit-agreed": "El paciente ha aceptado: incorporar",
  "sound-import.reading": "Leyendo el archivo",
  "sound-import.recognising": "Escribiendo lo que se dijo",
  "sound-import.so-far": "{done} de {of}",
  "sound-import.stop": "Parar y borrar el sonido",
  "sound-import.done": "Cerrar",
};
