import { createServer } from "vite";
import { openBrowser } from "../support/browser.ts";
import { startInstallation } from "../support/installation.ts";
import { takeAgent, takeCallTraces } from "./agent-pictures.ts";
import { answerCalls } from "./answered-calls.ts";
import { takeCompany } from "./company-pictures.ts";
import { fillCompany } from "./demo-company.ts";
import { fillDay, makeAccounts, signInAdmin } from "./demo-day.ts";
import { takeDay, takeEmpty, takeFaults, takeFlows, takeLists, takeOutside } from "./designer-pictures.ts";
import { takeEditor } from "./editor-pictures.ts";
import { walkDesigner } from "./keyboard-pictures.ts";
import { takeLab } from "./lab-pictures.ts";
import { makeLimited, takeLimited, walkLimited } from "./limited-pictures.ts";
import { takeProvider } from "./provider-pictures.ts";
import { makeSheets } from "./sheets.ts";
import { beginAlbum, type Language, languages } from "./take.ts";

/**
 * Takes a picture of every page and state of the three web apps, in both languages, light and dark, wide and narrow, into .cache/pictures,
 * with sheets that lay them side by side and lists of what a program can see to be wrong (`said-….txt`); `keyboard` works the forms and the
 * settings of nodes without the mouse, and says where that fails. What `npm run build` made is what
 * is seen. It takes half an hour; a part of it is asked for by name, and single pictures by how their names begin:
 *
 *     npx tsx test/pictures/main.ts
 *     npx tsx test/pictures/main.ts lists day --only=d-calls,d-lines
 */
const filled = [
  "faults",
  "lists",
  "limited",
  "company",
  "day",
  "flows",
  "editor",
  "traces",
  "provider",
  "keyboard",
] as const;
const parts = ["agent", "outside", "empty", "lab", ...filled] as const;
const asked = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const only = process.argv.find((one) => one.startsWith("--only="))?.slice("--only=".length);
const wants = (part: (typeof parts)[number]) => asked.length === 0 || asked.includes(part);

const album = beginAlbum(only?.split(",") ?? []);
const failed: string[] = [];
/** One page that cannot be reached does not keep the others from being looked at. */
const inEach = async (part: (typeof parts)[number], work: (language: Language) => Promise<void>) => {
  if (!wants(part)) return;
  for (const language of languages) {
    try {
      await work(language);
    } catch (error) {
      failed.push(`FAILED ${part} ${language}: ${error instanceof Error ? error.stack : error}`);
      process.stdout.write(`${failed.at(-1)}\n`);
    }
  }
};

const browser = await openBrowser();
if (wants("agent")) {
  const server = await createServer({
    root: "apps/agent/gallery",
    configFile: false,
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0 },
  });
  await server.listen();
  const [url = ""] = server.resolvedUrls?.local ?? [];
  await inEach("agent", (language) => takeAgent({ album, browser, language, url }));
  await server.close();
}
if (parts.some((part) => part !== "agent" && wants(part))) {
  const installation = await startInstallation();
  try {
    const admin = await signInAdmin(installation);
    const accounts = await makeAccounts(admin);
    const given = (language: Language) => ({ album, browser, installation, accounts, language });
    await inEach("outside", (language) => takeOutside(given(language)));
    await inEach("empty", (language) => takeEmpty(given(language)));
    await inEach("lab", (language) => takeLab(given(language)));
    if (filled.some(wants)) {
      await fillCompany(admin);
      const things = await fillDay(installation, admin);
      await inEach("faults", (language) => takeFaults(given(language)));
      await inEach("lists", (language) => takeLists(given(language), things));
      if (wants("limited")) {
        const limited = await makeLimited(admin);
        const question = await answerCalls(installation, admin);
        await inEach("limited", (language) => takeLimited(given(language), limited, question));
        await inEach("limited", async (language) => album.say(await walkLimited(given(language), limited)));
      }
      await inEach("company", (language) => takeCompany(given(language)));
      await inEach("day", (language) => takeDay(given(language)));
      await inEach("flows", (language) => takeFlows(given(language)));
      await inEach("editor", (language) => takeEditor(given(language)));
      await inEach("traces", (language) => takeCallTraces(given(language)));
      await inEach("provider", (language) => takeProvider(given(language)));
      await inEach("keyboard", async (language) => album.say(await walkDesigner(given(language))));
    }
  } finally {
    await installation.stop();
  }
}
await makeSheets(browser, album.names);
await browser.close();
process.stdout.write(`${[...album.finish(asked.join("-") || "all"), ...failed].join("\n")}\n`);
// The browser stays for whoever asks next, and would keep this process.
process.exit(failed.length === 0 ? 0 : 1);
