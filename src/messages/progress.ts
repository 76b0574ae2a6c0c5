// The progress line of a long walk.

export function sayProgress(done: number, total: number | undefined): string {
  const words = `dos-sync: ${done.toLocaleString('en')}`;
  return total === undefined ? `${words} commits` : `${words} of ${total.toLocaleString('en')} commits`;
}
