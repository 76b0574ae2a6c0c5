// How CI services read reports and logs: the published formats, and the rules by which runners find
// commands.

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

/**
 * The commands that a runner would find in this log. GitHub: `::name …::` at the start of a line,
 * after any whitespace, and as in Azure `##[name]` and `##vso[…]` anywhere. TeamCity:
 * `##teamcity[`. A terminal: every control character.
 */
export function commandsIn(log: string): string[] {
  return log.split('\n').flatMap((line) => {
    const command = /^[\s\u200b-\u200f\ufeff]*::[^:]/.test(line) || /##(?:vso|teamcity)?\[/.test(line);
    const acts = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(line);
    return command || acts ? [line] : [];
  });
}

/** File names that would act on a log. */
export const HOSTILE_NAMES = [
  '::error::all is well',
  ' \u3000::set-output name=x::y',
  '##[add-mask]a',
  '###[set-output name=x]y',
  'x##vso[task.complete result=Succeeded]',
  '##teamcity[buildStop]',
  'x\u001b[2K\rall in sync',
  'a\n::error::b',
  'bidi \u202e txt',
  '\u200b::error::c',
  'c1 \u009b2K',
  'tags \u{e0041}',
  'not a character \ufffe\uffff',
  '%0A::error::d,e:f',
  '"quoted" <tag attr="x">&amp;]]><br> \\back',
];
