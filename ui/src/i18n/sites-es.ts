// Los centros de la clínica, en español.

import type { Shaped } from "./message";
import type { sitesEn } from "./sites-en";

export const sitesEs: Shaped<typeof sitesEn> = {
  "nav.sites": "Centros",
  "admin.page.sites": "Los lugares donde la clínica atiende a pacientes.",
  "sites.title": "Centros",
  "sites.text":
    "Los lugares donde la clínica atiende a pacientes. La lista de trabajo y las cifras pueden ser de uno de ellos.",
  "sites.none": "No hay ningún centro con nombre: todo es de la clínica en conjunto.",
  "sites.add": "Añadir un centro",
  "sites.name": "Nombre",
  "sites.name-help": "Como lo llaman pacientes y personal. Figura en las notas impresas.",
  "sites.state": "Estado",
  "sites.open": "Abierto",
  "sites.closed": "Cerrado",
  "sites.closed-name": "{name} (cerrado)",
  "sites.change": "Cambiar",
  "sites.rename": "Cambiar el nombre",
  "sites.rename-of": "Cambiar el nombre de {name}",
  "sites.close": "Cerrar",
  "sites.close-of": "Cerrar {name}",
  "sites.close-text":
    "Ya no se abre nada en él. Sus encuentros se quedan y se pueden ver con su nombre. No se puede volver a abrir.",
  "sites.save": "Guardar",
  "sites.here": "Este equipo",
  "sites.here-label": "Dónde está",
  "sites.here-help": "Los encuentros que empiezan en él son de ese centro.",
  "sites.nowhere": "En ninguno en particular",
  "sites.placed": "Guardado",
  "sites.of": "Centro",
  "sites.all": "Todos los centros",
  "sites.elsewhere": "Centro: {name}",
};
