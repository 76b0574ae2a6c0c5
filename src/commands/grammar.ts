// Reads the command line's grammar from commander, so that completions and the manual page always
// match it.

import type { Argument, Command, Option } from 'commander';
import type { Grammar, OptionGrammar, ValueKind } from '../format/grammar.js';

// Argument names in angle brackets that are not paths.
const KINDS: Readonly<Record<string, ValueKind>> = {
  rev: 'revision',
  range: 'revision',
  side: ['a', 'b'],
  shell: ['bash', 'zsh', 'fish'],
  name: ['pre-commit', 'pre-merge-commit', 'pre-push', 'pre-receive'],
  a: 'path',
  b: 'path',
  path: 'paired',
  paths: 'paired',
};

export function readGrammar(program: Command): Grammar {
  const visible = program.createHelp().visibleCommands(program);
  const commands = program.commands.filter((command) => visible.includes(command));
  return commands.map((command) => {
    const [first] = command.registeredArguments;
    return {
      name: command.name(),
      usage: command.registeredArguments.map(usageOf).join(' '),
      description: command.description(),
      argument: first && (first.argChoices ?? KINDS[first.name()] ?? 'text'),
      options: command.options.filter(({ hidden }) => !hidden).map(readOption),
    };
  });
}

function readOption(option: Option): OptionGrammar {
  const name = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1];
  return {
    long: option.long ?? undefined,
    short: option.short ?? undefined,
    value: name === undefined ? undefined : { name, kind: option.argChoices ?? KINDS[name] ?? 'text' },
    description: option.description,
  };
}

function usageOf(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}
