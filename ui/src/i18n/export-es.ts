// The ways out of an encounter, in Spanish.

import type { exportEn } from "./export-en";
import type { Shaped } from "./message";

export const exportEs: Shaped<typeof exportEn> = {
  "export.title": "Exportar esta visita",
  "export.format": "En qué formato",
  "export.pdf": "PDF",
  "export.pdf-help": "Una página para imprimir, enviar o guardar",
  "export.fhir": "FHIR R4",
  "export.fhir-help": "Todo el registro, para un sistema que recibe documentos FHIR",
  "export.hl7v2": "HL7 v2",
  "export.hl7v2-help": "La nota y las mediciones, para un motor de integración",
  "export.csv": "Tabla (CSV)",
  "export.csv-help": "Una fila por respuesta, elemento de lista y frase",
  "export.text": "Texto sin formato",
  "export.text-help": "Solo la nota",
  "export.leaves":
    "El archivo no está cifrado. Que salió, y quién lo sacó, queda en el registro de auditoría.",
  "export.save": "Guardar el archivo",
};
