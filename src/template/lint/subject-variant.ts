import { isPlainTemplate } from '../pack-templates.ts';
import type { Lint } from './lint.ts';

export const subjectVariant: Lint = {
  name: 'subject-variant',
  level: 'fault',
  looksFor:
    'a `subject.<name>.hbs` or `preheader.<name>.hbs` whose name is not in kebab-case, or a preheader without the subject of its name',
  why: 'no variant of a campaign could choose it',
  how: 'write subject.<name>.hbs, its name in kebab-case, and at will preheader.<name>.hbs beside it',
  *find({ files }) {
    for (const file of Object.keys(files)) {
      if (!/^(subject|preheader)\..*hbs$/.test(file)) continue;
      if (!isPlainTemplate(file)) yield { file, line: 1, what: `"${file}" is no name that can be chosen` };
      else if (file.startsWith('preheader.') && files[file.replace('preheader', 'subject')] === undefined)
        yield {
          file,
          line: 1,
          what: `goes with ${file.replace('preheader', 'subject')}, which is not there`,
        };
    }
  },
};
