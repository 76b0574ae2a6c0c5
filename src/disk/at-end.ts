// What is taken away where the process ends early: by a signal, or with nothing left to wait for.

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

const waiting = new Set<() => void>();
let watches = false;

/** Calls `clean` if the process ends before the result is called. What runs on the main thread is
 * finished first. */
export function cleanAtEnd(clean: () => void): () => void {
  watch();
  waiting.add(clean);
  return () => void waiting.delete(clean);
}

// The listeners stay: one that is removed too early swallows a signal that has arrived and is not
// handled yet.
function watch(): void {
  if (watches) return;
  watches = true;
  process.on('exit', cleanUp);
  for (const signal of SIGNALS) process.on(signal, endBy);
}

function cleanUp(): void {
  for (const clean of waiting) {
    try {
      clean();
    } catch {
      // The process ends for another reason, and that one is said.
    }
  }
  waiting.clear();
}

/** Ends as the signal alone would have, so that whoever started us sees it. */
function endBy(signal: NodeJS.Signals): void {
  // A pager handles Ctrl-C itself.
  if (process.listenerCount(signal) > 1) return;
  cleanUp();
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
