// Backups, in English.

export const backupEn = {
  "backup.title": "Backup",
  "backup.text":
    "A backup is a copy of the encrypted vault. It is checked as soon as it is made. Keep it on another disk; it opens with the same passphrase or recovery words.",
  "backup.folder": "New folder for the backup",
  "backup.folder-help": "A full path to a folder that does not exist yet, for instance on a USB disk.",
  "backup.create": "Make a backup",
  "backup.creating": "Copying and checking…",
  "backup.created": {
    one: "Made and verified: {count} record in {folder}",
    other: "Made and verified: {count} records in {folder}",
  },
} as const;
