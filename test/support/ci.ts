// How CI services read reports: the published formats.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { validateXML } from 'xmllint-wasm';

function schema(name: string): string {
  return readFileSync(`test/support/schemas/${name}`, 'utf8');
}

function validate(name: string, report: string): unknown {
  const ajv = new Ajv({
    allErrors: true,
    formats: { uri: /^[a-z]+:\/\/\S+$/, 'uri-reference': /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]*$/ },
  });
  const value: unknown = JSON.parse(report);
  if (!ajv.validate(JSON.parse(schema(name)), value)) throw new Error(`${name}: ${ajv.errorsText()}\n${report}`);
  return value;
}

/** The parsed report. @throws if GitLab would reject it. */
export function readGitlab(report: string): { description: string; fingerprint: string; location: { path: string } }[] {
  return validate('gitlab-code-quality.json', report) as ReturnType<typeof readGitlab>;
}

/** The parsed report. @throws if it is not SARIF. */
export function readSarif(report: string): import('sarif').Log {
  return validate('sarif.json', report) as import('sarif').Log;
}

/** @throws if the XML is not well formed or not a JUnit report. */
export async function requireJunit(report: string): Promise<void> {
  const { valid, errors } = await validateXML({ xml: report, schema: schema('junit.xsd') });
  if (!valid) throw new Error(`junit: ${JSON.stringify(errors)}\n${report}`);
}
