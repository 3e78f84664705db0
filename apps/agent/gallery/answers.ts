import type {
  Callback,
  CallScripts,
  DeskContact,
  DeskDay,
  DeskDirectory,
  EarlierCall,
  PassOnTargets,
  RouteId,
  VoicemailMessage,
} from "@cordboard/api";

const id = (prefix: string, digit: number) => `${prefix}_${String(digit).repeat(32)}`;

/** What the server would say to the lists of the gallery's desks, counted from `now` (milliseconds since 1970). */
export function galleryAnswers(now: number): Partial<Record<RouteId, unknown>> {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  const minutes = (count: number) => count * 60_000;
  const paul = { kind: "operator", id: id("operator", 2), name: "Paul Lefèvre" } as const;
  const message: VoicemailMessage = {
    messageId: id("msg", 1),
    boxId: id("box", 1),
    boxName: "Service après-vente",
    queueId: id("queue", 1),
    callId: id("call", 1),
    state: "new",
    receivedAt: ago(minutes(17)),
    durationMs: 48_000,
    peaks: Array.from({ length: 120 }, (_, at) => Math.round(35 + 30 * Math.sin(at / 3) + 25 * Math.sin(at / 1.3))),
    from: "+33612345678",
    fromText: "06 12 34 56 78",
    hidden: false,
    callerName: null,
    lineName: "Accueil",
    heard: null,
    assignedTo: null,
    note: "",
    calledBack: null,
    forwarded: null,
    keptUntil: ago(-minutes(60 * 24 * 90)),
  };
  const messages: readonly VoicemailMessage[] = [
    { ...message, callerName: "Claire Fontaine" },
    { ...message, messageId: id("msg", 2), receivedAt: ago(minutes(75)), durationMs: 12_000 },
    {
      ...message,
      messageId: id("msg", 3),
      state: "kept",
      receivedAt: ago(minutes(26 * 60)),
      callerName: "Société internationale de distribution et de maintenance des appareils électroménagers",
      durationMs: 183_000,
      heard: { at: ago(minutes(60)), by: paul },
      assignedTo: { operatorId: id("operator", 1), name: "Inès Moreau" },
      note: "Rappeler après 16 h, demande un avoir sur la facture de septembre.",
      calledBack: { at: ago(minutes(20)), by: paul },
    },
    {
      ...message,
      messageId: id("msg", 4),
      state: "kept",
      receivedAt: ago(minutes(60 * 24 * 12)),
      from: null,
      fromText: null,
      hidden: true,
      heard: { at: ago(minutes(60 * 24 * 11)), by: paul },
    },
  ];
  const callback: Callback = {
    callbackId: id("call", 9),
    queueId: id("queue", 1),
    queueName: "Assistance",
    number: "+33556112233",
    numberText: "05 56 11 22 33",
    callerName: "M. Leroy",
    lineName: "Accueil",
    promisedAt: ago(minutes(62)),
    promisedInCallId: id("call", 8),
    origin: null,
    state: "waiting",
    heldBack: null,
    notBefore: null,
    slotAt: null,
    operator: null,
    attempts: [],
    attemptsAllowed: 3,
    endedAt: null,
    result: null,
  };
  const attempt = {
    at: ago(minutes(30)),
    operatorId: paul.id,
    operatorName: paul.name,
    result: "numberBusy",
    callId: id("call", 7),
  } as const;
  const callbacks: readonly Callback[] = [
    callback,
    {
      ...callback,
      callbackId: id("call", 6),
      callerName: null,
      promisedAt: ago(minutes(40)),
      attempts: [attempt],
      heldBack: "retry",
      notBefore: ago(-minutes(10)),
    },
    {
      ...callback,
      callbackId: id("call", 5),
      queueName: "Assistance technique et suivi des réparations sous garantie",
      callerName: "Société internationale de distribution et de maintenance",
      promisedAt: ago(minutes(20)),
      promisedInCallId: null,
      origin: { kind: "key", name: "Site de vente en ligne" },
      heldBack: "closed",
    },
    {
      ...callback,
      callbackId: id("call", 4),
      callerName: null,
      promisedAt: ago(minutes(8)),
      state: "calling",
      operator: { operatorId: paul.id, name: paul.name },
    },
  ];
  const earlier: readonly EarlierCall[] = [
    {
      startedAt: ago(minutes(60 * 25)),
      direction: "inbound",
      lineName: "Accueil",
      queueName: "Assistance",
      operatorName: "Paul Lefèvre",
      result: "answered",
      waitMs: 42_000,
      talkMs: 192_000,
    },
    {
      startedAt: ago(minutes(60 * 24 * 5)),
      direction: "inbound",
      lineName: "Accueil",
      queueName: null,
      operatorName: null,
      result: "voicemail",
      waitMs: 0,
      talkMs: 0,
    },
    {
      startedAt: ago(minutes(60 * 24 * 9)),
      direction: "outbound",
      lineName: "Accueil",
      queueName: "Commandes",
      operatorName: "Inès Moreau",
      result: "answered",
      waitMs: 0,
      talkMs: 61_000,
    },
  ];
  const day: DeskDay = {
    date: ago(0).slice(0, 10),
    timeZone: "Europe/Paris",
    computedAt: ago(0),
    figures: {
      offered: 19,
      accepted: 15,
      refused: 1,
      missed: 2,
      calls: 14,
      talkMs: minutes(71),
      averageTalkMs: 304_000,
      wrapUpMs: minutes(22),
      ringMs: 80_000,
      signedInMs: minutes(150),
      availableMs: minutes(38),
      pausedMs: minutes(18),
      pauses: [],
      occupancy: 0.7,
    },
    corrections: [],
    pauses: [
      { from: ago(minutes(120)), until: ago(minutes(110)), reason: "asked", label: "lunch" },
      { from: ago(minutes(52)), until: ago(minutes(50)), reason: "telephoneBusy", label: null },
      { from: ago(minutes(6)), until: null, reason: "asked", label: null },
    ],
  };
  const colleague = (digit: number, name: string, state: PassOnTargets["operators"][number]["state"]) => ({
    ...{ operatorId: id("operator", digit), name, state, since: ago(minutes(digit)), free: state === "available" },
  });
  const directory: PassOnTargets = {
    operators: [
      colleague(2, "Paul Lefèvre", "available"),
      colleague(3, "Zoé Garnier", "talking"),
      colleague(4, "Marc-Antoine de la Villardière", "paused"),
      colleague(5, "Léa Petit", "offline"),
    ],
    queues: [
      { queueId: id("queue", 1), name: "Assistance", waiting: 4, staffed: true },
      { queueId: id("queue", 3), name: "Facturation", waiting: 0, staffed: false },
      {
        ...{ queueId: id("queue", 4), waiting: 12, staffed: true },
        name: "Assistance technique et suivi des réparations",
      },
    ],
    flows: [{ flowId: "satisfaction", name: "Enquête de satisfaction" }],
    telephones: [{ telephoneId: id("telephone", 7), name: "Atelier" }],
    switchboard: true,
  };
  const seenAs = (digit: number, state: DeskDirectory["colleagues"][number]["state"], name: string) => ({
    ...{ operatorId: id("operator", digit), code: `10${digit}`, name, state, pauseLabel: null },
    since: state === "offline" ? null : ago(minutes(digit)),
    telephone: state === "offline" ? null : { telephoneId: id("telephone", digit), name: `Poste 21${digit}` },
  });
  const whom: DeskDirectory = {
    dialling: {
      allowed: true,
      first: "operator",
      origins: [],
      lines: [
        { lineId: id("line", 1), name: "Accueil", numberText: "01 43 67 09 03" },
        { lineId: id("line", 2), name: "Numéro national du service après-vente", numberText: "09 69 39 00 00" },
      ],
    },
    colleagues: [
      seenAs(2, "available", "Paul Lefèvre"),
      seenAs(3, "talking", "Zoé Garnier"),
      { ...seenAs(4, "paused", "Marc-Antoine de la Villardière-Beauregard"), pauseLabel: "training" },
      seenAs(5, "offline", "Léa Petit"),
    ],
    telephones: [{ telephoneId: id("telephone", 9), name: "Salle de réunion du premier étage" }],
    recent: [
      {
        ...{ callId: id("call", 1), direction: "inbound", number: "+33612345678", numberText: "06 12 34 56 78" },
        ...{ callerName: "Claire Fontaine", at: ago(minutes(14)), result: "answered" },
      },
      {
        ...{ callId: id("call", 2), direction: "outbound", number: "+33556112233", numberText: "05 56 11 22 33" },
        ...{ callerName: null, at: ago(minutes(95)), result: "answered" },
      },
      {
        ...{ callId: id("call", 3), direction: "inbound", number: null, numberText: null },
        ...{ callerName: null, at: ago(minutes(60 * 26)), result: "answered" },
      },
    ],
  };
  const lima: DeskContact = {
    ...{ contactId: id("contact", 1), name: "Ana Lima", company: "Cafés Lima", customerNumber: "C-1042" },
    numbers: [
      { number: "+33612345678", numberText: "06 12 34 56 78" },
      { number: "+442079460123", numberText: "+44 20 7946 0123" },
    ],
    ...{ vip: true, blocked: false },
    file: { name: "fiche client", url: "https://crm.example/contact/1042" },
  };
  const found: readonly DeskContact[] = [
    lima,
    {
      ...lima,
      ...{ contactId: id("contact", 2), vip: false, blocked: true, numbers: [] },
      name: "Bruno Lima, directeur de la maintenance des appareils électroménagers",
      company: "Société internationale de distribution et de maintenance",
    },
  ];
  const guided: CallScripts = {
    current: {
      ...{ scriptId: id("script", 1), name: "Prise de rendez-vous", rev: 3, contactId: null, finished: false },
      path: ["s1", "s2"],
      answers: [
        {
          ...{ key: "topic", value: "repair", operatorId: id("operator", 2), operatorName: "Paul Lefèvre" },
          ...{ at: ago(minutes(2)), rev: 2, givenAt: 1 },
        },
      ],
      questionnaire: {
        steps: [
          { stepId: "s1", title: "Accueil", say: "", questions: [], branches: [], next: "s2" },
          {
            ...{ stepId: "s2", title: "L’appareil et son propriétaire", branches: [], next: null },
            say: "Bonjour Madame Lima, je vois que vous nous appelez du 06 12 34 56 78. Que puis-je faire pour vous ?",
            questions: [
              {
                ...{ key: "topic", kind: "single", text: "De quoi s’agit-il ?", required: true },
                options: [
                  { key: "repair", label: "Une réparation" },
                  {
                    key: "other",
                    label: "Une question sur la garantie, la livraison ou la reprise d’un ancien appareil",
                  },
                ],
              },
              {
                ...{ key: "parts", kind: "several", text: "Ce qui ne marche plus", required: false },
                options: [
                  { key: "motor", label: "Le moteur" },
                  { key: "pump", label: "La pompe" },
                ],
              },
              { key: "warranty", kind: "yesNo", text: "Sous garantie ?", required: true },
              { key: "age", kind: "number", text: "Âge de l’appareil", required: false, min: 0, max: 40, unit: "ans" },
              { key: "day", kind: "date", text: "Jour souhaité", required: false },
              { key: "words", kind: "text", text: "Dans les mots du client", required: false },
            ],
          },
        ],
      },
    },
    others: [
      {
        ...{ scriptId: id("script", 2), name: "Qualification de l’appel", scriptRev: 4 },
        ...{ startedAt: ago(minutes(4)), finishedAt: ago(minutes(3)) },
        answers: [
          {
            ...{ key: "customer", step: "Accueil", question: "Déjà client ?", kind: "yesNo", value: true, labels: [] },
            ...{ unit: "", operatorId: id("operator", 2), operatorName: "Paul Lefèvre", at: ago(minutes(4)) },
          },
        ],
      },
    ],
  };
  return {
    "desk.directory": whom,
    "desk.contacts": { items: found, more: true },
    "deskMessages.allBoxes": { items: [{ boxId: id("box", 2), name: "Direction" }] },
    "desk.passOnTargets": directory,
    "deskMessages.list": { items: messages, next: null },
    "deskCallbacks.list": { items: callbacks, next: null },
    "desk.earlierCalls": { items: earlier },
    "desk.openScript": guided,
    "deskDay.get": day,
  };
}
