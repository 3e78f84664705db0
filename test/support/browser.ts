import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { PATIENCE_MS } from "./until.ts";

export interface TestBrowser {
  /** A person with a browser of their own: cookies, storage, language. */
  person(
    language: "fr-FR" | "en-GB",
    options?: { width?: number; height?: number; dark?: boolean },
  ): Promise<BrowserContext>;
  close(): Promise<void>;
}

/**
 * Parts of Chromium that no test looks at. The suggestions below the address bar are pages of their own, drawn for every window and never
 * shown: half of what a window costs. The others are those that Playwright leaves out, whose switch this one takes the place of.
 */
const leftOut = [
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"],
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
  ...[
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
  ],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"],
  "PreconnectToSearch",
  // What looks at each page: in which language it is, what it is about, whether it could be of use later.
  ...["Translate", "PageContentAnnotations", "SegmentationPlatform", "HistoryEmbeddings"],
  ...["OptimizationGuideModelDownloading", "OptimizationGuideOnDeviceModel", "PermissionPredictionsV3", "ShoppingList"],
  // A process kept ready for the next page, made anew after each: of fifteen pages it makes thirty.
  "SpareRendererForSitePerProcess",
];

interface Abilities {
  /** There is one, it beeps, and every page may use it; without, pages are refused. */
  readonly microphone?: boolean;
  /** Those of service workers, which Chromium's headless shell does not show. */
  readonly notifications?: boolean;
}

/** The browsers of this process, by what they can. Test files that follow each other in a worker share them: starting one takes seconds. */
const started = new Map<string, Promise<Browser>>();

/**
 * The Chromium that `npm test` found (CORDBOARD_CHROMIUM; scripts/ensure-chromium.mjs), or the headless shell beside it; started when the
 * first asks for it, it ends with the process. Closing it closes its own persons' pages.
 */
export async function openBrowser(abilities: Abilities = {}): Promise<TestBrowser> {
  const which = JSON.stringify([abilities.microphone ?? false, abilities.notifications ?? false]);
  const known = await started.get(which);
  if (!known?.isConnected()) started.set(which, start(abilities));
  const browser = await started.get(which);
  if (!browser) throw new Error("bug: no browser");
  const persons: BrowserContext[] = [];
  return {
    async person(locale, { width = 1280, height = 800, dark = false } = {}) {
      const person = await browser.newContext({
        locale,
        viewport: { width, height },
        colorScheme: dark ? "dark" : "light",
        permissions: ["notifications"],
        // What turns and glides is drawn again and again, by the same processors that the calls are on.
        reducedMotion: "reduce",
      });
      person.setDefaultTimeout(PATIENCE_MS);
      persons.push(person);
      return person;
    },
    async close() {
      for (const person of persons.splice(0)) await person.close();
    },
  };
}

async function start({ microphone = false, notifications = false }: Abilities): Promise<Browser> {
  const { ensureChromium, shellBeside } = await import("../../scripts/ensure-chromium.mjs");
  const found = await ensureChromium(join(import.meta.dirname, "../.."));
  if (!found.ok) throw new Error(found.sentence);
  const home = mkdtempSync(join(tmpdir(), "cordboard-browser-"));
  const browser = await chromium.launch({
    executablePath: (notifications ? null : shellBeside(found.path)) ?? found.path,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-client-side-phishing-detection",
      "--disable-domain-reliability",
      "--metrics-recording-only",
      `--disable-features=${leftOut.join(",")}`,
      "--autoplay-policy=user-gesture-required",
      ...(microphone ? ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] : []),
    ],
    env: { ...process.env, HOME: home },
  });
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  return browser;
}
