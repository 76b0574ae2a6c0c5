// The package has no docs/: packing makes the relative links of its README absolute, by the tag of
// its version. `relative` takes that back.
// usage: tsx scripts/pack-readme.ts absolute | relative (npm's prepack and postpack call it)

import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

interface PackageFacts {
  readonly version: string;
  readonly repository: { readonly url: string };
}

/** The beginnings of absolute links: to pages, and to pictures. */
interface Bases {
  readonly page: string;
  readonly picture: string;
}

/** @throws Error for a repository that is not on GitHub. */
export function basesOf({ version, repository: { url } }: PackageFacts): Bases {
  const [, name] = /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(url) ?? [];
  if (name === undefined) throw new Error(`package.json: ${url} is not a repository on GitHub`);
  return {
    page: `https://github.com/${name}/blob/v${version}/`,
    picture: `https://raw.githubusercontent.com/${name}/v${version}/`,
  };
}

// A target with a scheme is absolute already, and `#…` is on the same page.
const LINK = /(!?)(\[[^\]]*\])\((?![a-z]+:|#)([^)\s]+)\)/g;
const FENCED = /^```.*?^```$/gms;

export function withAbsoluteLinks(text: string, { page, picture }: Bases): string {
  const inProse = (prose: string): string =>
    prose.replace(LINK, (_, mark: string, words: string, target: string) => {
      return `${mark}${words}(${mark === '' ? page : picture}${target})`;
    });
  const fenced = text.match(FENCED) ?? [];
  return text
    .split(FENCED)
    .map((prose, at) => inProse(prose) + (fenced[at] ?? ''))
    .join('');
}

export function withRelativeLinks(text: string, { page, picture }: Bases): string {
  return text.replaceAll(`(${page}`, '(').replaceAll(`(${picture}`, '(');
}

function main([wanted = '']: readonly string[]): number {
  const rewrite = { absolute: withAbsoluteLinks, relative: withRelativeLinks }[wanted];
  if (rewrite === undefined) {
    process.stderr.write('usage: tsx scripts/pack-readme.ts absolute | relative\n');
    return 2;
  }
  const bases = basesOf(JSON.parse(readFileSync('package.json', 'utf8')) as PackageFacts);
  writeFileSync('README.md', rewrite(readFileSync('README.md', 'utf8'), bases));
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.argv.slice(2));
