// Evaluates words and tests of a shell script if the script alone decides them. Pure.

/** The known value of a variable or of `?`; undefined if only a run could show it. */
export type Lookup = (name: string) => string | undefined;

const PART =
  /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|\$(\w+|[?@*#$!-])|\$\{(\w+|\?)(?:(:?)-([^{}'"]*))?\}|([^'"\\$]+)/y;

/** The value of a word; undefined if only a run could show it. */
export function expand(raw: string, lookup: Lookup): string | undefined {
  if (/`|\$[('"]/.test(raw)) return undefined;
  let value = '';
  PART.lastIndex = 0;
  for (let at = 0; at < raw.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const found = PART.exec(raw);
    const part = found && partOf(found, lookup);
    if (part === undefined || part === null) return undefined;
    PART.lastIndex = at + (found?.[0].length ?? 0);
    value += part;
  }
  return value;
}

function partOf(found: RegExpExecArray, lookup: Lookup): string | undefined {
  const [, single, double, escaped, name, braced, colon, fallback, plain] = found;
  if (double !== undefined) return expandQuoted(double, lookup);
  const variable = name ?? braced;
  if (variable === undefined) return single ?? escaped ?? plain;
  const value = lookup(variable);
  return value === '' && colon ? fallback : value;
}

function expandQuoted(inner: string, lookup: Lookup): string | undefined {
  const asUnquoted = inner.replace(
    /\\([\s\S])|(['"])/g,
    (whole, escaped: string | undefined, quote: string | undefined) =>
      quote || (escaped && !'$`"\\'.includes(escaped)) ? whole.replace(/['"\\]/g, '\\$&') : whole,
  );
  return expand(asUnquoted, lookup);
}

const COMPARE: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '-eq': (a, b) => Number(a) === Number(b),
  '-ne': (a, b) => Number(a) !== Number(b),
  '-gt': (a, b) => Number(a) > Number(b),
  '-ge': (a, b) => Number(a) >= Number(b),
  '-lt': (a, b) => Number(a) < Number(b),
  '-le': (a, b) => Number(a) <= Number(b),
};

/** The result of `[` with these words; undefined if only a run could show it, as for file tests. */
export function evaluateTest(words: readonly (string | undefined)[]): boolean | undefined {
  const [first, second, third] = words;
  if (first === '!' && words.length > 1) {
    const found = evaluateTest(words.slice(1));
    return found === undefined ? undefined : !found;
  }
  if (words.length === 1) return first === undefined ? undefined : first !== '';
  if (words.length === 2 && second !== undefined) {
    return first === '-n' ? second !== '' : first === '-z' ? second === '' : undefined;
  }
  if (words.length !== 3 || first === undefined || second === undefined || third === undefined) return undefined;
  return COMPARE[second]?.(first, third);
}
