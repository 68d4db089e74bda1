import type { Profile } from '../profile/profile.ts';

/** The same person as a speaker of `lang`; region and formats stay where the person speaks it anyhow. */
export function inLanguage(profile: Profile, lang: string | null): Profile {
  if (lang === null || new Intl.Locale(profile.locale).language === new Intl.Locale(lang).language)
    return profile;
  return { ...profile, locale: lang };
}
