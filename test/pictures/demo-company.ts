import { type Admin, must } from "./demo-day.ts";

const crm = "https://crm.martin-et-fils.example/api/v2/contacts/recherche?telephone={{key}}&champs=nom,societe,contrat";
const nowhere = {
  company: null,
  language: null,
  customerNumber: null,
  vip: null,
  blocked: null,
  preferredOperator: null,
  notes: null,
};

/** What a company has that is joined to other programs: fields of its own, contacts, a connector and its secret, a key, webhooks, rules. */
export async function fillCompany(admin: Admin) {
  const company = must(await admin.call("company.get"));
  const { companyId: _, code: _code, ...fields } = company;
  must(
    await admin.call("company.change", {
      body: {
        ...fields,
        contactFields: [
          { key: "contract", name: "Numéro de contrat", type: "text" },
          { key: "endOfWarranty", name: "Fin de la garantie", type: "date" },
          { key: "inArrears", name: "En retard de paiement", type: "yesNo" },
        ],
        outcomes: [
          { code: "sold", name: { fr: "Vente conclue", en: "Sold" } },
          { code: "repair", name: { fr: "Réparation sous garantie demandée", en: "Repair under warranty asked for" } },
          { code: "wrong", name: { fr: "Erreur de numéro", en: "Wrong number" } },
        ],
        skills: [
          { code: "english", name: { fr: "Anglais", en: "English" } },
          { code: "heating", name: { fr: "Chaudières à condensation", en: "Condensing boilers" } },
        ],
      },
    }),
  );
  const operators = must(await admin.call("operators.list")).items;
  for (const [at, { operatorId, rev, ...operator }] of operators.slice(0, 2).entries()) {
    const { code, name, language, enabled } = operator;
    const skills = [
      { skillId: "english", level: 3 + at },
      { skillId: "heating", level: 5 },
    ];
    const body = { code, name, language, enabled, skills, autoAcceptMs: at === 0 ? null : 5_000, rev };
    must(await admin.call("operators.change", { params: { operatorId }, body }));
  }
  const blank = { language: null, vip: false, blocked: false, preferredOperatorId: null, externalIds: [], fields: {} };
  const people = [
    { name: "Établissements Vandenbroucke-Lestienne et Compagnie", company: "Vandenbroucke-Lestienne", vip: true },
    { name: "Jean Dupont", company: "", notes: "Rappeler plutôt le matin." },
    { name: "Ava Wright", company: "Wright & Sons", language: "en-GB" },
    { name: "Démarchage", company: "", blocked: true },
  ];
  for (const [at, person] of people.entries()) {
    const numbers = [`+3363998123${4 + at}`, ...(at === 0 ? ["+33155667788", "+442079460123"] : [])];
    const own = at === 0 ? { contract: "SAV-2026-004417", endOfWarranty: "2027-03-31", inArrears: true } : {};
    const body = { ...blank, notes: "", customerNumber: `C-10${at}4`, ...person, numbers, fields: own };
    must(await admin.call("contacts.create", { body }));
  }
  must(await admin.call("secrets.set", { params: { name: "crmToken" }, body: { value: "not a secret" } }));
  must(
    await admin.call("connectors.create", {
      body: {
        name: "Fichier clients du service commercial",
        method: "GET",
        url: crm,
        headers: [{ name: "Authorization", value: "Bearer {{secret.crmToken}}" }],
        body: null,
        timeoutMs: 2_000,
        mapping: { ...nowhere, list: "/data", id: "/id", name: "/nom", company: "/societe", fields: {} },
      },
    }),
  );
  for (const [name, scopes, enabled] of [
    ["Progiciel de gestion (écran d’accueil)", ["calls:read", "calls:write", "contacts:write"], true],
    ["Essai", ["calls:read"], false],
  ] as const) {
    const body = { name, scopes: [...scopes], requestsPerMinute: 600, expiresAt: null, enabled };
    must(await admin.call("apiKeys.create", { body }));
  }
  const { rev } = must(await admin.call("integration.get"));
  const frameOrigins = ["https://crm.martin-et-fils.example"];
  must(await admin.call("integration.change", { body: { frameOrigins, privateHosts: ["127.0.0.1"], rev } }));
  for (const [name, url] of [
    ["Entrepôt de données", "http://127.0.0.1:9/cordboard/evenements"],
    ["Messagerie de l’équipe du service après-vente", "https://hooks.martin-et-fils.example/cordboard"],
  ] as const) {
    const events = ["call.ended", "message.left"] as const;
    const { webhookId } = must(
      await admin.call("webhooks.create", { body: { name, url, events: [...events], enabled: name.startsWith("E") } }),
    );
    if (name.startsWith("E")) must(await admin.call("webhooks.try", { params: { webhookId } }));
  }
  must(
    await admin.call("doNotCall.add", {
      body: {
        numbers: ["06 39 98 77 01", "+44 20 7946 0999"],
        note: "Inscrit sur Bloctel, demandé par écrit le 3 mars 2026",
      },
    }),
  );
  must(await admin.call("doNotCall.add", { body: { numbers: ["01 99 00 55 55"], note: "" } }));
  const alarms = must(await admin.call("alarms.settings"));
  must(
    await admin.call("alarms.changeSettings", {
      body: {
        rev: alarms.rev,
        mails: [{ to: "astreinte@martin-et-fils.example", language: "fr", kinds: ["queueUnstaffed", "jambonzGone"] }],
        webhook: { url: "https://hooks.martin-et-fils.example/alarmes", kinds: ["diskFilling"] },
        calls: {
          numbers: [
            { name: "Astreinte informatique", number: "06 39 98 77 02", language: "fr", scheduleId: null },
            { name: "Inès Martin", number: "06 39 98 77 03", language: "fr", scheduleId: null },
          ],
          ...{ kinds: ["queueUnstaffed", "noSpeech", "storeSlow"], rounds: 3, repeatMinutes: 15, perHour: 12 },
        },
      },
    }),
  );
  const onCall = { name: "Astreinte informatique", number: "06 39 98 77 02", language: "fr" } as const;
  must(await admin.call("alarms.testCall", { body: onCall }));
  // So that the day has a conversation that can be heard again, and queues with every rule set.
  for (const { queueId, ...queue } of must(await admin.call("queues.list")).items) {
    const recording = { share: 100, byOperator: true, retentionDays: 90 };
    const body = { ...queue, recording, skills: [] };
    must(await admin.call("queues.change", { params: { queueId }, body }));
  }
}
