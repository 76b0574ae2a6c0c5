// What differs between operating systems. Each question takes the platform as a value.

type Platform = NodeJS.Platform;

/** The devices that are the user's terminal, whatever standard input and output are. */
export interface TerminalDevices {
  readonly input: string;
  readonly output: string;
}

/** https://learn.microsoft.com/windows/console/console-handles */
export function terminalDevices(platform: Platform = process.platform): TerminalDevices {
  return platform === 'win32'
    ? { input: '\\\\.\\CONIN$', output: '\\\\.\\CONOUT$' }
    : { input: '/dev/tty', output: '/dev/tty' };
}

/** The file names that a user starts a program by. */
export function programFiles(name: string, platform: Platform = process.platform): readonly string[] {
  return platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
}

/** The one that we can start: a .cmd needs a shell. */
export function startableFile(name: string, platform: Platform = process.platform): string {
  return platform === 'win32' ? `${name}.exe` : name;
}

/** The path with slashes: sh reads a backslash as an escape. */
export function asShellPath(path: string, platform: Platform = process.platform): string {
  return platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** The sh that git starts hooks with: on Windows it comes with git, beside its programs. */
export function shellBeside(execPath: string, platform: Platform = process.platform): string {
  if (platform !== 'win32') return '/bin/sh';
  const root = /^(.*?)[\\/](?:mingw\d+|clang\w+|usr)[\\/]libexec[\\/]git-core[\\/]?$/i.exec(execPath)?.[1];
  return root === undefined ? 'sh.exe' : `${root}\\usr\\bin\\sh.exe`;
}

/** False where a directory cannot be opened, and so not be synced. */
export function syncsDirectories(platform: Platform = process.platform): boolean {
  return platform !== 'win32';
}

/** False where every file can be started, so that a missing bit means nothing. */
export function hasExecutableBits(platform: Platform = process.platform): boolean {
  return platform !== 'win32';
}

/** True for an error that a rename meets while an editor or a virus scanner has the file open. */
export function isHeldOpen(code: string | undefined, platform: Platform = process.platform): boolean {
  return platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
}

/**
 * The name as git has it: macOS may list a letter and its accent apart, which git puts together.
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreprecomposeUnicode
 */
export function composedName(name: Buffer, platform: Platform = process.platform): Buffer {
  // safeguard composed-names: names are composed on macOS alone (unit/disk/system)
  if (platform !== 'darwin') return name;
  const text = name.toString('utf8');
  return Buffer.from(text, 'utf8').equals(name) ? Buffer.from(text.normalize('NFC'), 'utf8') : name;
}

/** False for a report into a file or a pipe on Windows, unless colours were asked for. */
export function colorsOf(
  isTerminal: boolean,
  { FORCE_COLOR, CI }: NodeJS.ProcessEnv,
  platform: Platform = process.platform,
): boolean {
  return platform !== 'win32' || isTerminal || Boolean(FORCE_COLOR) || Boolean(CI);
}
