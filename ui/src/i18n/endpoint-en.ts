// The facility's own server of language models, in English.

export const endpointEn = {
  "nav.endpoint": "Language server",
  "admin.page.endpoint": "A server of the clinic’s own that drafts notes.",
  "endpoint.title": "Language server",
  "endpoint.text":
    "A server of the clinic’s own (vLLM, llama-server, or another that speaks as OpenAI’s does) can draft notes, beside the models on this device. Nothing is asked until it is on.",
  "endpoint.not-licensed": "The licence does not have it: it is not asked, and cannot be switched on.",
  "endpoint.address": "Address",
  "endpoint.address-help":
    "As in https://models.clinic.example:8000/v1. Plain http is for this device itself.",
  "endpoint.token": "Token",
  "endpoint.token-help": "Only where the server wants one.",
  "endpoint.authority": "Certificate of its authority",
  "endpoint.authority-help":
    "The PEM text, where the clinic has an authority of its own. Then no other is trusted. Otherwise leave it empty.",
  "endpoint.try": "See whether it answers",
  "endpoint.writes": "{model} answers, and keeps to the form of a note.",
  "endpoint.answers": { one: "The server names {count} model.", other: "The server names {count} models." },
  "endpoint.model": "Model",
  "endpoint.model-help": "As the server calls it. It is offered here once the server has answered.",
  "endpoint.context": "Context, in tokens",
  "endpoint.context-help": "How much the model reads at once. A longer visit is read in parts.",
  "endpoint.context-least": "A number, 2048 at least.",
  "endpoint.on": "Clinicians may have notes drafted by it",
  "endpoint.leaves":
    "What was said in a visit is sent to this server when a clinician has a note drafted by it, and to nobody else.",
  "endpoint.save": "Save",
  "endpoint.remove": "Forget this server",
  "endpoint.saved": "Saved",
  "draft.by-endpoint": "The clinic’s server: {name}",
  "draft.by-endpoint-help":
    "What was said is sent to it. Each sentence is checked as those of every draft are.",
  "flows.language-server.name": "The clinic’s language server",
  "flows.language-server.text":
    "What was said in a visit, to the server that an administrator named, when a clinician has a note drafted by it. Encrypted on its way.",
  "flows.page.endpoint": "Language server",
} as const;
