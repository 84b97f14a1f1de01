// El servidor de modelos de lenguaje de la clínica, en español.

import type { endpointEn } from "./endpoint-en";
import type { Shaped } from "./message";

export const endpointEs: Shaped<typeof endpointEn> = {
  "nav.endpoint": "Servidor de lenguaje",
  "admin.page.endpoint": "Un servidor propio de la clínica que redacta notas.",
  "endpoint.title": "Servidor de lenguaje",
  "endpoint.text":
    "Un servidor propio de la clínica (vLLM, llama-server u otro que hable como el de OpenAI) puede redactar notas, además de los modelos de este equipo. No se le pregunta nada hasta que está activado.",
  "endpoint.not-licensed": "La licencia no lo incluye: no se le pregunta y no se puede activar.",
  "endpoint.address": "Dirección",
  "endpoint.address-help":
    "Como https://modelos.clinica.example:8000/v1. El http simple es para este mismo equipo.",
  "endpoint.token": "Clave",
  "endpoint.token-help": "Solo si el servidor la pide.",
  "endpoint.authority": "Certificado de su autoridad",
  "endpoint.authority-help":
    "El texto PEM, si la clínica tiene una autoridad propia. Entonces no se confía en ninguna otra. Si no, déjelo vacío.",
  "endpoint.try": "Ver si responde",
  "endpoint.writes": "{model} responde y se atiene a la forma de una nota.",
  "endpoint.answers": {
    one: "El servidor nombra {count} modelo.",
    other: "El servidor nombra {count} modelos.",
  },
  "endpoint.model": "Modelo",
  "endpoint.model-help": "Como lo llama el servidor. Se ofrece aquí cuando el servidor ha respondido.",
  "endpoint.context": "Contexto, en tokens",
  "endpoint.context-help": "Cuánto lee el modelo de una vez. Una visita más larga se lee por partes.",
  "endpoint.context-least": "Un número, 2048 como mínimo.",
  "endpoint.on": "El personal clínico puede pedirle que redacte notas",
  "endpoint.leaves":
    "Lo que se dijo en una visita se envía a este servidor cuando alguien le pide redactar la nota, y a nadie más.",
  "endpoint.save": "Guardar",
  "endpoint.remove": "Olvidar este servidor",
  "endpoint.saved": "Guardado",
  "draft.by-endpoint": "El servidor de la clínica: {name}",
  "draft.by-endpoint-help":
    "Se le envía lo que se dijo. Cada frase se comprueba como las de cualquier borrador.",
  "flows.language-server.name": "El servidor de lenguaje de la clínica",
  "flows.language-server.text":
    "Lo que se dijo en una visita, al servidor que indicó un administrador, cuando alguien le pide redactar la nota. Cifrado por el camino.",
  "flows.page.endpoint": "Servidor de lenguaje",
};
