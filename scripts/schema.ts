// Makes schema.json from the validator's own schema.

import { toJsonSchema } from '@valibot/to-json-schema';
import { manifestSchema } from '../src/manifest/schema.js';

/** The text of schema.json. */
export function buildSchema(): string {
  const schema = toJsonSchema(manifestSchema, { target: 'draft-07' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
