// The measurements in docs/performance.json, separate for each part, so that a run may measure only
// some.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Times } from './timer.js';

const NUMBERS = 'docs/performance.json';

/** Where it was measured. */
export interface Environment {
  readonly machine: string;
  readonly versions: string;
}

/** Any part may be missing. Times are milliseconds, round by round. */
export interface Parts {
  readonly commits?: Times;
  readonly trace?: Times;
  readonly paths?: ReadonlyMap<number, PathTimes>;
  readonly manifests?: Times;
  readonly staged?: ReadonlyMap<number, Times>;
  readonly check?: ReadonlyMap<number, Times>;
  /** By the curve's name, then by size. */
  readonly curves?: ReadonlyMap<string, ReadonlyMap<number, Times>>;
}

export interface PathTimes {
  readonly untouched: Times;
  readonly touched: Times;
  /** Memory of our program, in MB. */
  readonly memory: number;
}

export type PartName = keyof Parts;

/** How one part was measured. */
export interface PartRun {
  readonly rounds: number;
  /** One-minute load averages, before and after. */
  readonly load: readonly [number, number];
  /** The day, as YYYY-MM-DD. */
  readonly day: string;
  /** The versions of the peers, if the part has some. */
  readonly peers?: string;
}

export interface Measured {
  readonly environment: Environment;
  readonly parts: Parts;
  readonly runs: Readonly<Partial<Record<PartName, PartRun>>>;
}

export function readMeasured(): Measured | undefined {
  if (!existsSync(NUMBERS)) return undefined;
  return JSON.parse(readFileSync(NUMBERS, 'utf8'), (_, value) =>
    Array.isArray(value?.map) && Object.keys(value).length === 1 ? new Map(value.map) : value,
  ) as Measured;
}

export function writeMeasured(measured: Measured): void {
  const text = JSON.stringify(measured, (_, value) => {
    if (value instanceof Map) return { map: [...value] };
    return typeof value === 'number' ? Math.round(value * 100) / 100 : value;
  });
  writeFileSync(NUMBERS, `${text}\n`);
}

/** Replaces one part. Parts from another environment are dropped. */
export function withPart(
  before: Measured | undefined,
  environment: Environment,
  name: PartName,
  part: Parts[PartName],
  run: PartRun,
): Measured {
  const same =
    before !== undefined &&
    before.environment.machine === environment.machine &&
    before.environment.versions === environment.versions;
  return {
    environment,
    parts: { ...(same ? before.parts : {}), [name]: part },
    runs: { ...(same ? before.runs : {}), [name]: run },
  };
}
