import { type Admin, must } from "./demo-day.ts";
import { type DesignerGiven, open, signIn } from "./designer-pictures.ts";
import { walkByKeyboard } from "./keyboard-walk.ts";

/** Every page that a supervisor of some queues comes to, and those that are refused to them. */
const pages = [
  ...[
    "live",
    "live?all=1",
    "live/screen",
    "figures",
    "calls",
    "recordings",
    "callbacks",
    "voicemail",
    "voicemail/boxes",
  ],
  ...["reports", "reports?report=operators&all=1", "reports?report=answers", "alarms", "schedules", "prompts"],
  ...["contacts", "do-not-call", "queues", "operators", "lines", "scripts", "flows", "congestion", "audit", "users"],
];

/** Makes a supervisor of the first queue, in each language. */
export async function makeLimited(admin: Admin) {
  const [queue] = must(await admin.call("queues.list")).items;
  if (!queue) throw new Error("the demo company has no queue");
  const password = "a password long enough";
  const make = async (language: "fr" | "en") => {
    const email = `limited-${language}@martin.example`;
    const fields = { email, name: "Léa Petit", language, role: "supervisor", enabled: true, password } as const;
    must(await admin.call("users.create", { body: { ...fields, queueIds: [queue.queueId] } }));
    return { email, password };
  };
  return { fr: await make("fr"), en: await make("en") };
}

const nameOf = (address: string) => address.replaceAll(/[/?=&|]/g, "-").slice(0, 40);

/** Each page of a supervisor of some queues, worked by keyboard alone; what was said of each. */
export async function walkLimited(
  given: DesignerGiven,
  limited: Awaited<ReturnType<typeof makeLimited>>,
): Promise<readonly string[]> {
  const { album, installation, language } = given;
  const page = await signIn(given, limited[language]);
  const said: string[] = [];
  for (const address of pages) {
    const name = `kl-${nameOf(address)}-${language}`;
    if (!album.wants(name)) continue;
    await open(page, installation, address);
    said.push(...(await walkByKeyboard(page, name, page.locator("main"))));
  }
  await page.context().close();
  return said;
}

/** What a supervisor of some queues sees. */
export async function takeLimited(
  given: DesignerGiven,
  limited: Awaited<ReturnType<typeof makeLimited>>,
  question: string,
) {
  const { album, installation, language } = given;
  const page = await signIn(given, limited[language]);
  const more = [`reports?report=answers&by=operator&only=${question}`, `calls?question=${question}&answer=true`];
  for (const [at, address] of [...pages, ...more].entries()) {
    const name = `l-${nameOf(address)}${at >= pages.length ? "-answer" : ""}`;
    if (!album.wants(name)) continue;
    await open(page, installation, address).catch(() => undefined);
    await album.take(page, name, language);
  }
  await page.context().close();
}
