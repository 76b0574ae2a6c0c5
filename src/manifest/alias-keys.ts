// The keys of an alias that stay when its exception is written or removed.

import { getNodeValue, type Node } from 'jsonc-parser';
import { onOneLine } from './edit.js';

const OF_EXCEPTION = ['a', 'b', 'exception', 'at', 'holds', 'digest'];

/** `, "<key>": <value>` for each other key of the alias: its rule, its note, `x-…`. */
export function otherKeys(alias: Node): string {
  const properties = alias.type === 'object' ? (alias.children ?? []) : [];
  return properties
    .flatMap(({ children: [key, value] = [] }) => (key && value ? [{ key: String(key.value), value }] : []))
    .filter(({ key }) => !OF_EXCEPTION.includes(key))
    .map(({ key, value }) => `, ${JSON.stringify(key)}: ${onOneLine(getNodeValue(value))}`)
    .join('');
}
