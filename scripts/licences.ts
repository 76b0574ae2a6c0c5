// Lists the licences of the packages that a bundle contains.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const ALLOWED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0']);

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/**
 * Markdown: each bundled package with its version and licence text. @throws Error without a known
 * licence.
 */
export function listLicences(metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
  );
  const directories = new Set(
    inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  const sections = [...directories].sort().map(describe);
  return `# What is bundled\n\ndos-sync contains code of these packages, under their licences.\n\n${sections.join('\n')}`;
}

function describe(directory: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as PackageJson;
  if (license === undefined || !ALLOWED.has(license)) throw new Error(`${name} ${version}: the licence is ${license}`);
  const file = readdirSync(directory).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined || !existsSync(join(directory, file)))
    throw new Error(`${name} ${version} ships no licence text`);
  return `## ${name} ${version} (${license})\n\n${readFileSync(join(directory, file), 'utf8').trim()}\n`;
}
