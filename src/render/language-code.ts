/** ISO 639-2/T, which MP4 tracks say, by ISO 639-1, which the house says. Languages of Europe and the large ones of the world. */
const codes: Readonly<Record<string, string>> = {
  ...{ ar: 'ara', be: 'bel', bg: 'bul', bn: 'ben', bs: 'bos', ca: 'cat', cs: 'ces', cy: 'cym', da: 'dan' },
  ...{ de: 'deu', el: 'ell', en: 'eng', es: 'spa', et: 'est', eu: 'eus', fa: 'fas', fi: 'fin', fr: 'fra' },
  ...{ ga: 'gle', gl: 'glg', he: 'heb', hi: 'hin', hr: 'hrv', hu: 'hun', hy: 'hye', id: 'ind', is: 'isl' },
  ...{ it: 'ita', ja: 'jpn', ka: 'kat', ko: 'kor', lb: 'ltz', lt: 'lit', lv: 'lav', mk: 'mkd', ms: 'msa' },
  ...{ mt: 'mlt', nb: 'nob', nl: 'nld', nn: 'nno', no: 'nor', pl: 'pol', pt: 'por', rm: 'roh', ro: 'ron' },
  ...{ ru: 'rus', sk: 'slk', sl: 'slv', sq: 'sqi', sr: 'srp', sv: 'swe', sw: 'swa', th: 'tha', tr: 'tur' },
  ...{ uk: 'ukr', ur: 'urd', vi: 'vie', zh: 'zho' },
};

/** Of a BCP 47 tag; `und` (not determined) for those that are not listed. */
export function languageCode(tag: string): string {
  const [language = ''] = tag.toLowerCase().split('-');
  return codes[language] ?? (/^[a-z]{3}$/.test(language) ? language : 'und');
}
