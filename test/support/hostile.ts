// File names that would act on a terminal or a CI log, and what would act in a log.

/**
 * The commands that a runner would find in this log. GitHub: `::name …::` at the start of a line,
 * after any whitespace, and as in Azure `##[name]` and `##vso[…]` anywhere. TeamCity:
 * `##teamcity[`. A terminal: every control character.
 */
export function commandsIn(log: string): string[] {
  return log.split('\n').flatMap((line) => {
    const command = /^[\s\u200b-\u200f\ufeff]*::[^:]/.test(line) || /##(?:vso|teamcity)?\[/.test(line);
    const acts = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(line);
    return command || acts ? [line] : [];
  });
}

/** File names that would act on a log. */
export const HOSTILE_NAMES = [
  '::error::all is well',
  ' \u3000::set-output name=x::y',
  '##[add-mask]a',
  '###[set-output name=x]y',
  'x##vso[task.complete result=Succeeded]',
  '##teamcity[buildStop]',
  'x\u001b[2K\rall in sync',
  'a\n::error::b',
  'bidi \u202e txt',
  '\u200b::error::c',
  'c1 \u009b2K',
  'tags \u{e0041}',
  'not a character \ufffe\uffff',
  '%0A::error::d,e:f',
  '"quoted" <tag attr="x">&amp;]]><br> \\back',
];
