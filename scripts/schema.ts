// Builds schema.json from the validator's schema.

import { toJsonSchema } from '@valibot/to-json-schema';
import { manifestSchema } from '../src/manifest/schema.js';

/**
 * Keys that begin with x- are ignored, and all other unknown keys are rejected, as in the parser.
 */
const CLOSED = { patternProperties: { '^x-': {} }, additionalProperties: false };

/** The text of schema.json. */
export function buildSchema(): string {
  const schema = toJsonSchema(manifestSchema, {
    target: 'draft-07',
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === 'object' ? { ...jsonSchema, ...CLOSED } : undefined,
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
