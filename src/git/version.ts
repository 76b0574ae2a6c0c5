// Parses version numbers as programs print them.

/** True if the first `<major>.<minor>` in the text is that version or a newer one. */
export function isAtLeast(words: string, [major, minor]: readonly [number, number]): boolean {
  const [, ours = '0', then = '0'] = /(\d+)\.(\d+)/.exec(words) ?? [];
  return Number(ours) > major || (Number(ours) === major && Number(then) >= minor);
}
