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

/** The mail that tells of an alarm, or of its end. */
export function alarmMail(
  alarm: Told & { readonly since: number; readonly endedAt: number | null },
  told: "raised" | "cleared",
  { language, timeZone, company, url }: { language: ScreenLanguage; timeZone: string; company: string; url: string },
): MailWords {
  const sentence = alarmSentence(alarm, language);
  const since = clock(alarm.since, language, timeZone);
  const foot = `${company} · ${url}/designer/alarms`;
  if (told === "raised") {
    const head = language === "fr" ? "Alarme" : "Alarm";
    const from = language === "fr" ? `Depuis : ${since}` : `Since: ${since}`;
    return {
      subject: `${head} · ${company} · ${sentence}`,
      text: `${sentence}\n\n${from}\n${remedy[language][alarm.kind]}\n\n${foot}\n`,
    };
  }
  const until = clock(alarm.endedAt ?? alarm.since, language, timeZone);
  return language === "fr"
    ? {
        subject: `Rétabli · ${company} · ${sentence}`,
        text: `C’est fini : ${sentence}\n\nDu ${since} au ${until}.\n\n${foot}\n`,
      }
    : {
        subject: `Over · ${company} · ${sentence}`,
        text: `It is over: ${sentence}\n\nFrom ${since} to ${until}.\n\n${foot}\n`,
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
