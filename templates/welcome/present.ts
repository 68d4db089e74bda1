import type { Presentation } from 'dearly/author';
import type { WelcomeData, WelcomeViewInput } from './contract.ts';

export function present({ person, data, say }: Presentation<WelcomeData>): WelcomeViewInput {
  const first = person.firstName.trim();
  const named = { named: first === '' ? 'no' : 'yes', name: first };
  return {
    subject: say.t('subject', named),
    greeting: say.t('greeting', named),
    request: say.t('request', { date: say.date(data.newsletterRequestedAt, 'day') }),
    consents: { marketing: say.t('consent.marketing'), tracking: say.t('consent.tracking') },
    topics: (['offers', 'tips', 'news'] as const).map((topic) => ({
      title: say.t(`topics.${topic}.title`),
      text: say.t(`topics.${topic}.text`),
    })),
    privacyUrl: `https://nordlicht.example/${say.lang}/privacy`,
  };
}
