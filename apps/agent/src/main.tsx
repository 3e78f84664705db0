import "@cordboard/ui/tokens.css";
import "@cordboard/ui/base.css";
import { createClient } from "@cordboard/api";
import { applyTheme, rememberedTheme } from "@cordboard/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createRing } from "./alerts/create-ring.ts";
import { watchInFront } from "./alerts/in-front.ts";
import { isOfferAnswer } from "./alerts/offer-answer.ts";
import { createOutput } from "./alerts/output-device.ts";
import { openBlankTab } from "./alerts/test-tab.ts";
import { App } from "./app/app.tsx";
import { linkToParent } from "./frame/parent-link.ts";
import { parentOrigin } from "./frame/parent-origin.ts";
import { createTexts } from "./language/create-texts.ts";
import { screenLanguage } from "./language/screen-language.ts";
import { watchUpdates } from "./offline/updates.ts";
import { createDesk } from "./session/create-desk.ts";
import { openLink } from "./session/open-link.ts";
import { createScriptTabs } from "./session/script-tab.ts";
import { shareLink } from "./session/shared-link.ts";
import type { SoftphoneHere } from "./softphone/start-softphone.ts";

applyTheme(rememberedTheme());
const texts = await createTexts(screenLanguage());
const ring = createRing(createOutput({ media: navigator.mediaDevices, store: localStorage }));
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const channel = new BroadcastChannel("cordboard.agent");
const tabLink = shareLink(openLink, {
  locks: navigator.locks ?? null,
  channel: {
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => channel.addEventListener("message", ({ data }) => listener(data)),
  },
  tabId: crypto.getRandomValues(new Uint32Array(4)).join("."),
  wait,
});
const inFront = watchInFront(navigator.locks, window);
inFront.onCome(tabLink.check);
const pageAround = parentOrigin(window);
const headers = pageAround === null ? {} : { "X-Cordboard-Frame": "1" };
const desk = createDesk({
  api: (language) => createClient({ baseUrl: "", fetch: (...asked) => fetch(...asked), language, headers }),
  language: () => (texts.language === "fr" ? "fr" : "en"),
  tabLink,
  tabs: createScriptTabs(openBlankTab),
  now: Date.now,
  wait,
  makeKey: () => [...crypto.getRandomValues(new Uint32Array(4))].join("-"),
  waitingText: () => texts.t("desk:offer.opening"),
});

/** Fetched after the first drawing; started once, however often the page is drawn. */
let softphone: Promise<SoftphoneHere> | null = null;
const loadSoftphone = () => {
  softphone ??= import("./softphone/start-softphone.ts").then(({ startSoftphone }) => startSoftphone(desk, ring, wait));
  return softphone;
};

if (pageAround !== null) {
  linkToParent(desk, {
    post: (news) => window.parent.postMessage(news, pageAround),
    onMessage: (listener) =>
      window.addEventListener("message", ({ source, origin, data }) => {
        if (source === window.parent && origin === pageAround) listener(data);
      }),
  });
}

const workers = import.meta.env.PROD ? navigator.serviceWorker : undefined;
// A notification's buttons are the service worker's; it brings this page to the front and says which was pressed.
workers?.addEventListener("message", ({ data }) => {
  if (!isOfferAnswer(data) || desk.getState().view?.offer?.offerId !== data.offerId) return;
  if (data.answer === "accept") void desk.accept(false);
  if (data.answer === "refuse") void desk.refuse();
});
const updates = watchUpdates(workers, "/agent/sw.js", (ms, work) => void setInterval(work, ms));
// A server that is back after a while away may be a newer one.
let wasLost = false;
desk.subscribe(() => {
  const isLost = desk.getState().link.status === "lost";
  if (wasLost && !isLost) updates.look();
  wasLost = isLost;
});

// Browsers hold sound back until the page is touched; any touch will do, so that a reload in mid-shift mends itself.
for (const gesture of ["pointerdown", "keydown"]) window.addEventListener(gesture, () => void ring.unlock());

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <App desk={desk} ring={ring} inFront={inFront} updates={updates} loadSoftphone={loadSoftphone} texts={texts} />
  </StrictMode>,
);
