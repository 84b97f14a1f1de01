// The clinic's sites, in English.

export const sitesEn = {
  "nav.sites": "Sites",
  "admin.page.sites": "The places at which the clinic sees patients.",
  "sites.title": "Sites",
  "sites.text":
    "The places at which the clinic sees patients. The work list and the figures can be of one of them.",
  "sites.none": "No site is named: everything belongs to the clinic as a whole.",
  "sites.add": "Add a site",
  "sites.name": "Name",
  "sites.name-help": "As patients and staff call it. It stands on printed notes.",
  "sites.state": "State",
  "sites.open": "Open",
  "sites.closed": "Closed",
  "sites.closed-name": "{name} (closed)",
  "sites.change": "Change",
  "sites.rename": "Rename",
  "sites.rename-of": "Rename {name}",
  "sites.close": "Close",
  "sites.close-of": "Close {name}",
  "sites.close-text":
    "Nothing is opened at it any more. Its encounters stay, and can be looked at under its name. It cannot be opened again.",
  "sites.save": "Save",
  "sites.here": "This device",
  "sites.here-label": "Where it stands",
  "sites.here-help": "Encounters that begin on it are of that site.",
  "sites.nowhere": "At none in particular",
  "sites.placed": "Saved",
  "sites.of": "Site",
  "sites.all": "All sites",
  "sites.elsewhere": "Site: {name}",
} as const;
