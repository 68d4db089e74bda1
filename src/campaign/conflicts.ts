import type { Campaign } from './campaign.ts';
import type { Complaint, Path } from './parse-yaml.ts';
import { variantKey } from './variant.ts';

/** Fields that are right each by itself and cannot be meant together. Takes what could be read of a file, too. */
export function conflictsOf(it: Partial<Campaign>): Complaint[] {
  const found: Complaint[] = [];
  const say = (path: Path, message: string) => void found.push({ path, message });
  const variants = it.variants ?? [];
  if (it.sample && it.variants?.length === 1) {
    say(['sample'], 'expected several variants to try on it; name them under variants');
  }
  if (it.sample && (it.holdout ?? 0) + it.sample.share >= 1) {
    say(['holdout'], 'leaves nobody for the rest: expected holdout and sample.share together below 1');
  }
  if (it.composition === undefined) {
    for (const channel of ['video', 'poster'] as const) {
      const at = it.channels?.indexOf(channel) ?? -1;
      if (at >= 0) say(['channels', at], `${channel} needs a composition; name one under composition`);
    }
    for (const [at, { scenes }] of variants.entries()) {
      if (scenes) say(['variants', at, 'scenes'], 'needs a composition; name one under composition');
    }
  }
  const { per_second: all, per_domain: each, domains = {} } = it.throttle ?? {};
  const tooFast = (rate: number | undefined) => all !== undefined && rate !== undefined && rate > all;
  if (tooFast(each))
    say(['throttle', 'per_domain'], `is above per_second (${all}), so it would limit nothing`);
  for (const [domain, rate] of Object.entries(domains)) {
    if (tooFast(rate)) {
      say(['throttle', 'domains', domain], `is above per_second (${all}), so it would limit nothing`);
    }
  }
  const quiet = it.quiet_hours;
  const localTime = it.schedule?.local_time;
  if (quiet && quiet.from === quiet.until) {
    say(['quiet_hours'], 'cover the whole day: nobody would ever be written to');
  } else if (quiet && localTime && isWithin(localTime, quiet)) {
    say(['schedule', 'local_time'], `lies in the quiet hours (${quiet.from} to ${quiet.until})`);
  }
  return found;
}

/** What may be meant, but hardly is. */
export function doubtsOf({ variants = [] }: Partial<Campaign>): Complaint[] {
  return variants.flatMap((variant, at) => {
    const first = variants.findIndex((it) => variantKey(it) === variantKey(variant));
    if (first === at) return [];
    const message = `says the same as ${variants[first]?.name}: their figures can only differ by chance`;
    return [{ path: ['variants', at], message }];
  });
}

/** `from` belongs to them, `until` does not; they may go over midnight. Times as `HH:MM` sort as they are. */
function isWithin(time: string, { from, until }: { readonly from: string; readonly until: string }): boolean {
  return from < until ? time >= from && time < until : time >= from || time < until;
}
