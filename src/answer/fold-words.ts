// Enters: what somebody wrote, in any spelling. Leaves: the words that tell questions apart, folded so that "höhere" finds "Höher".
// Never: a dictionary; a light hand is enough for lists of questions that say things in several ways.

/** Said in every question, and telling nothing. */
const idle: Readonly<Record<string, string>> = {
  de: `der die das den dem des ein eine einen einem einer eines und oder aber auch als an am auf aus bei bin bis bist da dann
    dass dein deine deinem deinen deiner denn dich dir doch du durch er es etwas euch euer eure fur gibt habe haben hat hatte
    hier ich ihr ihre im in ins ist ja jetzt kann konnen konnte mal man mein meine meinem meinen meiner meines mich mir mit muss
    nach noch nun nur ob schon sehr sein sich sie sind so uber um uns unser unsere vom von war waren was wegen wenn werde werden
    wird will wir wo wurde wurden zu zum zur mochte bitte eigentlich denn genau uberhaupt hallo nochmal gern gerne sagen sag wissen`,
  en: `a an the and or but of in on at to for from by with as is am are was were be been being it its this that these those i
    me my mine you your yours he she they them their we us our do does did done can could will would shall should may might must
    have has had so if then than there here please just also very really actually any some about into over hi hello again tell know
    want need get got let s t m re ve d ll`,
  it: `il lo la i gli le un uno una e ed o ma di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli
    alle dal dallo dalla dai nel nello nella nei sul sulla sono sei siamo siete ho hai ha abbiamo hanno essere avere mi ti si ci vi
    mio mia miei mie tuo tua tuoi tue suo sua nostro nostra vostro questo questa questi queste quello che non anche se posso
    puo puoi possiamo devo deve vorrei voglio c l d s e è cos per favore ciao ancora gia molto ora sapere dire dimmi`,
};

/** They tell when from why, but not electricity from bicycles: they count for less, and never alone. */
const asking = new Set(
  `warum wieso weshalb wann wie wer wen wem woher wohin wozu welche welcher welches wieviel viel hoch
   why when how who whom where which what much many long
   perche quando come chi dove quale quali quanto quanta quanti quante cosa`.split(/\s+/),
);

/** Other words for the same. */
const alike: Readonly<Record<string, string>> = {
  wieso: 'warum',
  weshalb: 'warum',
  wofur: 'warum',
  wieviel: 'viel',
  someone: 'somebody',
  bezahlen: 'zahlen',
  bezahle: 'zahlen',
};

const endings: Readonly<Record<string, RegExp>> = {
  de: /(?:ern|est|et|em|er|en|es|st|e|s|n|t)$/,
  en: /(?:ments|ment|ings|ing|ed|ers|er|es|ly|s|e|y)$/,
  it: /(?:amenti|amento|azioni|azione|ando|endo|are|ere|ire|ato|ata|ati|ate|ito|ita|iti|ite|uto|i|o|a|e)$/,
};

const idleWords = new Map(
  Object.entries(idle).map(([lang, words]) => [lang, new Set(words.split(/\s+/).map(plain))]),
);

/** However it was sent, a question has no more words than this. */
const mostWords = 60;

/** In the order they were written, each as the index knows it. @param lang BCP 47 */
export function foldWords(text: string, lang: string): string[] {
  const language = lang.split('-', 1)[0] ?? '';
  const left = idleWords.get(language);
  return wordsOf(text)
    .filter((word) => !left?.has(word))
    .map((word) => (Object.hasOwn(alike, word) ? (alike[word] ?? word) : word))
    .map((word) => (asking.has(word) ? word : stem(word, endings[language])));
}

/** The same for every way to write the same question. */
export function squeeze(text: string): string {
  return wordsOf(text).join(' ');
}

export function isAsking(word: string): boolean {
  return asking.has(word);
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, mostWords);
}

/** Without capitals, accents and the two ways to write an umlaut. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/\be\p{Pd}mail/gu, 'email')
    .replace(/([aou])e(?=[^aeiou\s]|$)/g, '$1');
}

/** Twice, so that plural and case both go; never down to less than three letters. */
function stem(word: string, ending: RegExp | undefined): string {
  let left = word;
  for (let turn = 0; turn < 2 && ending !== undefined; turn++) {
    const shorter = left.replace(ending, '');
    if (shorter.length < 3) break;
    left = shorter;
  }
  return left;
}
