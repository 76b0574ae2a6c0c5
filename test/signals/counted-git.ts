// A git on PATH that counts how often it is started, and strikes at one of these times.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Whom a signal reaches: dos-sync alone, everything that the terminal started, or one git. */
export type Target = 'main' | 'group' | 'git';

/** A strike at the git that is started as the `nth`, from 1. */
export interface AtGit {
  readonly nth: number;
  readonly when: 'before' | 'during' | 'after';
  /** Seconds after the git's start, for `during`. */
  readonly delay: number;
}

/** One start of a git in a run without a strike. */
export interface Started {
  /** Seconds. */
  readonly duration: number;
  readonly words: string;
}

// noclobber makes the count exact for gits that run at the same time. A subshell in the background
// ignores SIGINT and SIGQUIT, and so outlives its own strike.
const SCRIPT = `#!/bin/sh
place=@PLACE@
set -C
n=1
{ until true >"$place/started/$n"; do n=$((n + 1)); done; } 2>/dev/null
set +C
if [ -n "$STRIKE_RECORDS" ]; then
  start=$(date +%s.%N)
  @GIT@ "$@"
  code=$?
  printf '%s\\n' "$start $(date +%s.%N) $*" >"$place/started/$n"
  exit $code
fi
strike() {
  : >"$place/struck"
  case $STRIKE_TARGET in
    main) kill -s "$STRIKE_SIGNAL" "$PPID" ;;
    group) kill -s "$STRIKE_SIGNAL" 0 ;;
    git) kill -s "$STRIKE_SIGNAL" $$ ;;
  esac
}
[ "$n" = "$STRIKE_NTH" ] || exec @GIT@ "$@"
case $STRIKE_WHEN in
  before)
    strike
    exec @GIT@ "$@"
    ;;
  during)
    (sleep "$STRIKE_DELAY" && strike) </dev/null >/dev/null 2>&1 &
    exec @GIT@ "$@"
    ;;
  after)
    # git has ended, and dos-sync hears of it and of the signal at the same time.
    [ "$STRIKE_TARGET" = git ] || trap : HUP INT QUIT TERM
    @GIT@ "$@"
    code=$?
    strike
    exit $code
    ;;
esac
`;

export class CountedGit {
  readonly #place = mkdtempSync(join(tmpdir(), 'counted-git-'));

  constructor() {
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    const file = join(this.#place, 'git');
    writeFileSync(file, SCRIPT.replaceAll('@PLACE@', `'${this.#place}'`).replaceAll('@GIT@', `'${real}'`));
    chmodSync(file, 0o755);
    this.forget();
  }

  /** Forgets the gits that were started, before the next run. */
  forget(): void {
    rmSync(join(this.#place, 'struck'), { force: true });
    rmSync(join(this.#place, 'started'), { recursive: true, force: true });
    mkdirSync(join(this.#place, 'started'));
  }

  /** The variables for a run that is only recorded, or struck by this signal. */
  env(strike?: {
    readonly at: AtGit;
    readonly signal: NodeJS.Signals;
    readonly target: Target;
  }): Record<string, string> {
    const PATH = `${this.#place}${delimiter}${process.env['PATH'] ?? ''}`;
    if (!strike) return { PATH, STRIKE_RECORDS: '1' };
    const { at, signal, target } = strike;
    return {
      PATH,
      STRIKE_RECORDS: '',
      STRIKE_NTH: String(at.nth),
      STRIKE_WHEN: at.when,
      STRIKE_DELAY: at.delay.toFixed(4),
      STRIKE_SIGNAL: signal.replace('SIG', ''),
      STRIKE_TARGET: target,
    };
  }

  /** The gits of a recorded run, in the order of their starts. */
  started(): readonly Started[] {
    const directory = join(this.#place, 'started');
    const numbers = readdirSync(directory).map(Number);
    return numbers
      .sort((one, other) => one - other)
      .map((number) => {
        const [start = '', end = '', ...words] = readFileSync(join(directory, String(number)), 'utf8').split(' ');
        return { duration: Number(end) - Number(start), words: words.join(' ').trim() };
      });
  }

  hasStruck(): boolean {
    return existsSync(join(this.#place, 'struck'));
  }

  remove(): void {
    rmSync(this.#place, { recursive: true });
  }
}
