import type { Json } from '../../profile/profile.ts';

/** Scripts with a family of their own; the text family's faces are split by script already. */
const families: readonly { readonly family: string; readonly weights: string[]; readonly script: RegExp }[] =
  [
    { family: 'Hanken Grotesk Variable', weights: ['400', '680'], script: /./u },
    { family: 'Noto Sans Hebrew Variable', weights: ['400'], script: /\p{Script=Hebrew}/u },
    { family: 'Noto Sans Arabic Variable', weights: ['400'], script: /\p{Script=Arabic}/u },
    {
      family: 'Noto Color Emoji',
      weights: ['400'],
      script: /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f/u,
    },
  ];

/** Loads the faces that these texts need and no others, so that no frame is drawn in a fallback. */
export async function loadFonts(content: Json): Promise<void> {
  const letters = [...new Set(textOf(content))];
  const wanted = families.flatMap(({ family, weights, script }) => {
    const text = letters.filter((letter) => script.test(letter)).join('');
    return text === ''
      ? []
      : weights.map((weight) => document.fonts.load(`${weight} 16px "${family}"`, text));
  });
  await Promise.all(wanted);
}

function textOf(content: Json): string {
  if (typeof content === 'string') return content;
  if (content === null || typeof content !== 'object') return '';
  return Object.values(content).map(textOf).join('');
}
