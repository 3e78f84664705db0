import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

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
];

/**
 * Starts the Chromium that `npm test` found (CORDBOARD_CHROMIUM; scripts/ensure-chromium.mjs). `microphone`: there is one, it beeps, and
 * every page may use it; without, pages are refused.
 */
export async function openBrowser({ microphone = false } = {}): Promise<TestBrowser> {
  const { ensureChromium } = await import("../../scripts/ensure-chromium.mjs");
  const found = await ensureChromium(join(import.meta.dirname, "../.."));
  if (!found.ok) throw new Error(found.sentence);
  const home = mkdtempSync(join(tmpdir(), "cordboard-browser-"));
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${leftOut.join(",")}`,
      "--autoplay-policy=user-gesture-required",
      ...(microphone ? ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] : []),
    ],
    env: { ...process.env, HOME: home },
  });
  return {
    person: (locale, { width = 1280, height = 800, dark = false } = {}) =>
      browser.newContext({
        locale,
        viewport: { width, height },
        colorScheme: dark ? "dark" : "light",
        permissions: ["notifications"],
      }),
    async close() {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
