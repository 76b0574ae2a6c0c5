// Reads the reports of --json by the published schema, in which no key is unknown here.

import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Result } from './repo.js';

interface Schema {
  readonly definitions: Readonly<Record<string, { readonly properties?: { readonly report?: { const: string } } }>>;
}

const SCHEMA = JSON.parse(readFileSync('docs/reports.schema.json', 'utf8'), (_, value) =>
  value?.properties && value.type === 'object' ? { ...value, additionalProperties: false } : value,
) as Schema;

/** The definition of each report, by its name. */
const DEFINITIONS = new Map(
  Object.entries(SCHEMA.definitions).flatMap(([definition, { properties }]) =>
    properties?.report ? [[properties.report.const, definition] as const] : [],
  ),
);

export const REPORT_NAMES = [...DEFINITIONS.keys()].sort();

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true }).addSchema(SCHEMA, 'reports');

/** The parsed report. @throws if it is another one, or not as the schema says. */
export function readReport<Report>(name: string, { code, stdout, stderr }: Result): Report {
  const validate = ajv.getSchema(`reports#/definitions/${DEFINITIONS.get(name)}`) as ValidateFunction;
  const value = JSON.parse(stdout || 'null') as { exit_code: number };
  if (!validate(value)) throw new Error(`${name}: ${ajv.errorsText(validate.errors)}\n${stdout}${stderr}`);
  if (value.exit_code !== code)
    throw new Error(`${name}: the report says ${value.exit_code}, the exit code is ${code}`);
  return value as Report;
}
