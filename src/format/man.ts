// The manual page, in man(7): https://man7.org/linux/man-pages/man7/man.7.html

import { keyOf, SETTINGS, type Setting, type SettingName } from '../git/config.js';
import { MAN_DESCRIPTION, MAN_EXIT, MAN_FILES, MAN_SUMMARY, manSetting } from '../messages/man.js';
import { type Grammar, namesOf, type OptionGrammar, type VerbGrammar } from './grammar.js';

/** The page. `version`: dos-sync's version; `day`: when it was built, as 2026-01-31. */
export function formatMan(grammar: Grammar, version: string, day: string): string[] {
  return [
    `.TH GIT\\-DOS\\-SYNC 1 "${day}" "dos\\-sync ${roff(version)}" "Git Manual"`,
    '.SH NAME',
    `git\\-dos\\-sync \\- ${roff(MAN_SUMMARY)}`,
    '.SH SYNOPSIS',
    ...grammar.flatMap(({ name, usage }, at) => [
      ...(at > 0 ? ['.P'] : []),
      `\\fBgit dos\\-sync ${roff(name)}\\fR [options] ${roff(usage)}`.trimEnd(),
    ]),
    '.SH DESCRIPTION',
    ...MAN_DESCRIPTION.flatMap((paragraph, at) => [...(at > 0 ? ['.P'] : []), roff(paragraph)]),
    '.SH COMMANDS',
    ...grammar.flatMap(formatVerb),
    '.SH EXIT STATUS',
    ...MAN_EXIT.flatMap(formatTerm),
    '.SH CONFIGURATION',
    ...Object.entries<Setting>(SETTINGS).flatMap(formatSetting),
    '.SH FILES',
    ...MAN_FILES.flatMap(formatTerm),
    '.SH SEE ALSO',
    '.BR githooks (5),',
    '.BR git\\-config (1)',
  ];
}

function formatVerb({ name, usage, description, options }: VerbGrammar): string[] {
  return [
    `.SS ${roff([name, usage].join(' ').trim())}`,
    roff(description),
    ...options.flatMap((option) => formatTerm([optionText(option), option.description])),
  ];
}

function optionText(option: OptionGrammar): string {
  const value = option.value ? ` <${option.value.name}>` : '';
  const choices = option.value && typeof option.value.kind === 'object' ? ` (${option.value.kind.join(', ')})` : '';
  return `${namesOf(option).join(', ')}${value}${choices}`;
}

function formatSetting([name, setting]: [string, Setting]): string[] {
  const values = setting.type === 'choice' ? setting.values : [];
  return formatTerm(manSetting(keyOf(name as SettingName), values, setting.doc, setting.default));
}

function formatTerm([term, text]: readonly [string, string]): string[] {
  return ['.TP', `\\fB${roff(term)}\\fR`, roff(text)];
}

/** Text escaped for roff. */
function roff(text: string): string {
  return text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/^([.'])/, '\\&$1')
    .replace(/…/g, '\\&...');
}
