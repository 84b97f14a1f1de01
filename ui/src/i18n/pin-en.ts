// PINs, waits after wrong ones, and the lock of a staff screen, in English.

export const pinEn = {
  "account.pin.title": "Your PIN",
  "account.pin.text":
    "With a PIN you leave the kiosk, unlock your screen and sign notes without typing your password. Keep it to yourself.",
  "account.pin.have": "You have a PIN.",
  "account.pin.none": "You have no PIN yet.",
  "account.pin.password": "Your password",
  "account.pin.new": "New PIN",
  "account.pin.new-help": "6 to 12 digits, not a row like 123456 and not a few digits over and over.",
  "account.pin.again": "New PIN again",
  "account.pin.form": "A PIN has 6 to 12 digits and nothing else.",
  "account.pin.set": "Set PIN",
  "account.pin.change": "Change PIN",
  "account.pin.remove": "Remove PIN",
  "account.pin.saved": "Your PIN is set.",
  "account.pin.removed": "Your PIN was removed.",

  "kiosk.staff.pin": "Your PIN",
  "kiosk.staff.pin-text": "Type your PIN to close the kiosk on this device.",
  "kiosk.staff.by-name": "Use name and password instead",
  "kiosk.staff.by-pin": "Use PIN instead",

  "wait.seconds": { one: "Try again in {count} second.", other: "Try again in {count} seconds." },
  "wait.minutes": { one: "Try again in {count} minute.", other: "Try again in {count} minutes." },
  "wait.over": "You can try again now.",

  "lock.now": "Lock",
  "lock.title": "This screen is locked",
  "lock.who": "{name} is signed in.",
  "lock.secret": "Your PIN or password",
  "lock.unlock": "Unlock",
  "lock.other": "Sign in as someone else",
  "lock.other-title": "Sign in as someone else",
  "lock.other-text":
    "This signs {name} out. What they wrote is saved; a recording that runs is ended and kept.",
  "lock.recording": "A visit is being recorded. The recording goes on while this screen is locked.",
  "lock.alarm": {
    one: "A patient needs somebody: {count} new alarm. Unlock this screen, or look at another one.",
    other: "Patients need somebody: {count} new alarms. Unlock this screen, or look at another one.",
  },
  "lock.soon": "Nobody seems to be here. This screen will lock itself; everything is saved.",
  "lock.soon-count": { one: "{count} second left", other: "{count} seconds left" },
  "lock.stay": "I am here",

  "logoff.title": "Automatic log-off",
  "logoff.text":
    "A screen that nobody uses is locked, and whoever was signed in unlocks it with their PIN or password. A recording goes on.",
  "logoff.after": "Lock a screen after",
  "logoff.minutes": { one: "{count} minute", other: "{count} minutes" },
  "logoff.saved": "Saved. It holds for everybody at this clinic.",

  "compliance.logoff": {
    one: "locked after {count} minute without input",
    other: "locked after {count} minutes without input",
  },
  "compliance.locks": "Screens locked in 30 days",
  "compliance.pins": "People with a PIN",
  "compliance.waits": "Attempts not taken in 30 days, after too many wrong ones",
} as const;
