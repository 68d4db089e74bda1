import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, measured on two cores: begun last, it would keep one of them waiting at the end. */
const longest = [
  'faults/short',
  'adapters/chromium/ways-out',
  'shell/cli/render-film',
  'adapters/chromium/fast-lane/drawn-in-part',
  'adapters/chromium/fast-lane/likeness',
  'web/studio',
  'shell/cli/verbs',
  'adapters/chromium/reference-lane',
  'adapters/chromium/fast-lane/lost-pages',
  'template/merged-equals-slow',
  'web/player/player',
  'adapters/postgres/embedded/embedded',
  'web/email-pixels',
  'run/work-run-processes',
  'compositions/personal-share',
  'deliver/read-back',
];

/** Vitest knows durations of an earlier run alone; a fresh checkout has had none, and would go by the files' sizes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
