// Where signed notes are sent by themselves, in Spanish.

import type { destinationsEn } from "./destinations-en";
import type { Shaped } from "./message";

export const destinationsEs: Shaped<typeof destinationsEn> = {
  "nav.destinations": "Destinos",
  "admin.page.destinations": "Adónde se envían solas las notas firmadas, y qué no ha llegado.",
  "admin.destinations-failed": { one: "{count} archivo fallido", other: "{count} archivos fallidos" },
  "destinations.title": "Destinos",
  "destinations.text":
    "Cuando una nota se firma o se amplía, va sola a los sistemas de registros de esta lista. Lo que no llega se intenta de nuevo y queda en la lista hasta que llegue.",
  "destinations.add": "Añadir un destino",
  "destinations.unlicensed":
    "La licencia no incluye destinos, así que no se añade ni se activa ninguno. Los que hay siguen funcionando y se pueden desactivar.",
  "destinations.none": "No se envía nada a ningún sitio",
  "destinations.none-text":
    "Las notas firmadas quedan en la bóveda de este equipo y los clínicos las exportan a mano. Añada un destino para un sistema de registros que vigila una carpeta o que recibe archivos por la red.",
  "destinations.state.off": "Desactivado",
  "destinations.state.idle": "Todo ha llegado",
  "destinations.state.sending": "Enviando…",
  "destinations.state.waiting": "En espera",
  "destinations.state.failed": "Fallido",
  "destinations.waiting-since": "En espera desde {time}",
  "destinations.failed-count": { one: "{count} fallido", other: "{count} fallidos" },
  "destinations.sends": "Cada nota se envía como {formats}",
  "destinations.has-token": "con una credencial",
  "destinations.sent-none": "Todavía no ha llegado nada allí.",
  "destinations.sent": {
    one: "Llegó {count} archivo: {time}.",
    other: "Llegaron {count} archivos, el último: {time}.",
  },
  "destinations.switch-on": "Activar",
  "destinations.switch-off": "Desactivar",
  "destinations.test": "Enviar una prueba",
  "destinations.testing": "Enviando una prueba…",
  "destinations.tried-folder":
    "La prueba llegó a la carpeta como {file}. No contiene el registro de ningún paciente.",
  "destinations.tried-endpoint": "El servidor recibió la prueba. No contenía el registro de ningún paciente.",
  "destinations.change": "Cambiar",
  "destinations.change-title": "Cambiar {name}",
  "destinations.remove": "Quitar",
  "destinations.remove-title": "¿Quitar {name}?",
  "destinations.remove-text": "Nada espera por este destino. Lo que se envió allí queda allí.",
  "destinations.remove-some": {
    one: "{count} archivo no ha llegado y ya no se enviará. La nota queda en la bóveda.",
    other: "{count} archivos no han llegado y ya no se enviarán. Las notas quedan en la bóveda.",
  },
  "destinations.saved": "{name} está guardado",
  "destinations.failed": { one: "{count} archivo fallido", other: "{count} archivos fallidos" },
  "destinations.waiting": { one: "{count} archivo en espera", other: "{count} archivos en espera" },
  "destinations.waiting-off": "Se envían cuando el destino se active de nuevo.",
  "destinations.more": { one: "y {count} más", other: "y {count} más" },
  "destinations.cause.note-signed": "nota firmada",
  "destinations.cause.addendum-signed": "adenda firmada",
  "destinations.cause.encounter-retracted": "ingresada por error",
  "destinations.status": "Respondió {status}.",
  "destinations.not-tried": "Sin intentar todavía",
  "destinations.tries": { one: "Un intento", other: "{count} intentos" },
  "destinations.next": "el siguiente: {time}",
  "destinations.visit": "visita {id}",
  "destinations.retry": "Intentar de nuevo",
  "destinations.retry-now": "Intentar ahora",
  "destinations.retry-all": "Intentar todo de nuevo",
  "destinations.give-up": "Desistir",
  "destinations.give-up-all": "Desistir de todo",
  "destinations.give-up-title": {
    one: "¿Desistir de este archivo?",
    other: "¿Desistir de {count} archivos?",
  },
  "destinations.give-up-text":
    "Ya no se envía a {name}. La nota queda en la bóveda, un clínico puede exportarla a mano y la auditoría dice quién desistió.",
  "destinations.name": "Nombre",
  "destinations.name-help": "Cómo se llama en esta página; por ejemplo, el nombre del sistema de registros",
  "destinations.kind": "Adónde se envían las notas",
  "destinations.kind.folder": "Una carpeta vigilada",
  "destinations.kind.folder-help":
    "Una carpeta o un recurso de red del que el sistema de registros toma archivos",
  "destinations.kind.http": "Una dirección",
  "destinations.kind.http-help": "Un servidor que recibe cada archivo en una petición propia, por HTTPS",
  "destinations.path": "Carpeta",
  "destinations.path-help":
    "Su ruta completa, en este equipo o en un recurso de red. Debe existir; nunca se crea.",
  "destinations.choose": "Elegir una carpeta",
  "destinations.address": "Dirección",
  "destinations.address-help": "Empieza por https://. Sin cifrar (http) solo se acepta este mismo equipo.",
  "destinations.token": "Credencial (opcional)",
  "destinations.token-help":
    "Se envía con cada archivo como «bearer token». Se guarda en la bóveda y no se muestra nunca más.",
  "destinations.token-kept":
    "Hay una credencial guardada que no se muestra. Escriba otra para reemplazarla. Otro servidor necesita la suya.",
  "destinations.token-forget": "Enviar sin credencial desde ahora",
  "destinations.formats": "Cada nota se envía como",
  "destinations.formats-none": "Elija al menos uno.",
  "destinations.leaves-folder":
    "Los archivos de la carpeta no están cifrados. Quien pueda leer la carpeta puede leerlos.",
  "destinations.leaves-http":
    "Los archivos salen de este equipo por la red, cifrados en el camino. El servidor los guarda como decidió su dueño.",
  "destinations.save": "Guardar",
  "flows.text-connects":
    "Todas las vías por las que los datos pueden salir de este equipo, entrar o moverse en él. Como está ajustado ahora, Bedside abre conexiones por sí solo, por las vías activas que lo dicen.",
  "flows.page.destinations": "Destinos",
  "flows.page.models": "Modelos",
  "flows.destination-folders.name": "Carpetas vigiladas",
  "flows.destination-folders.text":
    "Notas firmadas, solas, a carpetas que indicó un administrador. Los archivos no están cifrados.",
  "flows.destination-endpoints.name": "Sistemas de registros por la red",
  "flows.destination-endpoints.text":
    "Notas firmadas, solas, a direcciones que indicó un administrador. Cifradas en el camino.",
};
