// Walks every way through a tree of commands. Pure.

import { BUILTINS, type ShellCall } from './builtins.js';
import { eitherWay, ended, merge, type ShellWay } from './state.js';
import { readScript, type ShellCommand } from './tree.js';
import { expand } from './values.js';
import { assign, assignRaw, lookupIn, readName, withoutPrefix } from './variables.js';

type Of<Kind> = Extract<ShellCommand, { readonly kind: Kind }>;
type IsOurs = (words: readonly string[], variables: ReadonlyMap<string, string | undefined>) => boolean;

/** The walk's exit code for a commit that dos-sync blocks. */
const BLOCKED = '97';
const MOST_WAYS = 2000;
const MOST_STEPS = 20_000;
const DEEPEST = 30;

export class Walk {
  /** True after too many ways or too much nesting. */
  isLost = false;
  #steps = 0;
  #depth = 0;

  constructor(readonly isOurs: IsOurs) {}

  /** `guarded`: a status other than 0 does not end the script under `set -e`. */
  run(command: ShellCommand, ways: readonly ShellWay[], guarded: boolean): ShellWay[] {
    const next = merge(ways.flatMap((way) => (way.flow === 'on' ? this.#one(command, way, guarded) : [way])));
    this.#steps += ways.length;
    if (next.length > MOST_WAYS || this.#steps > MOST_STEPS) this.isLost = true;
    return this.isLost ? [] : next;
  }

  /** Runs the exit trap. */
  end(way: ShellWay): ShellWay[] {
    if (way.trap === '' || way.flow === 'lost') return [way];
    const tree = readScript(way.trap);
    if (tree === undefined) return [{ ...way, flow: 'lost' }];
    const run = this.run(tree, [{ ...way, flow: 'on', errexit: false, trap: '' }], false);
    return run.map((each) => (each.flow === 'on' ? { ...each, status: way.status } : each));
  }

  #one(command: ShellCommand, way: ShellWay, guarded: boolean): ShellWay[] {
    switch (command.kind) {
      case 'simple':
        return this.#checked(this.#simple(command, way, guarded), guarded);
      case 'list':
        if (command.commands.length === 0) return [ended(way, true)];
        return command.commands.reduce((ways, each) => this.run(each, ways, guarded), [way]);
      case 'and':
      case 'or':
        return this.#chain(command, way, guarded);
      case 'not':
        return this.run(command.body, [way], true).map((each) => ended(each, each.status !== '0'));
      case 'background':
        return this.#apart(command.body, way, guarded).map((each) => ended(each, true));
      case 'subshell':
        return this.#checked(this.#apart(command.body, way, guarded), guarded);
      case 'pipe':
        return this.#checked(this.#pipe(command, way, guarded), guarded);
      case 'function':
        return [{ ...ended(way, true), functions: new Map(way.functions).set(command.name, command.body) }];
      case 'if':
        return this.run(command.condition, [way], true).flatMap((each) =>
          this.run(each.status === '0' ? command.body : command.otherwise, [each], guarded),
        );
      case 'while':
      case 'until':
        return this.#loop(command, way, guarded);
      case 'for':
        return this.#for(command, way, guarded);
      case 'case':
        return this.#case(command, way, guarded);
    }
  }

  #checked(ways: readonly ShellWay[], guarded: boolean): ShellWay[] {
    return ways.map((way) =>
      way.errexit && !guarded && way.status !== '0' && way.flow === 'on' ? { ...way, flow: 'exit' } : way,
    );
  }

  #chain({ kind, left, right }: Of<'and' | 'or'>, way: ShellWay, guarded: boolean): ShellWay[] {
    return this.run(left, [way], true).flatMap((each) =>
      each.flow === 'on' && (each.status === '0') === (kind === 'and') ? this.run(right, [each], guarded) : [each],
    );
  }

  /** A subshell, which only returns its status. */
  #apart(body: ShellCommand, way: ShellWay, guarded: boolean): ShellWay[] {
    const inner = this.run(body, [{ ...way, trap: '' }], guarded).flatMap((each) => this.end(each));
    return inner.map(({ status, reached, guessed, flow }) => {
      return { ...way, status, reached, guessed, flow: flow === 'lost' ? flow : 'on' };
    });
  }

  #pipe({ stages }: Of<'pipe'>, way: ShellWay, guarded: boolean): ShellWay[] {
    let ways = [{ way, failed: '0' }];
    for (const stage of stages) {
      ways = ways.flatMap(({ way: each, failed }) => {
        if (each.flow !== 'on') return [{ way: each, failed }];
        return this.#apart(stage, each, guarded).map((next) => ({
          way: next,
          failed: next.status === '0' ? failed : next.status,
        }));
      });
    }
    return ways.map(({ way: each, failed }) => (each.pipefail ? ended(each, failed) : each));
  }

  /** The body is taken once; a loop that certainly continues then never ends. */
  #loop({ kind, condition, body }: Of<'while' | 'until'>, way: ShellWay, guarded: boolean): ShellWay[] {
    const isOver = ({ status, flow }: ShellWay): boolean => flow !== 'on' || (status === '0') === (kind === 'until');
    const leave = (each: ShellWay, status: string): ShellWay => (each.flow === 'on' ? ended(each, status) : goOn(each));
    return this.run(condition, [way], true).flatMap((asked) => {
      if (isOver(asked)) return [leave(asked, '0')];
      return this.run(body, [asked], guarded).flatMap((after) =>
        this.run(condition, [after], true).flatMap((again): ShellWay[] => {
          if (isOver(again)) return [leave(again, after.status)];
          return again.reached ? [{ ...again, flow: 'lost' }] : [];
        }),
      );
    });
  }

  #for({ name, words, body }: Of<'for'>, way: ShellWay, guarded: boolean): ShellWay[] {
    const isSure = words.some((word) => !/[$`]/.test(word));
    const only = words.length === 1 && words[0] !== undefined ? expand(words[0], lookupIn(way)) : undefined;
    const once = this.run(body, [assign(way, name, only)], guarded).map(goOn);
    return isSure ? once : [ended(way, true), ...once];
  }

  #case({ word, arms }: Of<'case'>, way: ShellWay, guarded: boolean): ShellWay[] {
    const value = expand(word, lookupIn(way));
    const isPlain = arms.every(({ patterns }) => patterns.every((each) => each === '*' || !/[*?[$`]/.test(each)));
    if (value !== undefined && isPlain) {
      const fits = (raw: string): boolean => raw === '*' || expand(raw, lookupIn(way)) === value;
      const arm = arms.find(({ patterns }) => patterns.some(fits));
      return arm ? this.run(arm.body, [way], guarded) : [ended(way, true)];
    }
    const unsure = { ...way, guessed: way.guessed || way.reached };
    const isWhole = arms.at(-1)?.patterns.includes('*') ?? false;
    return [
      ...(isWhole ? [] : [ended(unsure, true)]),
      ...arms.flatMap(({ body }) => this.run(body, [unsure], guarded)),
    ];
  }

  #simple({ assignments, words }: Of<'simple'>, way: ShellWay, guarded: boolean): ShellWay[] {
    const here = assignments.reduce(assignRaw, way);
    if (words.length === 0) {
      const asks = assignments.some((each) => /`|\$\((?!\()/.test(each));
      return asks ? eitherWay(here, guarded) : [ended(here, true)];
    }
    const result = this.call(words, here, guarded);
    if (assignments.length === 0) return result;
    return result.map((each) => withoutPrefix(each, assignments, way));
  }

  call(words: readonly string[], way: ShellWay, guarded: boolean): ShellWay[] {
    const lookup = lookupIn(way);
    const bare = words.map((word) => word.replace(/["'\\]/g, ''));
    const name = readName(words[0] ?? '', lookup);
    const call: ShellCall = {
      words,
      way,
      guarded,
      walk: this,
      values: words.slice(1).map((word) => expand(word, lookup)),
    };
    const isOurs = this.isOurs(bare, way.variables);
    if (isOurs && name !== 'exec') return [this.#start(way)];
    const body = name === undefined ? undefined : way.functions.get(name);
    if (body) return this.#function(body, way, guarded);
    const builtin = name === undefined ? undefined : BUILTINS.get(name);
    if (builtin) return builtin(call);
    // dos-sync inside a word of another command, or a command whose name only a run could show.
    const isHidden =
      bare.some((word) => /dos-sync[- ]hook\s/.test(word)) || (name === undefined && !words[0]?.includes('/'));
    return isHidden ? [{ ...way, flow: 'lost' }, ...eitherWay(way, guarded)] : eitherWay(way, guarded);
  }

  #start(way: ShellWay): ShellWay {
    const isOff = way.variables.get('DOS_SYNC') === '0';
    return { ...ended(way, isOff ? '0' : BLOCKED), reached: true, guessed: false };
  }

  #function(body: ShellCommand, way: ShellWay, guarded: boolean): ShellWay[] {
    if (this.#depth >= DEEPEST) this.isLost = true;
    if (this.isLost) return [];
    this.#depth++;
    const ways = this.run(body, [way], guarded);
    this.#depth--;
    return ways.map((each) => (each.flow === 'return' ? { ...each, flow: 'on' } : each));
  }
}

function goOn(way: ShellWay): ShellWay {
  return way.flow === 'break' ? { ...way, flow: 'on' } : way;
}
