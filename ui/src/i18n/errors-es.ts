// What each code means and what to do next, in Spanish.

import type { FailureCode } from "../rpc/client";
import type { ErrorText } from ".";

export const errorsEs: Record<FailureCode, ErrorText> = {
  unreachable: {
    what: "Bedside no responde en este equipo.",
    next: "Espere un momento e intente de nuevo. Si sigue igual, cierre Bedside y ábralo otra vez; no se pierde nada de lo guardado.",
  },
  "sound.no-device": {
    what: "No hay micrófono ni altavoz.",
    next: "Conecte uno o elija otro en los ajustes de sonido.",
  },
  "sound.denied": {
    what: "El sistema no permite que Bedside use el micrófono.",
    next: "Permítalo en los ajustes de privacidad del sistema e inténtelo de nuevo.",
  },
  "sound.busy": {
    what: "Otro programa está usando el micrófono o el altavoz.",
    next: "Cierre ese programa e inténtelo de nuevo.",
  },
  "sound.failed": {
    what: "El sistema de sonido de este equipo ha fallado.",
    next: "Desconecte el micrófono y vuelva a conectarlo. Si sigue igual, reinicie el equipo.",
  },
  "sound.no-voice": {
    what: "Este equipo no tiene ninguna voz que pueda hablar.",
    next: "Instale una voz (en Linux, espeak-ng). Todo está también como texto en la pantalla.",
  },
  "consent.missing": {
    what: "El paciente no ha aceptado que se grabe.",
    next: "Pregunte al paciente; después empiece de nuevo e indique que aceptó.",
  },
  "recording.busy": {
    what: "En este equipo se está grabando una visita o leyendo un archivo de sonido.",
    next: "Termínelo primero o espere a que acabe.",
  },
  "vault.missing": {
    what: "No hay ninguna bóveda en la carpeta de datos.",
    next: "Si este equipo tenía una, quizá el disco no esté conectado: conéctelo y abra Bedside otra vez. Si no, prepare la clínica o restaure una copia.",
  },
  "vault.exists": {
    what: "Ya hay una bóveda en la carpeta de datos.",
    next: "Ábrala con su frase de acceso. Nunca se reemplaza.",
  },
  "vault.in-use": {
    what: "Otro Bedside tiene abierta esta bóveda.",
    next: "Cierre la otra ventana o el otro programa e intente de nuevo.",
  },
  "vault.locked": {
    what: "La bóveda está cerrada.",
    next: "Ábrala con la frase de acceso o con las palabras de recuperación.",
  },
  "vault.wrong-key": {
    what: "Esto no abre la bóveda.",
    next: "Revise si hay errores al escribir, las mayúsculas y la distribución del teclado, e intente de nuevo.",
  },
  "vault.key-mismatch": {
    what: "La frase de acceso es correcta, pero es de otro archivo de base de datos.",
    next: "Quizá alguien copió otro archivo en la carpeta de datos. Ponga el correcto o restaure una copia.",
  },
  "vault.newer-schema": {
    what: "La bóveda se escribió con una versión más nueva de Bedside.",
    next: "Actualice Bedside en este equipo. Mientras tanto los registros se pueden leer y exportar.",
  },
  "vault.migration-failed": {
    what: "La bóveda no se pudo adaptar a esta versión. Está como antes.",
    next: "Vuelva a la versión que tenía y llame a quien da soporte a este equipo.",
  },
  "vault.corrupt": {
    what: "Una parte del archivo de la bóveda está dañada.",
    next: "No borre nada. Restaure la copia más reciente en una carpeta nueva; las consultas sin daño aún se pueden exportar.",
  },
  "vault.tampered": {
    what: "La bóveda se devolvió a un estado anterior o se alteró fuera de Bedside.",
    next: "Si alguien restauró un archivo a propósito, se puede continuar con él. Si nadie lo hizo, deje este equipo como está y avise a su administrador.",
  },
  "disk.full": {
    what: "El disco está lleno.",
    next: "Libere espacio e intente de nuevo. No se pierde nada de lo guardado.",
  },
  "folder.read-only": {
    what: "Bedside no puede escribir en esta carpeta.",
    next: "Elija otra carpeta o pida permiso de escritura a quien cuida este equipo.",
  },
  "io.failed": {
    what: "El disco informó de un error.",
    next: "Compruebe que el disco esté conectado e intente de nuevo. Si se repite, haga una copia y mande revisar el disco.",
  },
  "keyring.absent": {
    what: "El llavero del sistema no responde.",
    next: "Abra la bóveda con su frase de acceso.",
  },
  "keyslots.too-few": {
    what: "La bóveda necesita al menos dos maneras de abrirse.",
    next: "Agregue una frase de acceso o palabras de recuperación antes de quitar esta.",
  },
  "recovery-words.invalid": {
    what: "Estas palabras de recuperación no son correctas.",
    next: "Compare cada palabra y su lugar con su papel. Son 24, en orden.",
  },
  "passphrase.too-short": {
    what: "Es demasiado corta.",
    next: "Use al menos 12 caracteres para la frase de acceso y al menos 10 para una contraseña.",
  },
  "envelope.broken": {
    what: "Un registro no se abre: se alteró o es de otra bóveda.",
    next: "Avise a su administrador. Los demás registros no están afectados.",
  },
  "envelope.version": {
    what: "Un registro se selló con una versión más nueva de Bedside.",
    next: "Actualice Bedside en este equipo.",
  },
  "backup.broken": {
    what: "La copia de seguridad no se verifica, así que no es fiable.",
    next: "Haga otra en un disco distinto y conserve las copias anteriores.",
  },
  "target.exists": {
    what: "Ya hay algo en este lugar.",
    next: "Elija una carpeta que aún no exista. No se sobrescribió nada.",
  },
  "session.missing": { what: "Nadie ha iniciado sesión.", next: "Inicie sesión de nuevo." },
  "session.sign-in-failed": {
    what: "El nombre de usuario o la contraseña no es correcto.",
    next: "Revise los dos e intente de nuevo. Si olvidó la contraseña, pregunte a su administrador.",
  },
  "session.locked": {
    what: "Esta pantalla está bloqueada.",
    next: "Desbloquéela con su PIN o su contraseña, o entre con otro nombre.",
  },
  "session.wait": {
    what: "Hubo demasiados intentos erróneos seguidos.",
    next: "No se perdió nada, y cualquier otra persona puede entrar.",
  },
  "pin.wrong": {
    what: "Este PIN o esta contraseña no es correcto.",
    next: "Revíselo e intente de nuevo. Tras cinco intentos erróneos seguidos hay una espera.",
  },
  "pin.unfit": {
    what: "Este PIN no se puede usar: es fácil de adivinar o no está libre.",
    next: "Elija otro: de 6 a 12 cifras que no se repitan ni vayan en serie.",
  },
  "access.forbidden": {
    what: "Su función no permite hacer esto.",
    next: "Pídalo a alguien cuya función lo permita o a su administrador.",
  },
  "person.login-taken": {
    what: "Alguien ya tiene este nombre de usuario.",
    next: "Elija otro.",
  },
  "name.taken": {
    what: "Ya hay otro con este nombre.",
    next: "Elija otro nombre.",
  },
  "not-found": {
    what: "Esto no está aquí (o ya no está).",
    next: "Vuelva a la lista y ábralo desde allí.",
  },
  "encounter.wrong-state": {
    what: "Esta consulta ya avanzó, así que ahora no se puede hacer.",
    next: "Mire en qué estado está y siga desde allí.",
  },
  "note.signed": {
    what: "La nota está firmada y no se puede cambiar.",
    next: "Agregue una adenda.",
  },
  "note.conflict": {
    what: "Mientras tanto la nota se cambió en otro lugar.",
    next: "Elija qué versión conservar.",
  },
  "note.empty": {
    what: "No hay nada en la nota que firmar.",
    next: "Redacte la nota o escriba al menos una frase.",
  },
  "note.unconfirmed": {
    what: "En la nota hay frases marcadas que no se confirmaron.",
    next: "Lea cada frase marcada y confírmela o cámbiela.",
  },
  "note.draft-busy": {
    what: "Ya se está redactando una nota en este equipo.",
    next: "Espere a que termine o deténgala.",
  },
  "transcript.too-short": {
    what: "Se dijo muy poco para una nota: menos de 20 palabras.",
    next: "Agregue más de la consulta y redacte de nuevo. No se inventa nada para llenar el hueco.",
  },
  "transcript.unreadable": {
    what: "Esto no se lee como una transcripción.",
    next: "Empiece cada línea con D: o P: (o [doctor] y [patient]), una intervención por línea.",
  },
  "transcript.not-clinical": {
    what: "Nada en la transcripción corresponde a una nota clínica.",
    next: "Compruebe que sea la transcripción correcta y redacte de nuevo.",
  },
  "template.invalid": {
    what: "La plantilla de la nota no se puede leer.",
    next: "Elija otra plantilla o pida que la corrijan.",
  },
  "file.not-utf8": {
    what: "El archivo no es texto en UTF-8.",
    next: "Guárdelo otra vez como texto UTF-8.",
  },
  "questionnaire.invalid": {
    what: "El cuestionario no se puede usar.",
    next: "Pida que lo corrijan o use uno de los incluidos.",
  },
  "questionnaire.cycle": {
    what: "Hay preguntas del cuestionario que dependen unas de otras en círculo.",
    next: "Pida que corrijan sus condiciones.",
  },
  "questionnaire.link-unknown": {
    what: "El cuestionario no tiene esa pregunta.",
    next: "Vuelva un paso atrás e intente de nuevo.",
  },
  "answer.invalid": {
    what: "Esta respuesta no corresponde a la pregunta.",
    next: "Elija o escriba otra, por favor.",
  },
  "answer.required": {
    what: "Esta pregunta necesita una respuesta.",
    next: "Contéstela, por favor, o pida hablar con alguien.",
  },
  "rules.invalid": {
    what: "Las reglas de alarma no se pueden leer.",
    next: "No confíe en las alarmas. Avise enseguida a su administrador.",
  },
  "fhir.invalid": {
    what: "El archivo no es FHIR válido del tipo esperado.",
    next: "Compruebe qué archivo es y de dónde viene.",
  },
  "worker.missing": {
    what: "Falta una parte de Bedside que ejecuta modelos.",
    next: "Instale Bedside de nuevo. Los registros y la escritura funcionan sin ella.",
  },
  "worker.version": {
    what: "Dos partes de Bedside son de versiones distintas.",
    next: "Instale Bedside de nuevo.",
  },
  "worker.died": {
    what: "El modelo se detuvo de repente. No se perdió nada de lo dicho.",
    next: "Intente de nuevo. Si se repite, elija un modelo más pequeño.",
  },
  "worker.out-of-memory": {
    what: "No hubo memoria suficiente para el modelo.",
    next: "Cierre otros programas o elija un modelo más pequeño.",
  },
  "worker.timeout": {
    what: "El modelo tardó demasiado y se detuvo.",
    next: "Intente de nuevo o elija un modelo más pequeño.",
  },
  "request.cancelled": { what: "Se canceló.", next: "Empiece de nuevo cuando quiera." },
  "model.invalid": {
    what: "El archivo del modelo está dañado o es de otro tipo.",
    next: "Descárguelo o impórtelo de nuevo.",
  },
  "model.missing": {
    what: "El modelo no está en este equipo.",
    next: "Descárguelo o impórtelo primero.",
  },
  "worker.cpu": {
    what: "El procesador de este equipo es demasiado antiguo para el modelo.",
    next: "Use un equipo fabricado después de 2013 para la voz y los borradores. Los registros y la escritura funcionan aquí.",
  },
  "model.context-full": {
    what: "La consulta es más larga de lo que el modelo puede leer de una vez.",
    next: "Redacte sin el modelo o elija uno con más contexto.",
  },
  "model.answer-invalid": {
    what: "La respuesta del modelo no sirvió. No se guardó nada de ella.",
    next: "Intente de nuevo. Si se repite, redacte sin el modelo.",
  },
  "model.unknown": {
    what: "No hay ningún modelo con ese nombre en el catálogo.",
    next: "Elija uno de la lista.",
  },
  "model.hash-mismatch": {
    what: "El archivo del modelo no es el del catálogo, así que no se usó.",
    next: "Descárguelo de nuevo desde su origen.",
  },
  "model.busy": {
    what: "Hay otra descarga, copia o comprobación de modelos en curso.",
    next: "Espere a que termine o deténgala primero.",
  },
  "download.failed": {
    what: "La descarga no terminó.",
    next: "Revise la red y empiece otra vez; sigue donde se detuvo.",
  },
  "audio.invalid": {
    what: "No es un archivo de sonido que se pueda leer.",
    next: "Elija un archivo WAV, MP3, M4A, FLAC u Ogg Vorbis.",
  },
  "grammar.invalid": {
    what: "Una regla para lo que escribe el modelo es incorrecta.",
    next: "Instale Bedside de nuevo o avise a quien da soporte a este equipo.",
  },
  "licence.unreadable": {
    what: "Esto no es una licencia, o no está completa.",
    next: "Pegue el texto entero, desde la línea BEGIN hasta la línea END, o abra el archivo que recibió.",
  },
  "licence.mistyped": {
    what: "Una línea de la licencia está mal escrita o falta.",
    next: "Compare la línea indicada abajo con la que recibió. Los dos símbolos del final le pertenecen.",
  },
  "licence.key-unknown": {
    what: "La licencia fue firmada por alguien que este Bedside no conoce.",
    next: "Pida a su proveedor una licencia para esta versión o actualice Bedside.",
  },
  "licence.forged": {
    what: "La licencia fue alterada después de firmarse.",
    next: "Pida a su proveedor que la envíe otra vez.",
  },
  "licence.newer": {
    what: "La licencia fue hecha para un Bedside más nuevo.",
    next: "Actualice Bedside e instálela de nuevo.",
  },
  "licence.invalid": {
    what: "Algo en la licencia no es correcto.",
    next: "Pida una nueva a su proveedor y dígale lo que se indica abajo.",
  },
  "licence.not-yet": {
    what: "La licencia aún no ha comenzado.",
    next: "Instálela en su primer día. Hasta entonces todo sigue igual.",
  },
  "licence.expired": {
    what: "La licencia ha terminado.",
    next: "Pida una nueva a su proveedor. Todo lo registrado se puede leer, firmar, exportar y respaldar.",
  },
  "licence.file-expired": {
    what: "Este archivo de licencia debía instalarse antes.",
    next: "Pida a su proveedor que lo envíe de nuevo.",
  },
  "licence.revoked": {
    what: "La licencia fue revocada.",
    next: "Llame a su proveedor. Todo lo registrado se puede leer, firmar, exportar y respaldar.",
  },
  "licence.other-facility": {
    what: "La licencia es de otro centro.",
    next: "Diga a su proveedor la huella de este centro, que está en la página de la licencia, y pida una para él.",
  },
  "licence.clock-set-back": {
    what: "El reloj de este equipo está atrasado respecto de una hora ya vista.",
    next: "Ponga el reloj en hora e intente de nuevo. Mientras tanto todo sigue igual.",
  },
  "licence.older": {
    what: "Ya hay una más nueva instalada.",
    next: "No hace falta hacer nada.",
  },
  "licence.limit-reached": {
    what: "Las conversaciones de este mes se agotaron, así que no empieza ninguna nueva.",
    next: "Siga sin el quiosco y llame a su proveedor. Las visitas abiertas continúan; todo se puede leer y firmar.",
  },
  "licence.feature-missing": {
    what: "La licencia no incluye esto.",
    next: "Pida a su proveedor una licencia que lo incluya. Nada de lo que necesita una visita depende de ello.",
  },
  "vendor-key.invalid": {
    what: "El archivo no es la clave de un proveedor.",
    next: "Elija el archivo que hizo `bedside licence keygen`.",
  },
  "vendor-key.locked": {
    what: "La clave del proveedor no se abre con esta frase.",
    next: "Revise la frase e intente de nuevo.",
  },
  "retention.held": {
    what: "Hay una retención legal, así que no se borra nada.",
    next: "Quite antes la retención, si le está permitido.",
  },
  "retention.busy": {
    what: "Hay una visita o un ingreso en curso en este equipo, así que no se borra nada.",
    next: "Espere a que termine e intente de nuevo.",
  },
  "retention.clock": {
    what: "El reloj de este equipo no es creíble, así que nada es bastante antiguo con certeza.",
    next: "Ponga el reloj en hora e intente de nuevo.",
  },
  "preview.changed": {
    what: "Lo que se mostró no es lo que hay ahora.",
    next: "Mírelo de nuevo y luego siga.",
  },
  "destination.address-invalid": {
    what: "No se envían registros a una dirección así.",
    next: "Escriba una dirección que empiece por https:// y no contenga nombre ni contraseña. Sin cifrar, solo este mismo equipo.",
  },
  "destination.folder-invalid": {
    what: "No se envían registros a una carpeta así.",
    next: "Escriba la ruta completa de la carpeta, fuera de la carpeta de datos de este programa.",
  },
  "destination.folder-missing": {
    what: "La carpeta no está.",
    next: "Compruebe que el recurso de red está conectado y que la ruta es correcta. Se intenta de nuevo por sí solo.",
  },
  "destination.folder-denied": {
    what: "No se puede escribir en la carpeta.",
    next: "Permita escribir allí al usuario que ejecuta Bedside. Se intenta de nuevo por sí solo.",
  },
  "destination.folder-full": {
    what: "No hay sitio en la carpeta.",
    next: "Haga sitio allí. Se intenta de nuevo por sí solo.",
  },
  "destination.folder-failed": {
    what: "No se pudo escribir el archivo en la carpeta.",
    next: "Revise el disco o el recurso de red. Se intenta de nuevo por sí solo.",
  },
  "destination.unreachable": {
    what: "No hay conexión con el servidor.",
    next: "Revise la red, la dirección y que el servidor esté en marcha. Se intenta de nuevo por sí solo.",
  },
  "destination.timeout": {
    what: "El servidor no respondió a tiempo.",
    next: "Vea si está sobrecargado. Se intenta de nuevo por sí solo.",
  },
  "destination.certificate": {
    what: "El servidor no pudo mostrar que es el que nombra la dirección.",
    next: "Pida a quien lo administra un certificado conocido públicamente y que no haya caducado. No se envió nada.",
  },
  "destination.unavailable": {
    what: "El servidor no recibe nada en este momento.",
    next: "Se intenta de nuevo por sí solo.",
  },
  "destination.credentials": {
    what: "El servidor no acepta esta credencial, o pide una.",
    next: "Escriba la credencial correcta e intente de nuevo.",
  },
  "destination.redirected": {
    what: "El servidor remite a otra dirección, y los registros no se reenvían.",
    next: "Escriba la dirección a la que remite e intente de nuevo.",
  },
  "destination.refused": {
    what: "El servidor no acepta esto.",
    next: "Pregunte a quien lo administra qué recibe en esta dirección e intente de nuevo.",
  },
  "endpoint.unreachable": {
    what: "No hay conexión con el servidor de modelos de lenguaje del centro.",
    next: "Compruebe la red, la dirección y que el servidor esté en marcha.",
  },
  "endpoint.name": {
    what: "El nombre de la dirección no lleva a ninguna parte.",
    next: "Revise cómo está escrito, y que la red de este equipo lo conozca.",
  },
  "endpoint.grammar": {
    what: "El servidor responde, pero su modelo no se atiene a la gramática que recibe, así que no se puede leer ninguna nota de él.",
    next: "Elija otro modelo, o un servidor que acepte una gramática: vLLM o llama-server.",
  },
  "endpoint.timeout": {
    what: "El servidor de modelos de lenguaje del centro no respondió a tiempo.",
    next: "Compruebe si está sobrecargado o use un modelo más pequeño.",
  },
  "endpoint.certificate": {
    what: "El servidor de modelos de lenguaje del centro no pudo demostrar que es el de esa dirección. No se envió nada.",
    next: "Introduzca el certificado de la autoridad que emitió el suyo, o haga que lo renueven.",
  },
  "endpoint.authority": {
    what: "Esto no es el certificado de una autoridad.",
    next: "Pegue su texto en formato PEM, con las líneas de principio y fin y sin ninguna clave privada.",
  },
  "endpoint.credentials": {
    what: "El servidor de modelos de lenguaje del centro no acepta esta clave o pide una.",
    next: "Introduzca la clave correcta.",
  },
  "endpoint.model": {
    what: "El servidor de modelos de lenguaje del centro no tiene este modelo o no está en esta dirección.",
    next: "Elija uno de los modelos que nombra y compruebe la dirección: a menudo termina en /v1.",
  },
  "endpoint.unavailable": {
    what: "El servidor de modelos de lenguaje del centro está sobrecargado o averiado.",
    next: "Inténtelo más tarde o redacte por reglas.",
  },
  "brand.invalid": {
    what: "Hay algo incorrecto en esta marca.",
    next: "La lista bajo la vista previa dice qué es y qué escribir en su lugar.",
  },
  "device.no-kiosk": {
    what: "Este equipo es el de un profesional clínico y no se entrega a los pacientes.",
    next: "Un administrador puede cambiarlo en los ajustes del quiosco.",
  },
  "request.invalid": {
    what: "Bedside no entendió lo que se ingresó.",
    next: "Revise lo que escribió e intente de nuevo.",
  },
  "request.method-unknown": {
    what: "Esta pantalla y el programa que hay detrás son de versiones distintas.",
    next: "Cierre Bedside y ábralo otra vez.",
  },
  "sandbox.unavailable": {
    what: "No se pudo aislar el modelo de la red y del disco, así que no se inició.",
    next: "Actualice el sistema operativo. Los registros y la escritura funcionan sin él.",
  },
  internal: {
    what: "Algo falló en Bedside.",
    next: "Intente de nuevo. Si se repite, dígale a quien da soporte a este equipo el código de abajo.",
  },
};
