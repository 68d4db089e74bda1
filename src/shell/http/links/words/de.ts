/** What the small pages say. */
export const de = {
  missing: {
    title: 'Diese Seite gibt es nicht',
    text: 'Der Link ist unvollständig oder gilt nicht. Öffne ihn am besten noch einmal direkt aus deiner E-Mail.',
  },
  over: {
    title: 'Dieser Link ist abgelaufen',
    text: 'Persönliche Seiten halten wir nur eine begrenzte Zeit bereit. In deiner neuesten E-Mail findest du den aktuellen Link.',
  },
  broken: {
    title: 'Das hat gerade nicht geklappt',
    text: 'Der Fehler liegt bei uns. Bitte versuch es in ein paar Minuten noch einmal.',
  },
  busy: {
    title: 'Einen Moment bitte',
    text: 'Das waren viele Anfragen auf einmal. Versuch es gleich noch einmal.',
  },
  invalid: {
    title: 'Das konnten wir nicht lesen',
    text: 'Bitte geh zurück, lade die Seite neu und versuch es noch einmal.',
  },
  unsubscribe: {
    eyebrow: 'Abmelden',
    service: {
      title: 'Keine Nachrichten zu deinem Vertrag mehr per E-Mail?',
      text: 'Ein Klick genügt. Andere Nachrichten, die du bestellt hast, bekommst du weiterhin.',
    },
    marketing: {
      title: 'Keine Angebote mehr per E-Mail?',
      text: 'Ein Klick genügt. Nachrichten zu deinem Vertrag bekommst du weiterhin.',
    },
    tracking: {
      title: 'Nicht mehr mitzählen?',
      text: 'Ein Klick genügt. Wir zählen dann nicht mehr, ob du unsere Nachrichten öffnest.',
    },
    button: 'Abmelden',
  },
  unsubscribed: {
    title: 'Du bist abgemeldet',
    text: 'Dazu schreiben wir dir nicht mehr.',
  },
  confirm: {
    eyebrow: 'Anmeldung bestätigen',
    title: 'Willst du von uns hören?',
    button: 'Ja, gern',
    note: 'Du hast dich nicht angemeldet? Dann schließ diese Seite einfach. Ohne deinen Klick passiert nichts.',
    done: {
      eyebrow: 'Bestätigt',
      title: 'Danke, du bist dabei',
      text: 'Wir haben dein Ja notiert. Abmelden kannst du dich jederzeit mit dem Link in jeder E-Mail.',
    },
    outdated: {
      title: 'Dieser Link gilt nicht mehr',
      text: 'Du hast dich seitdem abgemeldet, oder deine E-Mail-Adresse hat sich geändert. Wenn du wieder von uns hören willst, melde dich neu an.',
    },
  },
  gate: {
    locked: {
      title: 'Jetzt erst einmal eine Pause',
      text: 'Das waren mehrere Antworten, die nicht passen. Versuch es in einer Viertelstunde wieder, nach weiteren Fehlversuchen etwas später.',
    },
    closed: {
      title: 'Diese Seite ist geschlossen',
      text: 'Zu oft hat die Antwort nicht gepasst. Melde dich bei uns, dann öffnen wir sie wieder für dich.',
    },
  },
  thanks: {
    title: 'Danke für deine Antwort',
    text: 'Wir lesen jede einzelne und machen es beim nächsten Mal besser.',
  },
  back: 'Zurück zu deiner Seite',
  pdf: {
    title: 'Dein Dokument entsteht',
    text: 'Das dauert nur einen Moment. Diese Seite lädt sich von selbst neu.',
  },
  video: {
    title: 'Dein Film wird gezeichnet',
    text: 'Das dauert meist unter einer Minute. Diese Seite lädt sich von selbst neu.',
  },
  videoFailed: {
    title: 'Der Film ließ sich nicht herstellen',
    text: 'Auf deiner persönlichen Seite kannst du ihn trotzdem ansehen.',
  },
};

/** Every language says all of it. */
export type Words = typeof de;
