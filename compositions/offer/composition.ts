import { defineComposition, type PropsOf, type Scene, type Utterance } from 'dearly/author';
import contract, { type OfferView } from '../../templates/offer/contract.ts';
import { callByName } from '../kit/call-by-name.ts';
import { sentences } from '../kit/sentences.ts';

// Three offers: what is told of an offer is drawn once for all who get it. Name, reason and price stand in scenes of their own.
const scenes = [
  {
    id: 'opening',
    durationInFrames: 80,
    reads: ({ offer, video }) => ({ id: offer.id, title: video.label }),
    chapter: ({ video }) => video.label,
    narration: ({ video }) => says(video.label),
  },
  {
    id: 'greeting',
    durationInFrames: 84,
    reads: ({ greeting, headline, video }) => ({ greeting, headline, title: video.label }),
    chapter: ({ video }) => video.title,
    caption: ({ greeting, headline }) => sentences(`${greeting}, ${headline}`),
    narration: ({ greeting, headline, person }) => [
      callByName(greeting, person.firstName),
      { say: headline },
    ],
  },
  {
    id: 'because',
    durationInFrames: 140,
    reads: ({ because, light, video }) => ({ because, light, note: video.light }),
    chapter: ({ video }) => video.light,
    caption: ({ because }) => because,
    narration: ({ video }) => says(video.said.because, video.light),
  },
  {
    id: 'product',
    durationInFrames: 104,
    reads: ({ offer: { id, name, summary } }) => ({ id, name, summary }),
    chapter: ({ offer }) => offer.name,
    caption: ({ offer }) => sentences(offer.name, offer.summary),
    narration: ({ offer }) => says(offer.summary),
  },
  {
    id: 'price',
    durationInFrames: 96,
    reads: ({ offer, video }) => ({
      price: { title: video.priceLabel, amount: offer.price, note: offer.priceNote },
      saving: { title: video.savingLabel, amount: offer.saving, note: offer.savingNote },
    }),
    chapter: ({ video }) => video.priceLabel,
    caption: ({ video }) => video.priceCaption,
    narration: ({ video }) => says(video.said.price),
    interactions: ({ offer, video }) => [
      { kind: 'link', label: offer.button, target: 'offer', from: 30, until: 96 },
      {
        kind: 'reveal',
        label: video.ask.terms,
        title: video.termsTitle,
        text: offer.terms,
        from: 36,
        until: 96,
      },
    ],
  },
  {
    id: 'benefits',
    durationInFrames: 128,
    reads: ({ offer, video }) => ({ title: video.benefitsTitle, benefits: offer.benefits }),
    chapter: ({ video }) => video.benefitsTitle,
    caption: ({ offer, video }) =>
      sentences(video.benefitsTitle, ...offer.benefits.map(({ title, text }) => `${title}: ${text}`)),
    narration: ({ offer }) => says(...offer.benefits.map(({ title }) => title)),
    interactions: ({ video }) => [
      { kind: 'branch', label: video.ask.price, scene: 'price', from: 40, until: 128 },
    ],
  },
  {
    id: 'closing',
    durationInFrames: 84,
    reads: ({ video }) => ({ title: video.closingTitle, text: video.closingText }),
    chapter: ({ video }) => video.closingTitle,
    caption: ({ video }) => sentences(video.closingTitle, video.closingText),
    narration: ({ video }) => says(video.closingTitle),
    interactions: ({ offer, video }) => [
      { kind: 'link', label: offer.button, target: 'offer', from: 20, until: 84 },
      { kind: 'form', label: video.ask.accept, form: 'accept', from: 30, until: 84 },
    ],
  },
] as const satisfies readonly Scene<OfferView>[];

/** What the component of scene `Id` gets: exactly what the scene reads. */
export type Shows<Id extends (typeof scenes)[number]['id']> = PropsOf<typeof scenes, Id>;

export default defineComposition({
  contract,
  formats: ['16:9', '1:1', '9:16'],
  fps: 30,
  title: ({ video }) => video.title,
  music: 'bed.m4a',
  poster: { scene: 'greeting', frame: 66 },
  scenes,
});

function says(...texts: readonly string[]): readonly Utterance[] {
  return [{ say: sentences(...texts) }];
}
