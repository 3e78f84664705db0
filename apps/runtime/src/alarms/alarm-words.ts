import type { AlarmKind, ScreenLanguage } from "@cordboard/api";

interface Told {
  readonly kind: AlarmKind;
  readonly about: string | null;
}

const what: Readonly<Record<ScreenLanguage, Readonly<Record<AlarmKind, (about: string) => string>>>> = {
  fr: {
    queueUnstaffed: (queue) => `Des appelants attendent dans la file « ${queue} » et personne n’y est en service.`,
    jambonzGone: () => "Le serveur téléphonique (jambonz) ne répond pas.",
    noSpeech: () => "Le serveur téléphonique ne parvient plus à prononcer les textes.",
    storeSlow: () => "La base de données répond trop lentement, ou plus du tout.",
    diskFilling: (machine) => `Le disque de ${machine} est presque plein.`,
  },
  en: {
    queueUnstaffed: (queue) => `Callers wait in the queue “${queue}” and nobody is signed in for it.`,
    jambonzGone: () => "The telephone server (jambonz) does not answer.",
    noSpeech: () => "The telephone server can no longer speak texts.",
    storeSlow: () => "The database answers too slowly, or not at all.",
    diskFilling: (machine) => `The disk of ${machine} is almost full.`,
  },
};

const remedy: Readonly<Record<ScreenLanguage, Readonly<Record<AlarmKind, string>>>> = {
  fr: {
    queueUnstaffed: "Demandez à un opérateur de cocher cette file, ou fermez-la depuis le tableau en direct.",
    jambonzGone:
      "Vérifiez que jambonz tourne et que ce serveur le joint (JAMBONZ_API_URL). Les appels en cours continuent ; les nouveaux n’arrivent peut-être pas.",
    noSpeech:
      "Vérifiez le synthétiseur et ses identifiants dans jambonz. Les messages enregistrés sont toujours entendus ; les textes ne le sont pas.",
    storeSlow:
      "Vérifiez la base de données, son disque et sa charge. Les appels en cours continuent ; décisions et écrans attendent.",
    diskFilling:
      "Libérez de la place dans le dossier des données, ou agrandissez le disque, avant qu’enregistrements et base ne s’arrêtent.",
  },
  en: {
    queueUnstaffed: "Ask an operator to tick this queue, or close it from the live board.",
    jambonzGone:
      "Check that jambonz runs and that this server reaches it (JAMBONZ_API_URL). Calls in progress go on; new ones may not arrive.",
    noSpeech: "Check the synthesiser and its credentials in jambonz. Recorded prompts are still heard; texts are not.",
    storeSlow: "Check the database, its disk and its load. Calls in progress go on; decisions and screens wait.",
    diskFilling: "Free some room in the data folder, or enlarge the disk, before recordings and database stop.",
  },
};

/** What an alarm says, in one sentence. */
function alarmSentence({ kind, about }: Told, language: ScreenLanguage): string {
  return what[language][kind](about ?? "");
}

export interface MailWords {
  readonly subject: string;
  readonly text: string;
}

const clock = (at: number, language: ScreenLanguage, timeZone: string) =>
  new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  }).format(at);

export interface AlarmNews extends Told {
  readonly since: number;
  readonly endedAt: number | null;
  /** What of it is news. */
  readonly what: "raised" | "cleared";
}

interface MailFrame {
  readonly language: ScreenLanguage;
  readonly timeZone: string;
  readonly company: string;
  readonly url: string;
}

/** The mail that tells of alarms, or of their end: one mail, however much goes wrong at once. */
export function alarmMail(news: readonly AlarmNews[], { language, timeZone, company, url }: MailFrame): MailWords {
  const french = language === "fr";
  const said = news.map((one) => {
    const sentence = alarmSentence(one, language);
    const since = clock(one.since, language, timeZone);
    if (one.what === "raised")
      return `${sentence}\n${french ? "Depuis :" : "Since:"} ${since}\n${remedy[language][one.kind]}`;
    const until = clock(one.endedAt ?? one.since, language, timeZone);
    return french
      ? `C’est fini : ${sentence}\nDu ${since} au ${until}.`
      : `It is over: ${sentence}\nFrom ${since} to ${until}.`;
  });
  const [first] = news;
  const over = news.every(({ what: kind }) => kind === "cleared");
  const head = over ? (french ? "Rétabli" : "Over") : french ? "Alarme" : "Alarm";
  const about =
    news.length === 1 && first
      ? alarmSentence(first, language)
      : french
        ? `${news.length} nouvelles`
        : `${news.length} pieces of news`;
  return {
    subject: `${head} · ${company} · ${about}`,
    text: `${said.join("\n\n")}\n\n${company} · ${url}/designer/alarms\n`,
  };
}

/** The trial that an administrator sends. */
export function trialMail(language: ScreenLanguage, company: string, url: string): MailWords {
  return language === "fr"
    ? {
        subject: `Essai · ${company} · Les alarmes de Cordboard arrivent ici`,
        text: `Ceci est un essai : les alarmes techniques de ${company} arrivent à cette adresse.\n\n${url}/designer/alarms\n`,
      }
    : {
        subject: `Trial · ${company} · Cordboard’s alarms arrive here`,
        text: `This is a trial: the technical alarms of ${company} arrive at this address.\n\n${url}/designer/alarms\n`,
      };
}
