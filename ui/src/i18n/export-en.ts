// The ways out of an encounter, in English.

export const exportEn = {
  "export.title": "Export this visit",
  "export.format": "As what",
  "export.pdf": "PDF",
  "export.pdf-help": "A page to print, send or keep",
  "export.fhir": "FHIR R4",
  "export.fhir-help": "The whole record, for a record system that takes FHIR documents",
  "export.hl7v2": "HL7 v2",
  "export.hl7v2-help": "The note and the measurements, for an interface engine",
  "export.csv": "Table (CSV)",
  "export.csv-help": "A row for each answer, list item and sentence",
  "export.text": "Plain text",
  "export.text-help": "The note alone",
  "export.leaves": "The file is not encrypted. That it left, and who took it out, stands in the audit trail.",
  "export.save": "Save the file",
} as const;
