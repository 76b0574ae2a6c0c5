// Cleanup for an early end of the process: by a signal, or because no work is left.

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

const waiting = new Set<() => void>();
let watches = false;

/**
 * Calls `clean` if the process ends before the returned function is called. Synchronous work
 * finishes first.
 */
export function cleanAtEnd(clean: () => void): () => void {
  watch();
  waiting.add(clean);
  return () => void waiting.delete(clean);
}

// The listeners are never removed: without one, a signal that is already pending would be lost.
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
