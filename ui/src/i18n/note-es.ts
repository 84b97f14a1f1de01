// La redacción de una nota, lo que dice el verificador y su confirmación, en español.

import type { Shaped } from "./message";
import type { noteEn } from "./note-en";

export const noteEs: Shaped<typeof noteEn> = {
  "draft.template": "Qué escribir",
  "draft.by": "Quién la redacta",
  "draft.by-rule": "Por reglas",
  "draft.by-rule-help": "Frases de la visita, elegidas y ordenadas. Al instante.",
  "draft.by-model": "Modelo de lenguaje {name}",
  "draft.by-model-help": "Funciona en este equipo. Puede tardar minutos, y se verifica todo lo que escribe.",
  "draft.templates-unusable": {
    one: "Uno de los archivos de plantilla de la clínica no se puede usar:",
    other: "{count} de los archivos de plantilla de la clínica no se pueden usar:",
  },
  "draft.template-problem": "{file}: {field}: {problem}",
  "draft.writing": "El modelo de lenguaje está escribiendo",
  "draft.part": "Parte {part} de {parts} de la visita",
  "draft.reading": "Está leyendo la visita…",
  "draft.not-yet": "Todavía no es la nota. Cuando esté completa se compara con la transcripción.",
  "draft.cancel": "Detener",
  "draft.fallback": "El modelo de lenguaje no escribió esta nota; se redactó por reglas.",
  "draft.model": "Modelo: {name}",
  "draft.grade": "Grado de lectura {grade} (Flesch-Kincaid)",
  "draft.grade-help": "El año escolar que puede leerla. Seis o menos es adecuado para la mayoría.",
  "note.finding.number": "Este número no se dijo: {words}",
  "note.finding.date": "Este día o esta fecha no se dijo: {words}",
  "note.finding.unit": "La unidad es otra o no se dijo: {words}",
  "note.finding.dose": "Esta dosis o frecuencia no se dijo de este medicamento: {words}",
  "note.finding.side": "El lado es otro o no se dijo: {words}",
  "note.finding.negation": "Se dijo lo contrario: {words}",
  "note.finding.medicine": "Este medicamento no se nombró: {words}",
  "note.finding.allergy": "De esta alergia no se habló: {words}",
  "note.finding.subject": "Esto se dijo de otra persona: {words}",
  "note.sign.confirm": "La leí y es correcta",
  "note.sign.confirm-sentence": "Correcta como está: {text}",
  "note.sign.confirm-missing": "Confirme cada frase marcada, o vuelva y cámbiela.",
  "note.confirmed": {
    one: "Quien firmó confirmó {count} frase marcada.",
    other: "Quien firmó confirmó {count} frases marcadas.",
  },
};
