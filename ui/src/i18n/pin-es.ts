// PIN, esperas tras intentos erróneos y bloqueo de las pantallas del personal, en español.

import type { Shaped } from "./message";
import type { pinEn } from "./pin-en";

export const pinEs = {
  "account.pin.title": "Su PIN",
  "account.pin.text":
    "Con un PIN sale del quiosco, desbloquea su pantalla y firma notas sin escribir la contraseña. No lo comparta.",
  "account.pin.have": "Tiene un PIN.",
  "account.pin.none": "Aún no tiene un PIN.",
  "account.pin.password": "Su contraseña",
  "account.pin.new": "PIN nuevo",
  "account.pin.new-help": "De 6 a 12 cifras; ni una serie como 123456 ni unas pocas cifras repetidas.",
  "account.pin.again": "PIN nuevo otra vez",
  "account.pin.form": "Un PIN tiene de 6 a 12 cifras y nada más.",
  "account.pin.set": "Crear PIN",
  "account.pin.change": "Cambiar PIN",
  "account.pin.remove": "Quitar PIN",
  "account.pin.saved": "Su PIN está guardado.",
  "account.pin.removed": "Su PIN se quitó.",

  "kiosk.staff.pin": "Su PIN",
  "kiosk.staff.pin-text": "Escriba su PIN para cerrar el quiosco en este equipo.",
  "kiosk.staff.by-name": "Usar nombre y contraseña",
  "kiosk.staff.by-pin": "Usar PIN",

  "wait.seconds": {
    one: "Intente de nuevo dentro de {count} segundo.",
    other: "Intente de nuevo dentro de {count} segundos.",
  },
  "wait.minutes": {
    one: "Intente de nuevo dentro de {count} minuto.",
    other: "Intente de nuevo dentro de {count} minutos.",
  },
  "wait.over": "Ya puede intentar de nuevo.",

  "lock.now": "Bloquear",
  "lock.title": "Esta pantalla está bloqueada",
  "lock.who": "La sesión es de {name}.",
  "lock.secret": "Su PIN o contraseña",
  "lock.unlock": "Desbloquear",
  "lock.other": "Entrar con otro nombre",
  "lock.other-title": "Entrar con otro nombre",
  "lock.other-text":
    "Esto cierra la sesión de {name}. Lo que escribió está guardado; una grabación en curso se termina y se conserva.",
  "lock.recording": "Se está grabando una visita. La grabación sigue mientras la pantalla está bloqueada.",
  "lock.alarm": {
    one: "Un paciente necesita a alguien: {count} alarma nueva. Desbloquee esta pantalla o mire en otra.",
    other:
      "Hay pacientes que necesitan a alguien: {count} alarmas nuevas. Desbloquee esta pantalla o mire en otra.",
  },
  "lock.soon": "Parece que no hay nadie. Esta pantalla se bloqueará sola; todo está guardado.",
  "lock.soon-count": { one: "queda {count} segundo", other: "quedan {count} segundos" },
  "lock.stay": "Estoy aquí",

  "logoff.title": "Cierre de sesión automático",
  "logoff.text":
    "Una pantalla que nadie usa se bloquea, y quien había entrado la desbloquea con su PIN o contraseña. Una grabación sigue.",
  "logoff.after": "Bloquear una pantalla tras",
  "logoff.minutes": { one: "{count} minuto", other: "{count} minutos" },
  "logoff.saved": "Guardado. Vale para todos en esta clínica.",

  "compliance.logoff": {
    one: "bloqueadas tras {count} minuto sin uso",
    other: "bloqueadas tras {count} minutos sin uso",
  },
  "compliance.locks": "Pantallas bloqueadas en 30 días",
  "compliance.pins": "Personas con PIN",
  "compliance.waits": "Intentos no admitidos en 30 días, tras demasiados erróneos",
} as const satisfies Shaped<typeof pinEn>;
