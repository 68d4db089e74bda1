// Enters: a person, their data and a voice in their language. Leaves: the view, strings ready to show in every channel.
// Never: the choice (that is choose-offer.ts) or words (those are messages/).
import type { Presentation, Say } from 'dearly/author';
import { chooseOffer, type Offer, type Usage, usageOf } from './choose-offer.ts';
import type { OfferData, OfferViewInput } from './contract.ts';

export function present({ person, data, say }: Presentation<OfferData>): OfferViewInput {
  const usage = usageOf(data);
  const offer = chooseOffer(data);
  const first = person.firstName.trim();
  const named = { named: first === '' ? 'no' : 'yes', name: first };
  const isKnown = offer.saving > 0;
  const saving = isKnown
    ? say.t('about', { amount: say.money(offer.saving, data.currency, { whole: true }) })
    : say.t('check.open');
  const price = priceOf(offer, data, say);
  return {
    subject: say.t(isKnown ? `${offer.id}.subject` : 'check.subject.open', { ...named, saving }),
    teaser: say.t('preheader', { because: becauseOf(offer, usage, data, say), price }),
    person: { firstName: first, customerNumber: person.externalId },
    greeting: say.t('greeting', named),
    headline: say.t(`${offer.id}.headline`),
    offer: {
      id: offer.id,
      name: say.t(`${offer.id}.name`),
      summary: say.t(`${offer.id}.summary`),
      price,
      priceNote: say.t(`${offer.id}.priceNote`),
      saving,
      savingNote: say.t(`${offer.id}.savingNote`),
      value: worthOf(offer, usage),
      currency: data.currency,
      benefits: (['first', 'second', 'third'] as const).map((place) => ({
        title: say.t(`${offer.id}.${place}.title`, { years: yearsOf(offer) }),
        text: say.t(`${offer.id}.${place}.text`, { years: yearsOf(offer) }),
      })),
      terms: say.t(`${offer.id}.terms`, { tariff: data.tariff }),
      button: say.t(`${offer.id}.button`),
    },
    because: becauseOf(offer, usage, data, say),
    pictureAlt: say.t(`${offer.id}.alt`),
    light: lightOf(usage),
    windows: Array.from({ length: 6 }, (_, index) => index < data.householdSize),
    video: {
      title: say.t('page.title'),
      label: say.t('label'),
      light: say.t('video.light'),
      priceLabel: say.t('price.label'),
      savingLabel: say.t('saving.label'),
      priceCaption: say.t('video.price.caption', {
        price,
        priceNote: say.t(`${offer.id}.priceNote`),
        savingLabel: say.t('saving.label'),
        saving,
      }),
      benefitsTitle: say.t('benefits.title'),
      closingTitle: say.t('closing.title'),
      closingText: say.t('closing.text'),
      posterAlt: say.t('poster.alt', named),
      termsTitle: say.t('terms.title'),
      ask: {
        terms: say.t('video.ask.terms'),
        price: say.t('video.ask.price'),
        accept: say.t('video.ask.accept'),
      },
      said: { because: say.t('video.because.say'), price: say.t('video.price.say') },
    },
    offerUrl: `https://nordlicht.example/${say.lang}/${offer.id}`,
    contactUrl: `https://nordlicht.example/${say.lang}/contact`,
  };
}

function priceOf(offer: Offer, data: OfferData, say: Say): string {
  // The currency's small unit has no place in Intl.
  if (offer.id === 'fix')
    return say.t(`price.${data.currency}`, { value: say.number(offer.price, { digits: 2 }) });
  return say.money(offer.price, data.currency, { whole: offer.price % 100 === 0 });
}

function becauseOf(offer: Offer, usage: Usage, data: OfferData, say: Say): string {
  const kwh = (value: number) => say.t('kwh', { value: say.number(Math.round(value)) });
  const peak = usage.months.reduce((most, it) => (it.kwh > most.kwh ? it : most));
  return say.t(`because.${offer.reason}`, {
    people: data.householdSize,
    percent: say.percent(
      offer.reason === 'rise'
        ? data.pricePerKwh / data.previousPricePerKwh - 1
        : usage.total / usage.typical - 1,
    ),
    total: kwh(usage.total),
    times: say.number(usage.summer === 0 ? 0 : usage.winter / usage.summer, { digits: 1 }),
    peak: say.date(peak.month, 'monthYear'),
    peakKwh: kwh(peak.kwh),
    before: say.t(`price.${data.currency}`, {
      value: say.number(data.previousPricePerKwh, { digits: 2 }),
    }),
    now: say.t(`price.${data.currency}`, { value: say.number(data.pricePerKwh, { digits: 2 }) }),
  });
}

/** What is paid once; of a price per kWh a year's worth. */
function worthOf({ id, price }: Offer, usage: Usage): number {
  return Math.round(id === 'fix' ? price * usage.total : price) / 100;
}

/** Until it has paid for itself. */
function yearsOf({ price, saving }: Offer): number {
  return saving === 0 ? 0 : Math.ceil(price / saving);
}

/** A year in which every month was the same is a calm light of middling height. */
function lightOf({ months }: Usage): number[] {
  const all = months.map((it) => it.kwh);
  const least = Math.min(...all);
  const span = Math.max(...all) - least;
  return all.map(
    (kwh) => Math.round((span === 0 ? 0.6 : 0.34 + (0.66 * (kwh - least)) / span) * 1000) / 1000,
  );
}
