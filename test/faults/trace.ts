// Parses strace's output: which calls change something, in which order, and which files were opened
// for writing.

/** One system call that changes something. */
export interface Call {
  /** Its name in strace. */
  readonly name: string;
  /** The number of calls of that name by the process, including this one: what `when=` counts. */
  readonly ordinal: number;
  /** The arguments, without numbers that vary between runs. */
  readonly args: string;
  readonly injected: boolean;
  /** The file of the call, if the trace shows it. */
  readonly path: string | undefined;
  /** In seconds, if the trace has times. */
  readonly time?: number;
}

const CHANGING = [
  ...['openat', 'creat', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'fsync', 'fdatasync', 'sync_file_range'],
  'syncfs',
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir', 'symlink', 'symlinkat'],
  ...['link', 'linkat', 'truncate', 'ftruncate', 'fallocate', 'copy_file_range', 'sendfile'],
  ...['chmod', 'fchmod', 'fchmodat', 'chown', 'fchown', 'lchown', 'fchownat'],
] as const;

/** The value of strace's `-e trace=`. */
export const TRACED = CHANGING.join(',');

/** Calls on an open file, which can also be a pipe. */
const OF_FILES = /^(?:p?writev?(?:64|2)?|fsync|fdatasync|syncfs)$/;

const LINE = /^(\w+)\((.*)\)\s+= (-?\d+)(.*)$/;

/** The changing calls of one process, in order. */
export function parseCalls(trace: string): readonly Call[] {
  const counts = new Map<string, number>();
  const calls: Call[] = [];
  const descriptors = new Map<string, string>();
  for (const timed of trace.split('\n')) {
    const line = timed.replace(/^\d+\.\d+ /, '');
    // Before execve, the process still belongs to its parent program.
    if (line.startsWith('execve(') && line.endsWith('= 0')) counts.clear();
    // A call that ends the process has no result: `rename("a", "b") = ?`.
    const match =
      LINE.exec(line) ?? /^(\w+)\((.*)\)\s+= (\?)(.*)$/.exec(line) ?? /^(\w+)\((.*)(\s)(<unfinished.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', args = '', result = '', rest = ''] = match;
    const ordinal = (counts.get(name) ?? 0) + 1;
    counts.set(name, ordinal);
    if (name === 'openat' && /^\d+$/.test(result)) descriptors.set(result, /^<(.*)>/.exec(rest)?.[1] ?? '');
    if (changes(name, args)) {
      const path = pathOf(args, descriptors);
      // The written bytes vary between runs, but not the target.
      const shown = name.includes('write') ? args.replace(/>.*$/s, '>') : args;
      const time = Number.parseFloat(timed);
      calls.push({ name, ordinal, args: plain(shown), injected: rest.includes('(INJECTED)'), path, time });
    }
  }
  return calls;
}

function changes(name: string, args: string): boolean {
  if (name === 'openat') return /O_CREAT|O_WRONLY|O_RDWR|O_TRUNC/.test(args) && !args.includes('"/dev/');
  // Pipes, terminals and the event loop's descriptors are not files.
  if (OF_FILES.test(name)) return /^\d+<\//.test(args) && !/^\d+<\/dev\//.test(args);
  return (CHANGING as readonly string[]).includes(name);
}

/** The last path of the arguments, with directory descriptors resolved. */
function pathOf(args: string, descriptors: ReadonlyMap<string, string>): string | undefined {
  const written = /^\d+<(\/[^>]*)>/.exec(args)?.[1];
  const named = [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
  const path = written ?? named.at(-1);
  return path?.replace(/^\/proc\/self\/fd\/(\d+)/, (whole, file: string) => descriptors.get(file) ?? whole);
}

function plain(args: string): string {
  return args
    .replace(/"(?:[^"\\]|\\.)*"\.\.\./g, '"…"')
    .replace(/\d+/g, '#')
    .slice(0, 160);
}
