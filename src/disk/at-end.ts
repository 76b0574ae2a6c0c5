// Cleanup for an early end of the process: by a signal, or because no work is left.

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

const waiting = new Set<() => void>();
let watches = false;

/**
 * Calls `clean` if the process ends before the returned function is called. Synchronous work
 * finishes first.
 */
export function cleanAtEnd(clean: () => void): () => void {
  deferSignals();
  waiting.add(clean);
  return () => void waiting.delete(clean);
}

/**
 * From now on a signal waits until synchronous work has finished. Called before something is made
 * that has to be removed at the end, so that no signal comes between the two.
 */
export function deferSignals(): void {
  if (watches) return;
  // The listeners are never removed: without one, a signal that is already pending would be lost.
  watches = true;
  process.on('exit', cleanUp);
  for (const signal of SIGNALS) process.on(signal, endBy);
}

function cleanUp(): void {
  for (const clean of waiting) {
    try {
      clean();
    } catch {
      // The process ends for another reason, which is reported elsewhere.
    }
  }
  waiting.clear();
}

/** Ends the process by the same signal, so that the parent process sees it. */
function endBy(signal: NodeJS.Signals): void {
  // A pager handles Ctrl-C itself.
  if (process.listenerCount(signal) > 1) return;
  cleanUp();
  process.removeAllListeners(signal);
  // safeguard signal-code (R25): the exit code names the signal (e2e/signals: SIG${signal})
  process.kill(process.pid, signal);
}
