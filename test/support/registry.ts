// A registry of this checkout's packages, so that `npm i dos-sync` is typed as a person types it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The packages, and the directory of each. */
const PACKAGES: Readonly<Record<string, string>> = { 'dos-sync': '.', husky: 'node_modules/husky' };

export class Registry {
  readonly #server: Server;
  readonly #directory: string;

  private constructor(server: Server, directory: string) {
    this.#server = server;
    this.#directory = directory;
  }

  /** Packs each package; dist/ must be built. */
  static async start(): Promise<Registry> {
    const directory = mkdtempSync(join(tmpdir(), 'registry-'));
    const tarballs = new Map(Object.entries(PACKAGES).map(([name, from]) => [name, pack(from, directory)]));
    const server = createServer((request, response) => {
      const [, name = '', file] = (request.url ?? '').split('/');
      const tarball = tarballs.get(name);
      if (tarball === undefined) response.writeHead(404).end('{}');
      else if (file !== undefined) response.end(readFileSync(tarball));
      else response.end(JSON.stringify(describe(name, `http://${request.headers.host}/${name}/tarball`)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Registry(server, directory);
  }

  /** npm's settings for this registry, with a separate cache and place for global packages. */
  environment(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    const home = this.#directory;
    return {
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: join(home, 'cache'),
      npm_config_prefix: join(home, 'global'),
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
      PATH: `${join(home, 'global/bin')}:${process.env['PATH']}`,
    };
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** @returns the tarball's path. */
function pack(from: string, directory: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', directory];
  const printed = execFileSync('npm', args, { cwd: from, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
  return join(directory, filename);
}

function describe(name: string, tarball: string): object {
  const manifest = JSON.parse(readFileSync(join(PACKAGES[name] ?? '', 'package.json'), 'utf8')) as { version: string };
  const version = { ...manifest, dist: { tarball } };
  return { name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: version } };
}
