// Where the made-up customers of Nordlicht Energie come from: names, places and tariffs by country.

export interface Country {
  readonly share: number;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: 'EUR' | 'CHF' | 'GBP';
  /** Per kWh, minor units. */
  readonly price: number;
  /** Per month, minor units. */
  readonly baseFee: number;
  readonly tariffs: readonly string[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly places: readonly (readonly [postcode: string, city: string])[];
}

/** An underscore stands for a space inside a name. */
const words = (text: string) => text.split(' ').map((it) => it.replace('_', ' '));
const lines = (text: string) => text.split(';').map((it) => it.trim());
const places = (text: string) =>
  lines(text).map((it): readonly [string, string] => {
    const [postcode = '', city = ''] = it.split('=');
    return [postcode, city];
  });

export const countries: readonly Country[] = [
  {
    share: 130,
    locale: 'de-DE',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    price: 33.4,
    baseFee: 1190,
    tariffs: ['Nordlicht Zuhause', 'Nordlicht Öko', 'Nordlicht Fix 24'],
    firstNames: words(
      'Anna Jürgen Sabine Björn Katharina Lukas Ömer Käthe Moritz Heike Jörg Miriam Torsten Lena Günther Zoë Anneliese Paul Emine Hannah Rüdiger Friederike Timo Ulrike Sören Marlene Hans-Peter Antje Emre Jana Wolfgang Greta',
    ),
    lastNames: words(
      'Müller Schäfer Weiß Krüger Großmann Petersen Öztürk Jansen Köhler Brandt Hübner Vogel Löwe Strauß Nguyen Böttcher Lindemann Kowalski Yıldız Fuchs Thiele Grünwald Hansen Kästner Sommer Behrens Ott Schröder Wagner-Lüdtke Reuß',
    ),
    places: places(
      '24103=Kiel; 20095=Hamburg; 10115=Berlin; 28195=Bremen; 04109=Leipzig; 50667=Köln; 80331=München; 60311=Frankfurt am Main; 99084=Erfurt; 18055=Rostock; 48143=Münster; 79098=Freiburg im Breisgau',
    ),
  },
  {
    share: 40,
    locale: 'de-AT',
    timeZone: 'Europe/Vienna',
    currency: 'EUR',
    price: 27.9,
    baseFee: 890,
    tariffs: ['Nordlicht Daheim', 'Nordlicht Wasserkraft'],
    firstNames: words(
      'Elisabeth Franz Magdalena Johann Theresa Florian Marie-Luise Alois Verena Xaver Sophie Matthias',
    ),
    lastNames: words(
      'Gruber Huber Pichler Moser Österreicher Kößler Steiner Fürnsinn Hofmann Wallner Eder Jovanović',
    ),
    places: places('1010=Wien; 8010=Graz; 4020=Linz; 5020=Salzburg; 6020=Innsbruck; 3100=St. Pölten'),
  },
  {
    share: 28,
    locale: 'de-CH',
    timeZone: 'Europe/Zurich',
    currency: 'CHF',
    price: 28.6,
    baseFee: 950,
    tariffs: ['Nordlicht Natur', 'Nordlicht Grundversorgung'],
    firstNames: words('Urs Reto Regula Beat Ursina Jürg Annina Flurin Vreni Noé Seraina Köbi'),
    lastNames: words(
      'Zürcher Bünzli Aebischer Brönnimann Meier Caduff Lüthi Rüegg von_Arx Schmid Egli Käser',
    ),
    places: places('8001=Zürich; 3011=Bern; 4051=Basel; 6003=Luzern; 7000=Chur; 9000=St. Gallen'),
  },
  {
    share: 30,
    locale: 'it-IT',
    timeZone: 'Europe/Rome',
    currency: 'EUR',
    price: 29.8,
    baseFee: 1020,
    tariffs: ['Nordlicht Casa', 'Nordlicht Sole'],
    firstNames: words(
      'Giulia Niccolò Francesca Matteo Chiara Salvatore Noemi Lorenzo Letizia Cosimo Eleonora Ruggero',
    ),
    lastNames: words(
      'Rossi Esposito Colombo Ferrari Lo_Presti Morandini Bianchi Pichler Conti Nicolò Galli Ricci',
    ),
    places: places('39100=Bolzano; 38122=Trento; 20121=Milano; 00184=Roma; 80134=Napoli; 10121=Torino'),
  },
  {
    share: 22,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    currency: 'GBP',
    price: 26.2,
    baseFee: 1640,
    tariffs: ['Nordlicht Home', 'Nordlicht Tracker'],
    firstNames: words('Charlotte Oliver Siân Harry Priya Callum Imogen Rhys Aoife George Zara Edmund'),
    lastNames: words(
      'Smith Hughes Patel MacDonald Taylor-Jones Brontë Okafor Wright Fitzgerald Clarke Singh Ashworth',
    ),
    places: places('EH1 1YZ=Edinburgh; M1 1AE=Manchester; BS1 4DJ=Bristol; CF10 1EP=Cardiff; LS1 4DY=Leeds'),
  },
];

/** People who make trouble for careless software, by their place in the list. */
export const oddNames: ReadonlyMap<number, readonly [locale: string, firstName: string, lastName: string]> =
  new Map([
    [3, ['en-GB', 'Sinéad', "O'Neill"]],
    [9, ['it-IT', 'Gennaro', "D'Angelo"]],
    // Sixty letters.
    [17, ['de-DE', 'Maximiliane', 'Schwarzenberg-Hohenlohe-Langenburg-Wolkenstein-Trostburgermühlen']],
    [26, ['de-DE', 'Mia 🌻', 'Sonnenschein']],
    [34, ['de-DE', 'נועה', 'בן־דוד']],
    [48, ['de-AT', 'Grete', 'Weiß, geb. Höllerer']],
    [61, ['de-DE', 'Ira "Ike"', 'Böhm']],
    [77, ['de-CH', 'X', 'Ö']],
  ]);
