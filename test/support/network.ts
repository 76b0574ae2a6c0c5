// Real servers for a directory of bare repositories: git daemon, and git http-backend behind nginx
// and fcgiwrap.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const DEADLINE = 20_000;
/** A daemon's PATH is short; the hook must not need more. */
const SHORT_PATH = '/usr/bin:/bin';

/** A server that runs until it is stopped. */
export class Server {
  readonly #children: ChildProcess[] = [];
  readonly #said: Buffer[] = [];

  /** The URL of the repositories, with a trailing slash. */
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  start(program: string, args: readonly string[]): void {
    const env = { ...process.env, PATH: SHORT_PATH };
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => this.#said.push(chunk));
    this.#children.push(child);
  }

  /** Resolves once a server listens there. @throws the server's output if none does. */
  async reach(place: { port: number; host: string } | { path: string }): Promise<void> {
    const end = Date.now() + DEADLINE;
    while (!(await listens(place))) {
      const gone = this.#children.find(({ exitCode }) => exitCode !== null);
      if (gone || Date.now() > end) throw new Error(`the server is not there: ${Buffer.concat(this.#said)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    for (const child of this.#children) {
      const ended = new Promise((resolve) => child.on('close', resolve));
      if (child.exitCode === null && child.kill()) await ended;
    }
  }
}

function listens(place: { port: number; host: string } | { path: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(place);
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** `git daemon` on a directory of repositories, with pushes allowed. */
export async function startDaemon(root: string): Promise<Server> {
  const port = await freePort();
  const server = new Server(`git://127.0.0.1:${port}/`);
  const flags = ['--reuseaddr', '--export-all', '--enable=receive-pack', `--base-path=${root}`];
  // Not `git daemon`: it starts the daemon as a child process, which would outlive it.
  server.start(join(execPath(), 'git-daemon'), [...flags, '--listen=127.0.0.1', `--port=${port}`]);
  await server.reach({ port, host: '127.0.0.1' });
  return server;
}

/** git http-backend behind nginx and fcgiwrap. `scratch`: a directory for their sockets and
 * files. */
export async function startHttp(root: string, scratch: string): Promise<Server> {
  const port = await freePort();
  const server = new Server(`http://127.0.0.1:${port}/`);
  mkdirSync(scratch);
  const socket = join(scratch, 'fcgi.sock');
  server.start('/usr/sbin/fcgiwrap', ['-s', `unix:${socket}`]);
  const file = join(scratch, 'nginx.conf');
  writeFileSync(file, nginxConfig(root, scratch, socket, port));
  server.start('/usr/sbin/nginx', ['-p', scratch, '-e', join(scratch, 'error.log'), '-c', file]);
  await server.reach({ path: socket });
  await server.reach({ port, host: '127.0.0.1' });
  return server;
}

function nginxConfig(root: string, scratch: string, socket: string, port: number): string {
  const places = ['client_body', 'fastcgi', 'proxy', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${join(scratch, name)};`,
  );
  const parameters = {
    SCRIPT_FILENAME: join(execPath(), 'git-http-backend'),
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: '$uri',
    // git-http-backend only accepts pushes of authenticated users.
    REMOTE_USER: 'somebody',
    QUERY_STRING: '$query_string',
    REQUEST_METHOD: '$request_method',
    CONTENT_TYPE: '$content_type',
    CONTENT_LENGTH: '$content_length',
    HTTP_CONTENT_ENCODING: '$http_content_encoding',
    GIT_PROTOCOL: '$http_git_protocol',
  };
  return [
    'daemon off;',
    'master_process off;',
    `pid ${join(scratch, 'nginx.pid')};`,
    'events {}',
    'http {',
    '  access_log off;',
    '  client_max_body_size 0;',
    ...places,
    '  server {',
    `    listen 127.0.0.1:${port};`,
    '    location / {',
    ...Object.entries(parameters).map(([name, value]) => `      fastcgi_param ${name} ${value};`),
    `      fastcgi_pass unix:${socket};`,
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}

function execPath(): string {
  const path = spawnSync('git', ['--exec-path'], { encoding: 'utf8' }).stdout.trim();
  if (!existsSync(path)) throw new Error('git does not say where its programs are');
  return path;
}
