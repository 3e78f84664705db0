import type { ApiClient, ApiResult, DeskChoices, RouteId } from "@cordboard/api";
import { expect, test } from "vitest";
import { aCall, aCallback, aCard, anOffer, aView } from "../testing/a-view.ts";
import { createDesk } from "./create-desk.ts";
import type { LinkListener } from "./open-link.ts";
import type { ScriptTab } from "./script-tab.ts";
import type { TabNews } from "./tab-message.ts";

const choices: DeskChoices = { telephones: [], ownNumbers: false, pauseReasons: [] };
const offered = aView({ seq: 2, state: "offered", offer: anOffer() });
const ringing = aView({ seq: 3, state: "ringing", call: aCall() });

test("accept opens the tab before anything is asked, and shows the caller's page once the server has said yes", async () => {
  const world = aWorld({
    "desk.get": yes({ view: offered, choices, refusal: null }),
    "desk.accept": yes({ view: ringing }),
  });
  await world.desk.start();
  const accepting = world.desk.accept();
  expect(world.log).toEqual(["asked desk.get", "connected", "tab opened", "asked desk.accept"]);
  await accepting;
  expect(world.log.at(-1)).toBe("tab shows https://crm.example/?caller=%2B33612345678");
  expect(world.desk.getState().view?.state).toBe("ringing");
  expect(world.desk.getState().script).toEqual({ callId: "call_1", outcome: "opened" });
});

test("an accept that lost the race closes the tab and says how the offer ended", async () => {
  const gone = no("offerGone", 409, { how: "withdrawn" });
  const world = aWorld({ "desk.get": yes({ view: offered, choices, refusal: null }), "desk.accept": gone });
  await world.desk.start();
  await world.desk.accept();
  expect(world.log).toContain("tab closed");
  expect(world.log.some((line) => line.startsWith("tab shows"))).toBe(false);
  expect(world.desk.getState().lostOffer).toEqual({ offerId: "offer_1", how: "withdrawn" });
  expect(world.desk.getState().refusal).toBeNull();
});

test("a tab that the browser blocks is said so; the call is accepted all the same", async () => {
  const world = aWorld(
    { "desk.get": yes({ view: offered, choices, refusal: null }), "desk.accept": yes({ view: ringing }) },
    { tabsBlocked: true },
  );
  await world.desk.start();
  await world.desk.accept();
  expect(world.desk.getState().view?.state).toBe("ringing");
  expect(world.desk.getState().script?.outcome).toBe("blocked");
});

test.each(["javascript:alert(1)", "data:text/html,x", "/relative", "crm://caller"])(
  "the address %s opens no tab, not even a blank one",
  async (url) => {
    const card = { ...aCard, script: { name: "Fiche", url, window: null, place: "tab" as const } };
    const view = { ...offered, offer: anOffer({ card }) };
    const world = aWorld({
      "desk.get": yes({ view, choices, refusal: null }),
      "desk.accept": yes({ view: { ...ringing, call: aCall({ card }) } }),
    });
    await world.desk.start();
    await world.desk.accept();
    expect(world.log).not.toContain("tab opened");
    expect(world.desk.getState().script?.outcome).toBe("refused");
  },
);

test.each([
  ["that the agent shows itself", { url: "https://crm.example/", place: "panel" as const }],
  ["of which nothing opens before somebody is chosen", { url: null, place: "tab" as const }],
])("a script %s opens no tab", async (_, part) => {
  const card = { ...aCard, script: { name: "Fiche", window: null, ...part } };
  const world = aWorld({
    "desk.get": yes({ view: { ...offered, offer: anOffer({ card }) }, choices, refusal: null }),
    "desk.accept": yes({ view: { ...ringing, call: aCall({ card }) } }),
  });
  await world.desk.start();
  await world.desk.accept();
  expect(world.log).not.toContain("tab opened");
  expect(world.desk.getState().script).toBeNull();
});

test("the file of whoever was chosen opens in the click", async () => {
  const card = { ...aCard, script: { name: "Fiche", url: null, window: null, place: "tab" as const } };
  const world = aWorld({ "desk.get": yes({ view: { ...ringing, call: aCall({ card }) }, choices, refusal: null }) });
  await world.desk.start();
  world.desk.openFile({ callId: "call_1", card }, "https://crm.example/contact/2");
  expect(world.log.slice(-2)).toEqual(["tab opened", "tab shows https://crm.example/contact/2"]);
});

test("a call that a notification accepted opens no tab, which no browser would allow: the agent shows its file", async () => {
  const world = aWorld({
    "desk.get": yes({ view: offered, choices, refusal: null }),
    "desk.accept": yes({ view: ringing }),
  });
  await world.desk.start();
  await world.desk.accept(false);
  expect(world.log).not.toContain("tab opened");
  const { script, unclicked, view } = world.desk.getState();
  expect({ script, unclicked, state: view?.state }).toEqual({
    script: null,
    unclicked: view?.call?.callId,
    state: "ringing",
  });
});

test("a hidden caller without a script opens nothing", async () => {
  const card = { ...aCard, from: null, fromText: null, hidden: true, script: null };
  const view = { ...offered, offer: anOffer({ card }) };
  const world = aWorld({
    "desk.get": yes({ view, choices, refusal: null }),
    "desk.accept": yes({ view: { ...ringing, call: aCall({ card }) } }),
  });
  await world.desk.start();
  await world.desk.accept();
  expect(world.log).not.toContain("tab opened");
  expect(world.desk.getState().script).toBeNull();
});

test("an accept that meets a runtime being restarted is asked again until somebody decides", async () => {
  const world = aWorld({
    "desk.get": yes({ view: offered, choices, refusal: null }),
    "desk.accept": [no("unreachable", 0), no("callCentreUnavailable", 503), yes({ view: ringing })],
  });
  await world.desk.start();
  await world.desk.accept();
  expect(world.log.filter((line) => line === "asked desk.accept")).toHaveLength(3);
  expect(world.log.at(-1)).toMatch(/^tab shows/);
});

test("an accept whose answer was lost counts when the view says that the call is ours", async () => {
  const world = aWorld({
    "desk.get": yes({ view: offered, choices, refusal: null }),
    "desk.accept": [no("unreachable", 0)],
  });
  await world.desk.start();
  world.hooks.onWait = () => world.link().onMessage({ v: 1, type: "view", view: ringing });
  await world.desk.accept();
  expect(world.log).not.toContain("tab closed");
  expect(world.desk.getState().script?.outcome).toBe("opened");
  expect(world.desk.getState().refusal).toBeNull();
});

test("that an offer is on the screen is said until somebody has heard it; a refusal of that says nothing to the operator", async () => {
  const shown = { ...offered, seq: 3, offer: anOffer({ autoAcceptMs: 5_000, acceptsAt: "2026-11-24T09:00:05.000Z" }) };
  const world = aWorld({
    "desk.get": yes({ view: offered, choices, refusal: null }),
    "desk.offerShown": [no("unreachable", 0), yes({ view: shown }), no("notInShift", 409)],
  });
  await world.desk.start();
  await world.desk.offerShown("offer_1");
  expect(world.desk.getState().view?.offer?.acceptsAt).toBeDefined();
  await world.desk.offerShown("offer_1");
  expect(world.desk.getState().refusal).toBeNull();
});

test("a shift that ended because an offer was missed says so", async () => {
  const world = aWorld({
    "desk.get": yes({ view: offered, choices, refusal: null }),
    "desk.start": yes({ companyNeeded: false, version: "0" }),
  });
  await world.desk.start();
  const at = "2026-11-24T09:00:20.000Z";
  const notices = [{ noticeId: "n1", at, code: "signedOutAfterMissed" as const, callId: "call_1" }];
  world.link().onMessage({ v: 1, type: "view", view: aView({ seq: 4, shift: null, notices }) });
  await expect.poll(() => world.desk.getState().farewell).toBe("missed");
});

test("an offer that another tab of the operator accepted disappears here, and this tab opens nothing", async () => {
  const world = aWorld({ "desk.get": yes({ view: offered, choices, refusal: null }) });
  await world.desk.start();
  world.link().onMessage({ v: 1, type: "view", view: ringing });
  expect(world.desk.getState().view?.offer).toBeNull();
  await world.desk.accept();
  expect(world.log).not.toContain("tab opened");
});

test("a session that expired in mid-call is asked for again in place, and the same call is there afterwards, what was noted meanwhile too", async () => {
  const talking = aView({ seq: 4, state: "talking", call: aCall({ answeredAt: "2026-11-24T09:00:09.000Z" }) });
  const world = aWorld({
    "desk.get": yes({ view: talking, choices, refusal: null }),
    "desk.pause": no("notSignedIn", 401),
    "desk.signIn": yes({ view: { ...talking, seq: 5 }, choices, refusal: null }),
    "desk.noteCall": [no("notSignedIn", 401), yes({ view: { ...talking, seq: 6 } })],
  });
  await world.desk.start();
  await world.desk.pause(null);
  expect(world.desk.getState()).toMatchObject({ sessionExpired: true, phase: "atDesk", refusal: null });
  expect(world.desk.getState().view?.call?.callId).toBe("call_1");
  await world.desk.noteCall({ note: "Wants the corrected quote." });
  expect(world.desk.getState().noted?.problem?.code).toBe("notSignedIn");
  await world.desk.signIn({ company: "demo", code: "101", password: "secret" });
  expect(world.desk.getState()).toMatchObject({ sessionExpired: false, phase: "atDesk" });
  await expect.poll(() => world.desk.getState().noted).toBeNull();
  expect(world.bodies("desk.noteCall").at(-1)).toMatchObject({ note: "Wants the corrected quote." });
  expect(world.desk.getState().view?.state).toBe("talking");
});

test("a wrong password in that dialog leaves everything as it was", async () => {
  const world = aWorld({
    "desk.get": yes({ view: ringing, choices, refusal: null }),
    "desk.signIn": no("wrongCredentials", 401),
  });
  await world.desk.start();
  world.link().onMessage({ v: 1, type: "sessionEnded" });
  await world.desk.signIn({ code: "101", password: "no" });
  expect(world.desk.getState()).toMatchObject({ sessionExpired: true });
  expect(world.desk.getState().refusal?.problem.code).toBe("wrongCredentials");
});

test("whoever else the identity provider names in that dialog begins by choosing a telephone, not at the other's desk", async () => {
  const other = { ...aView({ seq: 1 }), operator: { ...aView({}).operator, operatorId: "operator_2" } };
  const world = aWorld({
    "desk.get": yes({ view: aView({ seq: 4 }), choices, refusal: null }),
    "desk.redeem": yes({ view: other, choices, refusal: null }),
  });
  await world.desk.start();
  world.link().onMessage({ v: 1, type: "sessionEnded" });
  await world.desk.redeem({ ticket: "t", verifier: "v" });
  expect(world.desk.getState()).toMatchObject({ sessionExpired: false, phase: "preparing" });
});

test("queues ticked one after the other, faster than the server answers: the last wish holds", async () => {
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "desk.tickQueues": yes({ view: aView({ seq: 9 }) }),
  });
  await world.desk.start();
  const first = world.desk.tickQueues(["queue_1"]);
  await Promise.all([world.desk.tickQueues(["queue_1", "queue_2"]), world.desk.tickQueues(["queue_2"]), first]);
  expect(world.bodies("desk.tickQueues")).toEqual([{ queueIds: ["queue_1"] }, { queueIds: ["queue_2"] }]);
  expect(world.desk.getState().queuesWished).toBeNull();
});

test("signing out during a call says that the call goes on", async () => {
  const world = aWorld({
    "desk.get": yes({ view: ringing, choices, refusal: null }),
    "desk.signOut": { ok: true, value: undefined },
    "desk.start": yes({ companyNeeded: false, version: "0" }),
  });
  await world.desk.start();
  await world.desk.signOut();
  expect(world.desk.getState()).toMatchObject({ phase: "signedOut", farewell: "afterCall", view: null });
});

test("a browser where nobody is signed in is shown the sign-in page", async () => {
  const world = aWorld({
    "desk.get": no("notSignedIn", 401),
    "desk.start": yes({ companyNeeded: true, version: "0" }),
  });
  await world.desk.start();
  expect(world.desk.getState()).toMatchObject({ phase: "signedOut", companyNeeded: true });
});

test("a refused connection asks by REST whether the session holds", async () => {
  const world = aWorld({
    "desk.get": [yes({ view: aView({}), choices, refusal: null }), no("notSignedIn", 401)],
  });
  await world.desk.start();
  world.link().onRefused();
  await expect.poll(() => world.desk.getState().sessionExpired).toBe(true);
});

test("whoever is called back: the script opens when the server has said yes, in that very click's time", async () => {
  const dialling = aView({ seq: 3, state: "dialling", call: aCall({ callback: aCallback() }) });
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "desk.callBack": [no("unreachable", 0), yes({ view: dialling })],
  });
  await world.desk.start();
  expect(await world.desk.callBack({ callbackId: "call_9" })).toBe(true);
  expect(world.bodies("desk.callBack")).toEqual([{ callbackId: "call_9" }, { callbackId: "call_9" }]);
  expect(world.desk.getState().view?.state).toBe("dialling");
  expect(world.log.slice(-2)).toEqual(["tab opened", "tab shows https://crm.example/?caller=%2B33612345678"]);
});

test("a call back that is refused opens nothing and says why", async () => {
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "desk.callBack": no("callbackUnderWay", 409),
  });
  await world.desk.start();
  expect(await world.desk.callBack({ messageId: "msg_1" })).toBe(false);
  expect(world.log).not.toContain("tab opened");
  expect(world.desk.getState().refusal?.problem.code).toBe("callbackUnderWay");
});

test("what nobody has heard and what is to be called back is kept as it was told, and is forgotten with its operator", async () => {
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "desk.signOut": { ok: true, value: undefined },
    "desk.start": yes({ companyNeeded: false, version: "0" }),
  });
  await world.desk.start();
  const boxes = [
    {
      boxId: "box_1",
      name: "Support",
      queueId: null,
      unheard: 2,
      kept: 1,
      number: null,
      hasCode: false,
      greetings: {},
    },
  ];
  world.link().onMessage({ v: 1, type: "voicemail", boxes });
  world.link().onMessage({ v: 1, type: "callbacks", queues: [{ queueId: "queue_1", open: 3 }] });
  expect(world.desk.getState()).toMatchObject({ boxes, callbacks: [{ queueId: "queue_1", open: 3 }] });
  await world.desk.signOut();
  expect(world.desk.getState()).toMatchObject({ boxes: [], callbacks: null });
  expect(world.told).toEqual([{ kind: "signedOut", farewell: "signedOut" }]);
});

test("a list that is asked for without a session has it asked for again in place", async () => {
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "deskMessages.list": no("notSignedIn", 401),
  });
  await world.desk.start();
  await world.desk.ask("deskMessages.list", { query: {} });
  expect(world.desk.getState()).toMatchObject({ sessionExpired: true, phase: "atDesk" });
});

test("somebody who signs in in another tab is shown here too, over a connection of their own session", async () => {
  const other = aView({ operator: { operatorId: "operator_2", code: "102", name: "Paul", language: "fr" } });
  const world = aWorld({
    "desk.get": [yes({ view: aView({}), choices, refusal: null }), yes({ view: other, choices, refusal: null })],
  });
  await world.desk.start();
  world.hears({ kind: "signedIn" });
  await expect.poll(() => world.desk.getState().view?.operator.name).toBe("Paul");
  expect(world.log).toEqual(["asked desk.get", "connected", "disconnected", "asked desk.get", "connected"]);
});

test("who signs out in another tab has left here too, and a notice that was read there is read here", async () => {
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "desk.start": yes({ companyNeeded: false, version: "0" }),
  });
  await world.desk.start();
  world.hears({ kind: "dismissed", noticeId: "n1" });
  expect(world.desk.getState().dismissedNotices).toEqual(["n1"]);
  expect(world.told).toEqual([]);
  world.hears({ kind: "signedOut", farewell: "afterCall" });
  await expect.poll(() => world.desk.getState().phase).toBe("signedOut");
  expect(world.desk.getState().farewell).toBe("afterCall");
});

test("a number that is dialled is asked for by one name however often the answer is lost, and its script opens", async () => {
  const card = { ...aCard, from: "+33612345678" };
  const dialled = aView({ seq: 3, state: "dialling", call: aCall({ offerId: null, queue: null, card }) });
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "desk.dial": [no("unreachable", 0), yes({ view: dialled })],
  });
  await world.desk.start();
  expect(await world.desk.dial({ number: "06 12 34 56 78" })).toBe(true);
  const [first, second] = world.bodies("desk.dial");
  expect(first).toEqual({ number: "06 12 34 56 78", key: expect.any(String) });
  expect(second).toEqual(first);
  expect(world.log.slice(-2)).toEqual(["tab opened", `tab shows ${aCard.script?.url}`]);
});

test("a number that may not be dialled is refused in a sentence", async () => {
  const world = aWorld({
    "desk.get": yes({ view: aView({}), choices, refusal: null }),
    "desk.dial": no("dialPremium", 422, { number: "0899701234" }),
  });
  await world.desk.start();
  expect(await world.desk.dial({ number: "0899701234" })).toBe(false);
  expect(world.desk.getState().refusal).toMatchObject({ command: "dial", problem: { code: "dialPremium" } });
});

type Answer = ApiResult<unknown>;

function yes(value: unknown): Answer {
  return { ok: true, value };
}

function no(code: string, status: number, details: Readonly<Record<string, unknown>> = {}): Answer {
  return { ok: false, error: { code, status, details, message: code, remedy: "", requestId: "" } };
}

/** A desk with a server that answers as it was told: one answer for each route, or a list of which the last repeats. */
function aWorld(
  answers: Partial<Record<RouteId, Answer | readonly Answer[]>>,
  { tabsBlocked = false }: { tabsBlocked?: boolean } = {},
) {
  const log: string[] = [];
  const asked: { readonly id: string; readonly body: unknown }[] = [];
  let listener: LinkListener | undefined;
  let hear: (news: TabNews) => void = () => {};
  const told: TabNews[] = [];
  const hooks: { onWait: () => void } = { onWait: () => {} };
  const world = {
    log,
    hooks,
    told,
    hears: (news: TabNews) => hear(news),
    link: () => listener!,
    bodies: (id: RouteId) => asked.filter((each) => each.id === id).map((each) => each.body),
    desk: createDesk({
      api: () => api,
      language: () => "en",
      tabLink: {
        openLink: (given) => {
          listener = given;
          log.push("connected");
          return { refresh: () => {}, close: () => void log.push("disconnected") };
        },
        leads: () => true,
        onLead: () => {},
        check: () => {},
        tell: (news) => void told.push(news),
        onNews: (given) => {
          hear = given;
        },
      },
      tabs: {
        open: () => {
          log.push("tab opened");
          return tabsBlocked ? null : tab;
        },
      },
      now: () => Date.parse("2026-11-24T09:00:00.000Z"),
      wait: async () => hooks.onWait(),
      makeKey: () => `key-${log.length}`,
      waitingText: () => "…",
    }),
  };
  const tab: ScriptTab = {
    show: (url) => {
      log.push(`tab shows ${url}`);
      return true;
    },
    close: () => void log.push("tab closed"),
  };
  const api = {
    async call(id: RouteId, input?: { readonly body?: unknown }) {
      log.push(`asked ${id}`);
      const times = asked.filter((each) => each.id === id).length;
      asked.push({ id, body: input?.body });
      const given = answers[id];
      if (given === undefined) throw new Error(`nobody said what ${id} answers`);
      if ("ok" in given) return given;
      return given[Math.min(times, given.length - 1)]!;
    },
  } as ApiClient;
  return world;
}
