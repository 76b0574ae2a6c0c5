// The variables of one way through a script. Pure.

import type { ShellWay } from './state.js';
import { expand, type Lookup } from './values.js';

export function assign(way: ShellWay, name: string, value: string | undefined): ShellWay {
  return { ...way, variables: new Map(way.variables).set(name, value) };
}

export function lookupIn({ variables, status }: ShellWay): Lookup {
  return (name) => (name === '?' ? status : variables.get(name));
}

/** `name=value` as written. */
export function assignRaw(way: ShellWay, raw: string): ShellWay {
  const at = raw.indexOf('=');
  const name = raw.slice(0, at).replace(/\+$/, '');
  const value = raw[at - 1] === '+' ? undefined : expand(raw.slice(at + 1), lookupIn(way));
  return assign(way, name, value);
}

/** Also undefined for a variable that holds a whole command. */
export function readName(raw: string, lookup: Lookup): string | undefined {
  const name = expand(raw, lookup);
  return raw.includes('$') && /\s/.test(name ?? '') ? undefined : name;
}

/** `name=value command` sets the variable only for the command. */
export function withoutPrefix(way: ShellWay, assignments: readonly string[], before: ShellWay): ShellWay {
  const variables = new Map(way.variables);
  for (const raw of assignments) {
    const name = raw.replace(/\+?=[\s\S]*/, '');
    if (before.variables.has(name)) variables.set(name, before.variables.get(name));
    else variables.delete(name);
  }
  return { ...way, variables };
}
