import { createClient, type Questionnaire } from "@cordboard/api";
import { afterHours } from "../support/flow-after-hours.ts";
import type { Installation } from "../support/installation.ts";
import { connectLab } from "../support/lab-client.ts";
import { signInOperator } from "../support/operator-client.ts";
import { until } from "../support/until.ts";

const long = {
  queue: "Assistance technique et suivi des réparations sous garantie",
  line: "Numéro national du service après-vente et des réclamations",
  person: "Marie-Françoise de Castelnau-Beauregard",
  box: "Service après-vente et réclamations",
};

export interface Accounts {
  /** An administrator whose screens are in this language. */
  readonly fr: { readonly email: string; readonly password: string };
  readonly en: { readonly email: string; readonly password: string };
  readonly supervisor: { readonly email: string; readonly password: string };
}

export type Admin = Awaited<ReturnType<typeof signInAdmin>>;

export function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

export async function signInAdmin(installation: Installation) {
  const client = createClient({ baseUrl: installation.url, fetch, language: "en", keepCookies: true });
  must(await client.call("session.signIn", { body: installation.admin }));
  return client;
}

/** Somebody for each language, who sees everything, and one who sees less. */
export async function makeAccounts(admin: Admin): Promise<Accounts> {
  const password = "a password long enough";
  const make = async (email: string, name: string, language: "fr" | "en", role: "admin" | "supervisor") => {
    must(await admin.call("users.create", { body: { email, name, language, role, enabled: true, password } }));
    return { email, password };
  };
  return {
    fr: await make("marie-francoise.de-castelnau-beauregard@martin-et-fils.example", long.person, "fr", "admin"),
    en: await make("tom@martin.example", "Tom Baker", "en", "admin"),
    supervisor: await make("lea@martin.example", "Léa Petit", "fr", "supervisor"),
  };
}

/** What a company has after a while: things with long names, calls of every kind, a callback that waits, and a message. */
export async function fillDay(installation: Installation, admin: Admin) {
  const operators = must(await admin.call("operators.list")).items;
  const [first] = must(await admin.call("queues.list")).items;
  const [box] = must(await admin.call("voicemailBoxes.list")).items;
  if (!first || !box) throw new Error("the demo company has no queue, or no box");
  const { queueId: _, rev: _rev, ...settings } = first;
  const operatorIds = operators.map(({ operatorId }) => operatorId);
  const queue = must(await admin.call("queues.create", { body: { ...settings, name: long.queue, operatorIds } }));
  const disabled = { code: "210", name: long.person, language: "fr", enabled: false } as const;
  must(await admin.call("operators.create", { body: disabled }));
  const telephones = [
    { name: "Domicile de Paul", target: { kind: "number", number: "+33612345678" } },
    { name: "Bureau de Londres", target: { kind: "number", number: "+442079460123" } },
    {
      name: "Téléphone de la direction régionale",
      target: { kind: "sipUri", uri: "sip:direction-regionale@pbx.martin-et-fils.example" },
    },
  ] as const;
  for (const body of telephones) must(await admin.call("telephones.create", { body }));
  const hours: [string, string][] = [
    ["08:30", "12:30"],
    ["14:00", "18:00"],
  ];
  const schedule = must(
    await admin.call("schedules.create", {
      body: {
        name: "Service après-vente, heures d’été",
        timeZone: "Europe/London",
        week: {
          mon: hours,
          tue: hours,
          wed: [["08:30", "18:00"]],
          thu: hours,
          fri: [["08:30", "16:00"]],
          sat: [],
          sun: [],
        },
        holidays: [
          { date: "2026-12-24", name: "Veille de Noël", hours: [["08:30", "12:00"]] },
          { date: "2026-12-25", name: "Noël" },
        ],
      },
    }),
  );
  const closed = {
    body: { forced: { state: "closed", until: null } },
    params: { scheduleId: schedule.scheduleId },
  } as const;
  must(await admin.call("schedules.force", closed));
  must(
    await admin.call("prompts.create", {
      body: {
        name: "Fermeture exceptionnelle pour inventaire",
        texts: {
          "fr-FR": "Nos bureaux sont fermés pour inventaire jusqu’à lundi.",
          "en-GB": "We are closed for stocktaking until Monday.",
        },
        replaces: null,
      },
    }),
  );
  must(
    await admin.call("prompts.create", {
      body: { name: "Au revoir", texts: { "fr-FR": "Au revoir !" }, replaces: "goodbye" },
    }),
  );
  const url = "https://crm.martin-et-fils.example/clients/recherche?numero={{number}}&ligne={{line}}&sujet={{subject}}";
  must(
    await admin.call("scripts.create", {
      body: { name: "Fiche client avec historique des réparations", url, window: "fiche" },
    }),
  );
  must(
    await admin.call("scripts.create", {
      body: { name: "Prise de rendez-vous pour une réparation", url: null, window: null, questionnaire: appointment },
    }),
  );
  must(
    await admin.call("scripts.create", {
      body: { name: "Tout ce qui se demande", url: null, window: null, questionnaire: everyKind },
    }),
  );
  must(
    await admin.call("voicemailBoxes.create", {
      body: { name: long.box, queueId: queue.queueId, operatorIds, retentionDays: 30 },
    }),
  );
  const document = {
    ...afterHours({ scheduleId: schedule.scheduleId, queueId: first.queueId, boxId: box.boxId }),
    id: "nuit",
    name: "Accueil de nuit et des jours fériés du service après-vente",
  };
  must(await admin.call("flows.create", { body: { name: document.name, flowId: "nuit", document } }));
  must(
    await admin.call("flows.publish", {
      params: { flowId: "nuit" },
      body: { document, note: "Première version, essayée avec l’équipe de nuit." },
    }),
  );
  must(await admin.call("flows.publish", { params: { flowId: "nuit" }, body: { document, note: "" } }));
  const line = "+33199001060";
  must(
    await admin.call("lines.create", {
      body: { name: long.line, number: line, flowId: "nuit", queueId: null, language: null },
    }),
  );
  must(
    await admin.call("lines.create", {
      body: { name: "Londres", number: "+442079460199", flowId: null, queueId: queue.queueId, language: "en-GB" },
    }),
  );
  must(
    await admin.call("lines.create", {
      body: { name: "Interne", number: "4021", flowId: null, queueId: null, language: null },
    }),
  );
  await makeCalls(installation, line);
  return { queueId: queue.queueId, scheduleId: schedule.scheduleId };
}

async function makeCalls(installation: Installation, nightLine: string) {
  const lab = await connectLab(installation.labUrl);
  const heard = () => JSON.stringify(lab.telephone("caller")?.call?.hears ?? null);
  const hangUp = async () => {
    lab.hangUp("caller");
    await lab.waitFor("caller", "idle");
  };
  const dial = async (from: string, to: string) => {
    lab.call(from, to);
    await lab.waitFor("caller", /^talking /);
  };
  // Closed: a message, and a callback.
  await dial("+33639981234", nightLine);
  await until(() => heard().includes("Message"), "the choice");
  lab.press("caller", "2");
  await lab.waitFor("caller", "talking voicemailGreeting");
  lab.press("caller", "#");
  await lab.waitFor("caller", "talking silence");
  await until(() => Date.now() - (lab.telephone("caller")?.call?.hearsSince ?? Date.now()) >= 2_500, "a message");
  lab.press("caller", "#");
  await lab.waitFor("caller", "talking voicemailSent");
  await hangUp();
  for (const from of ["+33639981235", "+442079460888"]) {
    await dial(from, nightLine);
    await until(() => heard().includes("Message"), "the choice");
    lab.press("caller", "1");
    await lab.waitFor("caller", /talking callback/);
    if (from.startsWith("+33")) {
      lab.press("caller", "1");
      await lab.waitFor("caller", "talking goodbye");
    }
    await hangUp();
  }
  // A conversation, one that is refused and given up, and one of somebody who hides.
  const [account] = installation.operators;
  if (!account) throw new Error("the demo company has no operator");
  const operator = await signInOperator(installation.url, account, "11");
  await dial("+33639981236", "+33199001011");
  await operator.waitFor(({ offer }) => offer !== null, "an offer");
  await operator.accept();
  await lab.waitFor("11", "ringing");
  lab.answer("11");
  await operator.waitFor(({ state }) => state === "talking", "talking");
  await until(() => Date.now() - (lab.telephone("11")?.call?.hearsSince ?? Date.now()) > 3_000, "a conversation");
  await hangUp();
  await operator.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await operator.ready();
  await dial("anonymous", "+33199001011");
  await operator.waitFor(({ offer }) => offer !== null, "an offer");
  await operator.refuse();
  await operator.signOut();
  await hangUp();
  await dial("+33639981237", "+33199001099").catch(() => undefined);
  if (lab.now("caller") !== "idle") await hangUp();
  lab.close();
}

/** A guided conversation that branches. */
const appointment: Questionnaire = {
  steps: [
    {
      ...{ stepId: "s1", title: "L’appareil", next: "s3" },
      say: "Bonjour {{contact.name}}, que puis-je faire pour vous ?",
      questions: [
        {
          ...{ key: "appareil", kind: "single", text: "De quel appareil s’agit-il ?", required: true },
          options: [
            { key: "a1", label: "Un lave-linge" },
            { key: "a2", label: "Un réfrigérateur ou un congélateur" },
          ],
        },
        { key: "garantie", kind: "yesNo", text: "Est-il sous garantie ?", required: true },
      ],
      branches: [{ question: "garantie", holds: "is", value: true, to: "s2" }],
    },
    {
      ...{ stepId: "s2", title: "La garantie", say: "", branches: [], next: "s3" },
      questions: [{ key: "achat", kind: "date", text: "Jour de l’achat", required: true }],
    },
    {
      ...{ stepId: "s3", title: "Le rendez-vous", say: "Quel jour vous conviendrait ?", branches: [], next: null },
      questions: [{ key: "jour", kind: "date", text: "Jour souhaité", required: true }],
    },
  ],
};

/** Every kind of question, and every way on. */
const everyKind: Questionnaire = {
  steps: [
    {
      ...{
        stepId: "s1",
        title: "Qui appelle",
        say: "Bonjour {{contact.name}}, vous appelez du {{number}}.",
        next: "s2",
      },
      questions: [
        { key: "client", kind: "yesNo", text: "Êtes-vous déjà client ?", required: true },
        {
          ...{ key: "sujet", kind: "single", text: "Pour quel sujet ?", required: true },
          options: [
            { key: "a1", label: "Une panne" },
            { key: "a2", label: "Une question sur la garantie, la livraison ou la reprise d’un ancien appareil" },
          ],
        },
        {
          ...{ key: "signes", kind: "several", text: "Que constatez-vous ?", required: false },
          options: [
            { key: "b1", label: "Un bruit" },
            { key: "b2", label: "Une fuite" },
          ],
        },
        { key: "surface", kind: "number", text: "Quelle surface ?", required: false, min: 9, max: 400, unit: "m²" },
        { key: "depuis", kind: "date", text: "Depuis quand ?", required: false },
        { key: "mots", kind: "text", text: "Dans les mots du client", required: false },
      ],
      branches: [
        { question: "client", holds: "is", value: false, to: "s2" },
        { question: "sujet", holds: "is", value: "a2", to: "s2" },
        { question: "signes", holds: "is", value: "b2", to: null },
        { question: "surface", holds: "atLeast", value: 200, to: "s2" },
        { question: "surface", holds: "below", value: 20, to: null },
        { question: "depuis", holds: "answered", value: null, to: "s2" },
        { question: "mots", holds: "unanswered", value: null, to: null },
      ],
    },
    { stepId: "s2", title: "La suite", say: "Un technicien vous rappelle.", questions: [], branches: [], next: null },
  ],
};
