// The first start, in Spanish.

import type { firstEn } from "./first-en";
import type { Shaped } from "./message";

export const firstEs: Shaped<typeof firstEn> = {
  "setup.step": "Paso {step} de {steps}",
  "setup.welcome.title": "Bienvenido a Bedside",
  "setup.welcome.text":
    "Unos pocos pasos tranquilos, unos cinco minutos. Todo queda en este equipo, cifrado; nada se envía a ninguna parte.",
  "setup.welcome.way": "¿Cómo quiere empezar?",
  "setup.welcome.new": "Preparar una clínica nueva",
  "setup.welcome.new-help": "Para el primer equipo, o para probar Bedside.",
  "setup.welcome.restore": "Restaurar una copia de seguridad",
  "setup.welcome.restore-help": "Este equipo ocupa el lugar de otro que usted tenía.",
  "setup.language": "Idioma del personal",
  "setup.language-help": "Cada paciente elige su propio idioma en el quiosco.",
  "setup.restore.title": "Restaurar una copia de seguridad",
  "setup.restore.text":
    "Elija la carpeta de la copia y ábrala con la frase de acceso o las palabras de recuperación de entonces. Se comprueba entera antes de escribir nada.",
  "setup.restore.folder": "Carpeta de la copia",
  "setup.restore.folder-help": "La ruta completa, por ejemplo de una carpeta en un disco USB.",
  "setup.restore.choose": "Elegir…",
  "setup.restore.check": "Comprobar la copia",
  "setup.restore.checking": "Comprobando cada página…",
  "setup.restore.found": "La copia está completa",
  "setup.restore.made": "Hecha",
  "setup.restore.encounters": "Visitas",
  "setup.restore.people": "Personas que inician sesión",
  "setup.restore.events": "Registros",
  "setup.restore.note":
    "Quienes iniciaban sesión entonces lo hacen de nuevo con el mismo nombre y la misma contraseña. La copia solo se lee.",
  "setup.restore.go": "Restaurarla en este equipo",
  "setup.restore.restoring": "Restaurando…",
  "setup.clinic.title": "Su clínica y quién la administra",
  "setup.clinic.text":
    "El administrador agrega al personal, hace copias de seguridad y lee el registro de auditoría, y no lee notas clínicas.",
  "setup.clinic.name": "Nombre de la clínica",
  "setup.clinic.name-help": "Como deben leerlo los pacientes y el personal.",
  "setup.administrator.name": "Nombre completo del administrador",
  "setup.administrator.name-help": "Como lo conoce el personal.",
  "setup.administrator.login": "Nombre de usuario",
  "setup.administrator.login-help": "Corto y sin espacios.",
  "setup.administrator.password": "Contraseña",
  "setup.administrator.password-help": "Al menos 10 caracteres.",
  "setup.administrator.password-again": "Contraseña otra vez",
  "setup.administrator.password-again-help": "Para notar un error al escribir.",
  "setup.passphrase.title": "Elija la frase de acceso de la bóveda",
  "setup.passphrase.text":
    "Los registros de los pacientes se guardan en una bóveda cifrada. La frase de acceso la abre cuando este equipo no puede abrirla solo, por ejemplo después de cambiar de máquina.",
  "setup.passphrase.field": "Frase de acceso",
  "setup.passphrase.help":
    "Al menos 12 caracteres. Cuatro o cinco palabras sin relación son fáciles de guardar y difíciles de adivinar.",
  "setup.passphrase.again": "Frase de acceso otra vez",
  "setup.passphrase.note":
    "No es su contraseña. Guárdela en un lugar distinto de este equipo; nadie, ni siquiera nosotros, puede consultarla.",
  "setup.create": "Crear la clínica",
  "setup.creating": "Creando la bóveda…",
  "setup.words.title": "Anote estas 24 palabras",
  "setup.words.text":
    "Si algún día se pierde la frase de acceso, estas palabras, en este orden, abren la bóveda. Solo se muestran ahora. Escríbalas en papel o imprímalas, y guárdelas bajo llave.",
  "setup.words.print": "Imprimir",
  "setup.words.label": "Las 24 palabras de recuperación",
  "setup.words.sheet": "Palabras de recuperación de {clinic}",
  "setup.words.sheet-note": "Quien tenga esta hoja puede abrir la bóveda. Guárdela bajo llave.",
  "setup.words.next": "Ya las anoté",
  "setup.words.keyring":
    "En este equipo no responde ningún llavero del sistema, así que Bedside pide la frase de acceso cada vez que se inicia.",
  "setup.renew.title": "Faltan todavía las palabras de recuperación",
  "setup.renew.text":
    "La preparación se cerró antes de comprobarlas. Ahora se hacen palabras nuevas; las que se anotaron antes ya no abren nada.",
  "setup.renew.next": "Mostrar las palabras nuevas",
  "setup.confirm.title": "Comprobemos tres de ellas",
  "setup.confirm.text": "Escriba estas palabras desde su papel, para saber que se puede leer.",
  "setup.confirm.word": "Palabra {place}",
  "setup.confirm.show-again": "Mostrar las palabras otra vez",
  "setup.confirm.wrong": "Esta no es la palabra {place}. Mire su papel otra vez.",
  "setup.confirm.next": "Comprobar las palabras",
  "setup.leave-warning": "Las palabras de recuperación solo se muestran ahora.",
  "setup.device.title": "¿Para qué es este equipo?",
  "setup.device.text": "Decide con qué empieza Bedside aquí. Un administrador puede cambiarlo más adelante.",
  "setup.sound.title": "¿Oye y se le oye?",
  "setup.sound.text": "Los pacientes responden en voz alta en el quiosco, y la visita se graba para su nota.",
  "setup.sound.level": "Cuánto volumen recibe el micrófono",
  "setup.sound.play": "Reproducir una frase",
  "setup.sound.heard-question": "Se reprodujo una frase. ¿La oyó?",
  "setup.sound.heard": "La oí",
  "setup.sound.not-heard": "No la oí",
  "setup.sound.good": "El altavoz funciona.",
  "setup.sound.choose":
    "Suba el volumen, o elija otro altavoz y reproduzca la frase otra vez. ¿Está conectado y encendido?",
  "setup.sound.without":
    "Sin micrófono los pacientes escriben o tocan sus respuestas y las visitas no se graban; sin altavoz las preguntas solo se leen. Ambos se pueden preparar después en Sonido.",
  "setup.sound.skip": "Seguir sin esta prueba",
  "setup.models.title": "Lo que este equipo puede llevar",
  "setup.models.text":
    "Bedside funciona desde el primer minuto: los cuestionarios, las alarmas y las notas no necesitan descargas. Con estos modelos oye y escribe mejor.",
  "setup.models.starter": "Seguir con el modelo incluido",
  "setup.models.later": "Se pueden agregar más en cualquier momento en Modelos; una descarga en curso sigue.",
  "setup.licence.title": "Su licencia",
  "setup.licence.text":
    "Pegue la licencia que le envió su proveedor o elija su archivo. Sin ella todo funciona durante una evaluación.",
  "setup.licence.field": "Licencia",
  "setup.licence.have": "Licencia de {company}: {tier}.",
  "setup.licence.evaluation": {
    one: "Evaluación: todo está incluido, queda {count} día.",
    other: "Evaluación: todo está incluido, quedan {count} días.",
  },
  "setup.licence.evaluate": {
    one: "Seguir con {count} día de evaluación",
    other: "Seguir con {count} días de evaluación",
  },
  "setup.rehearsal.title": "Ensáyelo una vez",
  "setup.rehearsal.text":
    "Haga de paciente durante dos minutos: el quiosco real, las preguntas reales. Después vea lo que llega a la pantalla del personal.",
  "setup.rehearsal.kept":
    "No se guarda nada: no queda en ninguna lista, ninguna cifra ni ninguna factura. Puede parar en cualquier pregunta.",
  "setup.rehearsal.begin": "Empezar el ensayo",
  "setup.rehearsal.preparing": "Preparando…",
  "setup.rehearsal.skip": "Ahora no",
  "setup.done.title": "{clinic} está lista",
  "setup.done.both":
    "Agregue a su equipo y abra el quiosco para sus pacientes desde la parte superior de la pantalla.",
  "setup.done.clinician":
    "Agregue a su equipo; cada persona inicia sesión aquí con su propio nombre y contraseña.",
  "setup.done.kiosk":
    "Desde el próximo arranque este equipo empieza como quiosco. El personal lo recupera con «Personal» y su contraseña.",
  "setup.done.rehearsed": "El ensayo terminó y quedó olvidado.",
  "setup.done.next": "Abrir Bedside",
  "setup.next": "Continuar",
  "setup.go-on": "Inicie sesión como administrador para seguir con la preparación donde quedó.",

  "device-role.title": "Para qué es este equipo",
  "device-role.kiosk": "Un quiosco",
  "device-role.kiosk-help":
    "Está en la sala de espera. Bedside empieza con la pantalla de los pacientes; el personal sale con su contraseña.",
  "device-role.clinician": "El equipo de un profesional clínico",
  "device-role.clinician-help":
    "El personal inicia sesión, graba visitas y firma notas. Nunca se entrega a los pacientes.",
  "device-role.both": "Ambas cosas",
  "device-role.both-help": "El personal inicia sesión y se lo entrega a un paciente cuando quiere.",
  "device-role.set": "Cambiado. Vale desde el próximo arranque.",
  "device-role.administrator": "Un administrador puede cambiarlo.",

  "rehearsal.strip": "Ensayo",
  "rehearsal.strip-patient": "Usted es el paciente. No se guarda nada de lo que escriba.",
  "rehearsal.strip-staff": "Esto es lo que verá su personal. Abra al paciente para ver las respuestas.",
  "rehearsal.arrived": "Ver lo que llega",
  "rehearsal.end": "Terminar el ensayo",
  "rehearsal.again": "Ensayar una toma de datos",
  "rehearsal.again-help": "El quiosco real y la lista de trabajo real, con registros que se desechan.",
};
