import type { Finding } from './finding.ts';
import type { MergedLint } from './lint.ts';

export const samples: MergedLint = {
  name: 'samples',
  level: 'warning',
  looksFor: 'an email without samples; a sample that cannot be merged is a fault',
  why: 'nobody can see what the message looks like, and it cannot be measured',
  how: 'write a made-up person into samples/<name>.json',
  *measure(merged) {
    if (merged.length === 0) yield { file: 'email.mjml', line: 1, what: 'no sample shows this email' };
  },
};

export function brokenSample(name: string, lang: string, reason: string): Finding {
  return {
    lint: samples.name,
    level: 'fault',
    file: `samples/${name}.json`,
    line: 1,
    what: `in ${lang} it cannot be merged: ${reason}`,
    why: samples.why,
    how: 'mend the sample, or what present.ts makes of it',
  };
}
