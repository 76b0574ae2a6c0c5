// Builds docs/reports.schema.json from the types of the reports.
// usage: tsx scripts/report-schema.ts writes it; with --check, exit code 1 if it is stale

import { readFileSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

const SCHEMA = 'docs/reports.schema.json';

/** Unknown keys are allowed: a later release may add some. */
function buildReportSchema(): string {
  const schema = createGenerator({
    path: 'src/format/reports.ts',
    tsconfig: 'tsconfig.json',
    type: 'AnyReport',
    expose: 'export',
    additionalProperties: true,
    skipTypeCheck: true,
  }).createSchema('AnyReport');
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function main(words: readonly string[]): number {
  const schema = buildReportSchema();
  if (!words.includes('--check')) {
    writeFileSync(SCHEMA, schema);
    return 0;
  }
  if (readFileSync(SCHEMA, 'utf8') === schema) return 0;
  process.stdout.write(`${SCHEMA} is not made from the types of src/format/reports.ts; make it again: npm run docs\n`);
  return 1;
}

process.exitCode = main(process.argv.slice(2));
