import { expect, test } from "vitest";
import type { SoundState } from "../alerts/create-ring.ts";
import type { DeskState } from "../session/desk-state.ts";
import { aCall, aCallback, aCard, anOffer, aView } from "../testing/a-view.ts";
import { drawn as drawnAs } from "../testing/drawn.tsx";
import { DeskPage } from "./desk-page.tsx";

test("an offer says who calls, from where, for what, and how it is answered", async () => {
  const page = await drawn({ state: "offered", offer: anOffer() });
  for (const words of ["06 12 34 56 78", "Support", "Accueil", "01 43 67 09 03", "Ouvrira Fiche client"])
    expect(page.words).toContain(words);
  expect(page.html).toMatch(
    /aria-keyshortcuts="Enter"[^>]*aria-label="Accepter"|aria-label="Accepter"[^>]*aria-keyshortcuts="Enter"/,
  );
  expect(page.words).toContain("Refuser");
  expect(page.words).toContain("Appel proposé de 06 12 34 56 78, file Support. Entrée accepte, Échap refuse.");
});

test("a hidden caller is said to be hidden, and nothing of the number is on the page", async () => {
  const card = { ...aCard, hidden: true };
  const page = await drawn({ state: "offered", offer: anOffer({ card }) });
  expect(page.words).toContain("Numéro masqué");
  expect(page.html.replaceAll(aCard.script?.url ?? "", "")).not.toMatch(/612345678|06 12 34 56 78/);
});

test("a call that may not be refused has no button to refuse it", async () => {
  const page = await drawn({ state: "offered", offer: anOffer({ mayRefuse: false }) });
  expect(page.words).not.toContain("Refuser");
  expect(page.words).toContain("ne se refusent pas");
});

test("a pause says why, and how to end it", async () => {
  const page = await drawn({ state: "paused", pause: { reason: "telephoneBusy", label: null } });
  expect(page.words).toContain("votre téléphone était occupé");
  expect(page.words).toContain("Reprendre");
});

test("a pause that was asked for gives its reason by the company's name for it", async () => {
  const page = await drawn(
    { state: "paused", pause: { reason: "asked", label: "lunch" } },
    {
      choices: {
        telephones: [],
        ownNumbers: false,
        pauseReasons: [{ code: "lunch", name: { fr: "Déjeuner", en: "Lunch" } }],
      },
    },
  );
  expect(page.words).toContain("Vous êtes en pause. Déjeuner.");
});

test("wrap-up waits for Ready; talking does not", async () => {
  const call = aCall({ answeredAt: "2026-11-24T09:00:10.000Z" });
  expect((await drawn({ state: "wrapUp", call })).buttons).toContain("Prêt");
  expect((await drawn({ state: "talking", call })).buttons).not.toContain("Prêt");
});

test("what came of the call is asked for by the company's words, with a note, and time that can be extended", async () => {
  const said = {
    outcomes: [
      { code: "sold", name: { fr: "Commande", en: "Order" } },
      { code: "info", name: { fr: "Renseignement", en: "Question" } },
    ],
    ...{ outcomeNeeded: true, outcome: "info", note: "Le rouge" },
  };
  const call = aCall({ ...said, answeredAt: "2026-11-24T09:00:10.000Z" });
  const wrapUp = { wrapUpEndsAt: "2026-11-24T09:02:00.000Z", wrapUpExtension: { left: 1, ms: 60_000 } };
  const page = await drawn({ state: "wrapUp", call, ...wrapUp });
  expect(page.buttons).toEqual(expect.arrayContaining(["Commande", "Renseignement", "Une minute de plus", "Prêt"]));
  expect(page.html).toMatch(/aria-pressed="true"[^>]*><span[^>]*>Renseignement/);
  expect(page.words).toContain("demandé avant");
  expect(page.html).toContain("Le rouge</textarea>");
});

test("a call that a colleague passed on says who, and what they noted", async () => {
  const passedOn = [{ operatorName: "Paul", at: "2026-11-24T08:59:00.000Z", outcome: null, note: "La remise manque" }];
  const page = await drawn({ state: "offered", offer: anOffer({ card: { ...aCard, passedOn } }) });
  expect(page.words).toContain("Transmis par Paul");
  expect(page.words).toContain("La remise manque");
});

test("several contacts are a choice, each with its own file; a hostile address is none", async () => {
  const ana = {
    ...{ contactId: "contact_1", name: "Ana Lima", company: "Cafés Lima", customerNumber: "1042", language: "fr-FR" },
    ...{ vip: true, blocked: false, notes: "", url: "https://crm.example/1" },
  };
  const bad = { ...ana, contactId: "contact_2", name: "Bruno", vip: false, url: "javascript:alert(1)" };
  const script = { name: "Fiche", url: null, window: null, place: "tab" as const };
  const card = { ...aCard, script, contacts: [ana, bad], contactMatches: 2 };
  const page = await drawn({ state: "talking", call: aCall({ card }) });
  expect(page.html).toContain("Ouvrir la fiche de Ana Lima");
  expect(page.html).not.toContain("Ouvrir la fiche de Bruno");
  expect(page.html).not.toContain("javascript:");
});

test("a script that belongs beside the call is shown in a frame that cannot lead the agent away", async () => {
  const script = { name: "Fiche", url: "https://crm.example/1", window: null, place: "panel" as const };
  const page = await drawn({ state: "talking", call: aCall({ card: { ...aCard, script } }) });
  expect(page.html).toMatch(/<iframe[^>]*src="https:\/\/crm.example\/1"[^>]*sandbox="(?![^"]*top-navigation)/);
  const hostile = { ...script, url: "javascript:alert(1)" };
  const none = await drawn({ state: "talking", call: aCall({ card: { ...aCard, script: hostile } }) });
  expect(none.html).not.toContain("<iframe");
});

test("the script can be opened again, without a handle on this page; an address that is none is not a link", async () => {
  const call = aCall();
  const page = await drawn({ state: "ringing", call });
  expect(page.html).toMatch(/href="https:\/\/crm\.example[^"]*" target="_blank" rel="noopener noreferrer"/);
  const script = { name: "Fiche", url: "javascript:alert(1)", window: null, place: "tab" as const };
  const hostile = await drawn({ state: "ringing", call: aCall({ card: { ...aCard, script } }) });
  expect(hostile.html).not.toContain("javascript:");
  expect(hostile.words).toContain("n’a pas été ouverte");
});

test("an operator whose browser is the telephone is not told to pick it up: it does so itself", async () => {
  const telephone = { telephoneId: "tel_1", name: "Inès", softphone: "softphone-1" };
  const { words } = await drawn({ state: "ringing", call: aCall(), telephone });
  expect(words).toContain("Cet ordinateur décroche de lui-même");
  expect(words).not.toContain("décrochez");
  const dialled = await drawn({ state: "dialling", call: aCall({ offerId: null, rings: "telephone" }), telephone });
  expect(dialled.words).toContain("Cet ordinateur décroche de lui-même");
  expect((await drawn({ state: "ringing", call: aCall() })).words).toContain("décrochez");
});

test("an offer that accepts itself says so once it counts, and can be accepted before", async () => {
  const offer = anOffer({ autoAcceptMs: 5_000 });
  expect((await drawn({ state: "offered", offer })).words).not.toContain("Accepté d’office");
  const acceptsAt = new Date(Date.now() + 4_500).toISOString();
  const page = await drawn({ state: "offered", offer: { ...offer, acceptsAt } });
  expect(page.words.replaceAll("\u00a0", " ")).toContain("Accepté d’office dans 5 s.");
  expect(page.html).toContain('aria-label="Accepter"');
});

test("the script of a call that accepted itself is embedded without power over this page, with a way out; what is no address is not", async () => {
  const call = aCall({ acceptedItself: true });
  const page = await drawn({ state: "talking", call });
  const frame = /<iframe[^>]*>/.exec(page.html)?.[0] ?? "";
  expect(frame).toContain('src="https://crm.example');
  expect(frame).toContain("sandbox=");
  expect(frame).not.toContain("allow-top-navigation");
  expect(page.words).toContain("Ouvert ici parce que l’appel a été accepté d’office.");
  expect(page.words).toContain("Ouvrir dans un onglet");
  expect((await drawn({ state: "talking", call: aCall() })).html).not.toContain("iframe");
  const script = { name: "Fiche", url: "javascript:alert(1)", window: null, place: "tab" as const };
  const hostile = await drawn({ state: "talking", call: { ...call, card: { ...aCard, script } } });
  expect(hostile.html).not.toContain("iframe");
});

test("the file of a call that a notification accepted shows here, and says why", async () => {
  const call = aCall();
  const page = await drawn({ state: "ringing", call }, { unclicked: call.callId });
  expect(page.html).toContain('src="https://crm.example');
  expect(page.words).toContain("Vous avez accepté depuis la notification");
});

test("a leg that may be connected to nobody is asked to be hung up", async () => {
  expect((await drawn({ legToClear: true })).buttons).toContain("J’ai raccroché");
});

test("an offered callback says plainly that it is one, whom it will ring, and how often that was tried", async () => {
  const attempts = [{ at: "2026-11-24T08:30:00.000Z", result: "numberBusy" as const }];
  const page = await drawn({ state: "offered", offer: anOffer({ callback: aCallback({ attempts }) }) });
  for (const words of ["Rappel", "06 12 34 56 78", "Support", "ce numéro est appelé", "essai 2 sur 3", "occupé"])
    expect(page.words).toContain(words);
  expect(page.words).toContain("Rappel proposé\u00a0: 06 12 34 56 78, file Support.");
  expect(page.html).toContain('aria-label="Rappeler"');
  expect(page.html).not.toContain('aria-label="Accepter"');
  expect(page.words).not.toContain("En ligne depuis");
});

test("an offered call of a caller on the line says nothing of callbacks", async () => {
  const { words } = await drawn({ state: "offered", offer: anOffer() });
  for (const word of ["Rappel ·", "Rappel proposé", "est appelé"]) expect(words).not.toContain(word);
});

test("while a number is dialled it is said which, and that the own telephone comes first", async () => {
  const page = await drawn({ state: "dialling", call: aCall({ callback: aCallback() }) });
  expect(page.words).toContain("décrochez, et 06\u00a012\u00a034\u00a056\u00a078 est appelé");
});

test("how a number did not answer is said", async () => {
  const notices = (["numberBusy", "numberSilent", "numberUnreachable"] as const).map((code) => ({
    noticeId: code,
    at: new Date().toISOString(),
    code,
    callId: null,
  }));
  const { words } = await drawn({ notices, now: new Date().toISOString() });
  for (const how of ["occupé", "personne n’a répondu", "injoignable"]) expect(words).toContain(how);
});

test("at rest the desk says what is to be called back, with a lamp where something is new", async () => {
  const boxes = [
    { boxId: "box_1", name: "SAV", queueId: null, unheard: 2, kept: 1, number: null, hasCode: false, greetings: {} },
    {
      boxId: "box_2",
      name: "Direction",
      queueId: null,
      unheard: 0,
      kept: 1,
      number: null,
      hasCode: false,
      greetings: {},
    },
  ];
  const { buttons } = await drawn({}, { boxes, callbacks: [{ queueId: "queue_1", open: 3 }] });
  expect(buttons).toContain("Rappels promis3 à faire");
  expect(buttons).toContain("SAV2 nouveaux · 1 gardé");
  expect(buttons).toContain("Directionrien de nouveau · 1 gardé");
});

test("the state says for how long, the day since when", async () => {
  const now = Date.now();
  const ago = (ms: number) => new Date(now - ms).toISOString();
  const page = await drawn({
    state: "paused",
    pause: { reason: "asked", label: null },
    since: ago(90_500),
    shift: { shiftId: "shift_1", startedAt: ago(9_000_500) },
  });
  expect(page.words.replaceAll("\u00a0", " ")).toMatch(/En pause · 1 min 30/);
  expect(page.words.replaceAll("\u00a0", " ")).toContain("connecté depuis 2 h 30");
});

test("a lost connection is said, and that the call goes on", async () => {
  const page = await drawn(
    { state: "talking", call: aCall() },
    {
      link: { status: "lost", since: 0, before: { callbacks: 0, messages: 0 } },
    },
  );
  expect(page.words).toContain("La liaison avec le serveur est coupée");
  expect(page.words).toContain("Un appel en cours continue");
});

test("sound that the browser holds back is said", async () => {
  expect((await drawn({}, {}, "blocked")).words).toContain("Le navigateur retient le son");
  expect((await drawn({}, {}, "ready")).words).not.toContain("Le navigateur retient le son");
});

/** The desk in French, as it is drawn in a state. */
const drawn = (part: Parameters<typeof aView>[0], more: Partial<DeskState> = {}, sound: SoundState = "ready") =>
  drawnAs(<DeskPage language="fr" onLanguage={() => {}} />, { view: aView(part), ...more }, { sound });

test.each([
  [null, "Appel lancé…"],
  ["telephone", "Votre téléphone sonne\u00a0: décrochez."],
  ["number", "06\u00a012\u00a034\u00a056\u00a078 sonne…"],
  ["nothing", "Appel de 06\u00a012\u00a034\u00a056\u00a078…"],
  ["unreachable", "06\u00a012\u00a034\u00a056\u00a078 est injoignable."],
] as const)("a call that the operator dialled says what rings (%s), and can be called off", async (rings, words) => {
  const page = await drawn({ state: "dialling", call: aCall({ offerId: null, queue: null, rings }) });
  expect(page.words).toContain(words);
  expect(page.words).toContain("Appel composé · ligne");
  expect(page.buttons).toContain(rings === "unreachable" ? "RaccrocherÉchap" : "Annuler l’appelÉchap");
});

test("where all that one serves is closed, no call is promised", async () => {
  const queues = aView({}).queues.map((queue) => ({ ...queue, closed: true }));
  const closed = await drawn({ queues });
  expect(closed.words).toContain("Vos files sont fermées");
  expect(closed.words).not.toContain("prochain appel");
  const served = await drawn({ queues: queues.map((queue) => ({ ...queue, waiting: 1 })) });
  expect(served.words).not.toContain("Vos files sont fermées");
});

test("who was promised a call and has picked up is not hung up on", async () => {
  const callback = aCallback({ first: "caller" });
  const rings = async (what: "number" | "telephone") =>
    (await drawn({ state: "dialling", call: aCall({ callback, rings: what }) })).words;
  expect(await rings("number")).toContain("Annuler l’appel");
  expect(await rings("telephone")).toContain("Votre téléphone sonne");
  expect(await rings("telephone")).not.toContain("Annuler l’appel");
});

test("after a lost connection it is said what came meanwhile: messages and promises, beside what is told below", async () => {
  const boxes = [
    { boxId: "box_1", name: "Ventes", queueId: null, number: null, hasCode: false, greetings: {}, unheard: 3, kept: 0 },
  ];
  const callbacks = [{ queueId: "queue_1", open: 2 }];
  const since = Date.parse("2026-11-24T08:59:00.000Z");
  const back = { awayMs: 60_000, since, before: { callbacks: 1, messages: 1 } };
  const page = await drawn({}, { boxes, callbacks, back });
  expect(page.words).toContain("Entre-temps\u00a0: 2 nouveaux messages, 1 rappel promis.");
  const nothing = await drawn({}, { boxes, callbacks, back: { ...back, before: { callbacks: 2, messages: 3 } } });
  expect(nothing.words).toContain("Rien n’a été manqué");
});
