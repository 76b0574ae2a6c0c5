// A Chromium without a window, driven over its debugging pipe: pictures, PDFs and measurements of a
// page.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/** How a page is shown. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly media?: 'print';
}

type Values = Readonly<Record<string, unknown>>;
interface Waiting {
  readonly resolve: (result: Values) => void;
  readonly reject: (error: Error) => void;
}

// As root there is no sandbox, and the pages are our own.
const OPTIONS = [
  ...['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'],
  ...['--disable-background-networking', '--disable-dev-shm-usage', '--remote-debugging-pipe'],
];

export class Browser {
  readonly #child: ChildProcess;
  readonly #profile = mkdtempSync(join(tmpdir(), 'dos-sync-browser-'));
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, () => void>();
  #session: string | undefined;
  #sent = 0;
  #rest = '';

  private constructor(program: string) {
    const env = { ...process.env, HOME: this.#profile };
    const args = [...OPTIONS, `--user-data-dir=${this.#profile}`];
    this.#child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#child.on('error', () => this.#failAll(`${program} did not start; install it: npm run setup:system`));
    this.#child.on('close', () => this.#failAll(`${program} ended`));
    (this.#child.stdio[3] as Writable).on('error', () => undefined);
    (this.#child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk));
  }

  /** @throws if there is no Chromium. */
  static async open(program = 'chromium'): Promise<Browser> {
    const browser = new Browser(program);
    try {
      await browser.#attach();
      return browser;
    } catch (error) {
      browser.#removeProfile();
      throw error;
    }
  }

  /** Shows a file, and resolves when it is loaded. */
  async show(file: string, { width, height, scheme, media }: View): Promise<void> {
    await this.#send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.#send('Emulation.setEmulatedMedia', { media: media ?? '', features });
    const loaded = new Promise<void>((resolve) => this.#listeners.set('Page.loadEventFired', resolve));
    await this.#send('Page.navigate', { url: pathToFileURL(file).href });
    await loaded;
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const options = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', options);
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }

  /** The visible part of the page, as PNG. */
  async capture(): Promise<Buffer> {
    const { data } = await this.#send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data as string, 'base64');
  }

  /** The page as PDF, on A4. */
  async print(): Promise<Buffer> {
    const { data } = await this.#send('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69 });
    return Buffer.from(data as string, 'base64');
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.on('close', resolve));
    await this.#send('Browser.close').catch(() => this.#child.kill('SIGKILL'));
    await closed;
    this.#removeProfile();
  }

  async #attach(): Promise<void> {
    const { targetId } = await this.#send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#send('Target.attachToTarget', { targetId, flatten: true });
    this.#session = sessionId as string;
    await this.#send('Page.enable');
  }

  #removeProfile(): void {
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #send(method: string, params: Values = {}): Promise<Values> {
    this.#sent += 1;
    const id = this.#sent;
    const sessionId = method.startsWith('Target.') || method.startsWith('Browser.') ? undefined : this.#session;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Messages end with a zero byte. */
  #read(chunk: string): void {
    const messages = (this.#rest + chunk).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const each of messages) {
      const { id, method, result, error } = JSON.parse(each);
      if (method !== undefined) this.#listeners.get(method)?.();
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    }
  }

  #failAll(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}
