// Copias de seguridad, en español.

import type { backupEn } from "./backup-en";
import type { Shaped } from "./message";

export const backupEs = {
  "backup.title": "Copia de seguridad",
  "backup.text":
    "Una copia de seguridad es una copia de la bóveda cifrada. Se comprueba en cuanto se hace. Guárdela en otro disco; se abre con la misma frase de acceso o las mismas palabras de recuperación.",
  "backup.folder": "Carpeta nueva para la copia",
  "backup.folder-help": "La ruta completa de una carpeta que aún no existe, por ejemplo en un disco USB.",
  "backup.create": "Hacer una copia",
  "backup.creating": "Copiando y comprobando…",
  "backup.created": {
    one: "Hecha y verificada: {count} registro en {folder}",
    other: "Hecha y verificada: {count} registros en {folder}",
  },
} as const satisfies Shaped<typeof backupEn>;
