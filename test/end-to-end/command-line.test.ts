import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, startInstallation } from "../support/installation.ts";
import { connectLab } from "../support/lab-client.ts";

/** The `cordboard` command against a running product, as a consultant and an admin use it. */
const root = join(import.meta.dirname, "../..");
let installation: Installation;
let folder: string;
beforeAll(async () => {
  installation = await startInstallation();
  folder = mkdtempSync(join(tmpdir(), "cordboard-command-"));
});
afterAll(async () => {
  await installation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function cordboard(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, "dist/server/cordboard.js"), ...args], {
      cwd: folder,
      env: { ...process.env, LANG: "en_GB.UTF-8", LC_ALL: "", CORDBOARD_DATA: installation.folder, ...env },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

test("a flow goes from the server to a file, is checked, compared, changed, sent and published", async () => {
  expect(await cordboard(["flow", "pull", "reception"])).toMatchObject({ code: 0, err: "" });
  const file = join(folder, "reception.json");
  expect(await cordboard(["flow", "pull", "reception"])).toMatchObject({ code: 1 });
  expect((await cordboard(["flow", "validate", "reception.json"])).out).toContain("no problem found");
  expect(await cordboard(["flow", "diff", "reception", "reception.json"])).toMatchObject({ code: 0 });

  const flow = JSON.parse(readFileSync(file, "utf8"));
  flow.nodes.find((node: { id: string }) => node.id === "menu").config.attempts = 2;
  writeFileSync(file, JSON.stringify(flow));
  const diff = await cordboard(["flow", "diff", "reception", "reception.json"]);
  expect(diff).toMatchObject({ code: 1, err: "" });
  expect(diff.out).toContain("/config/attempts: 3 → 2");
  expect(JSON.parse((await cordboard(["flow", "diff", "reception", "reception.json", "--json"])).out)).toMatchObject({
    nodes: [{ id: "menu" }],
  });

  const pushed = await cordboard(["flow", "push", "reception.json", "--json"]);
  expect(pushed).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(pushed.out)).toEqual({ flowId: "reception", rev: 1, scenarios: null });
  // Somebody's unpublished work is not written over unasked.
  flow.name = "Something else";
  flow.nodes.find((node: { id: string }) => node.id === "menu").config.attempts = 1;
  writeFileSync(file, JSON.stringify(flow));
  const refused = await cordboard(["flow", "push", "reception.json"], { LANG: "fr_FR.UTF-8" });
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toMatch(/brouillon.*--overwrite/s);
  const published = await cordboard(["flow", "push", "reception.json", "--overwrite", "--publish", "one attempt"]);
  expect(published).toMatchObject({ code: 0 });
  expect(published.out).toContain("version 2");
  expect(await cordboard(["flow", "pull", "reception@1", "-o", "-"])).toMatchObject({ code: 0 });

  flow.edges.pop();
  writeFileSync(file, JSON.stringify(flow));
  const broken = await cordboard(["flow", "push", "reception.json", "--publish", "broken"]);
  expect(broken).toMatchObject({ code: 1, out: "" });
  expect(broken.err).toMatch(/reception\.json: .*error: .*\[outputUnconnected\]/);
  expect(await cordboard(["flow", "pull", "nothing"])).toMatchObject({ code: 1, out: "" });
});

test("the product's own flows pass their scenarios", async () => {
  const ran = await cordboard(["flow", "test", join(root, "flows/one-queue.json"), "--json"]);
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.out)).toMatchObject([{ coverage: 1 }]);
});

test("all of it is backed up while it runs, and put where nothing is", async () => {
  const backedUp = await cordboard(["backup", "all.tar.gz", "--json"]);
  expect(backedUp).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(backedUp.out)).toMatchObject({ file: join(folder, "all.tar.gz"), database: true });
  expect(await cordboard(["restore", "all.tar.gz", "--replace"])).toMatchObject({ code: 1, out: "" });
  const elsewhere = { CORDBOARD_DATA: join(folder, "elsewhere") };
  expect(await cordboard(["restore", "all.tar.gz"], elsewhere)).toMatchObject({ code: 0, err: "" });
  expect(await cordboard(["restore", "all.tar.gz"], elsewhere)).toMatchObject({ code: 1, out: "" });
});

test("the doctor finds nothing wrong with the lab, rings a telephone, and hears keys and words", async () => {
  const lab = await connectLab(installation.labUrl);
  const ran = cordboard(["doctor", "--call", "Poste 12", "--json"]);
  await lab.waitFor("12", "ringing");
  lab.answer("12");
  await lab.waitFor("12", "talking testCallHello");
  lab.press("12", "1");
  await lab.waitFor("12", "talking tone");
  // Whoever says nothing is recorded all the same: silence is sound that arrived.
  await lab.waitFor("12", "talking testCallQuestion", 20_000);
  lab.press("12", "1");
  const { code, out, err } = await ran;
  lab.close();
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [found, called] = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(found.running).toBe(true);
  expect(found.items.filter(({ state }: { state: string }) => state === "error" || state === "warning")).toEqual([]);
  expect(called.call.steps.map(({ step, state }: { step: string; state: string }) => `${step} ${state}`)).toEqual([
    ...["ordered ok", "rings ok", "answered ok", "heard ok", "spoke ok", "heardBack ok"],
  ]);

  // Without a product it goes by the environment, and says what is not there.
  const away = { CORDBOARD_DATA: folder, CORDBOARD_PORT: "1", JAMBONZ_API_KEY: "k", JAMBONZ_ACCOUNT_SID: "a" };
  const alone = await cordboard(["doctor"], {
    ...away,
    CORDBOARD_PUBLIC_URL: "http://127.0.0.1:1",
    JAMBONZ_API_URL: "http://127.0.0.1:1",
  });
  expect(alone.code).toBe(1);
  expect(alone.out).toContain("Cordboard does not run");
  expect(alone.out).toMatch(/✗ jambonz’ REST API/);
  expect(await cordboard(["doctor", "--call", "17"])).toMatchObject({ code: 1 });
});

test("a test call is placed, keys are pressed, and every step is shown as it happens", async () => {
  const called = await cordboard(["call", "--keys", "1,2,2,,2", "--seconds", "12"]);
  expect(called).toMatchObject({ code: 0, err: "" });
  for (const said of ["Welcome", "Language", "Support: nobody available", "[2]"]) expect(called.out).toContain(said);
  expect((await cordboard(["trace", "last"])).out).toContain("Support: nobody available");
  // 0 reaches the switchboard, whose telephone in the lab is answered.
  const json = await cordboard([
    "call",
    "0199001010",
    "--hidden",
    "--keys",
    "0",
    "--answer",
    "--seconds",
    "8",
    "--json",
  ]);
  expect(json).toMatchObject({ code: 0, err: "" });
  const lines = json.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ call: { hidden: true, endedBy: "caller" } });
  expect(JSON.stringify(lines)).toContain("switchboard");
});

test("a test call that cannot be placed says what to do", async () => {
  expect(await cordboard(["call", "--keys", "one"])).toMatchObject({ code: 64, out: "" });
  expect(await cordboard(["call", "--seconds", "soon"])).toMatchObject({ code: 64, out: "" });
  const elsewhere = await cordboard(["call"], { CORDBOARD_DATA: folder, LANG: "fr_FR.UTF-8" });
  expect(elsewhere).toMatchObject({ code: 3, out: "" });
  expect(elsewhere.err).toContain("sans le labo");
  expect(await cordboard(["call", "--lab", "http://127.0.0.1:9"])).toMatchObject({ code: 3, out: "" });
});

test("a lost password is replaced, for an operator and for a user; the new one opens", async () => {
  const reset = await cordboard(["reset-password", "101", "--json"]);
  expect(reset).toMatchObject({ code: 0, err: "" });
  const { newPassword } = JSON.parse(reset.out);
  const client = createClient({ baseUrl: installation.url, fetch, keepCookies: true });
  const signIn = (password: string) => client.call("desk.signIn", { body: { code: "101", password } });
  expect((await signIn(newPassword)).ok).toBe(true);
  expect((await signIn(installation.operators[0]?.password ?? "")).ok).toBe(false);
  expect(await cordboard(["reset-password", "admin@demo.example"])).toMatchObject({ code: 0, err: "" });
  const nobody = await cordboard(["reset-password", "999"], { LANG: "fr_FR.UTF-8" });
  expect(nobody).toMatchObject({ code: 1, out: "" });
  expect(nobody.err).toMatch(/compte 999/);
});

test("announcements are listed for a speaker, and taken from WAV files; wrong files are refused, the others go in", async () => {
  const listed = await cordboard(["prompts", "list"]);
  expect(listed.code).toBe(0);
  const text = readFileSync(join(root, "packages/prompts/src/texts.fr.json"), "utf8");
  const spoken = Object.keys(JSON.parse(text)).filter((name) => !["beep", "holdMusic", "ringMusic"].includes(name));
  for (const name of spoken) expect(listed.out).toContain(`${name}.fr.wav,fr,`);

  const recordings = join(folder, "recordings");
  mkdirSync(recordings);
  const take = (from: string, as: string) =>
    copyFileSync(join(root, "packages/prompts/audio", from), join(recordings, as));
  take("closedNow.fr.wav", "goodbye.fr.wav");
  take("closedNow.en.wav", "goodbye.en.wav");
  take("closedNow.en.wav", "goodbye.de.wav");
  take("closedNow.en.wav", "nothing.en.wav");
  take("pieces/n1.fr.wav", "piece-n1.fr.wav");
  writeFileSync(join(recordings, "welcome.fr.wav"), "no sound at all");
  const imported = await cordboard(["prompts", "import", recordings]);
  expect(imported.code).toBe(1);
  expect(
    imported.out
      .trim()
      .split("\n")
      .map((line) => line.replace(/ .*\//, " ")),
  ).toEqual(["✓ goodbye.en.wav", "✓ goodbye.fr.wav", "✓ piece-n1.fr.wav"]);
  expect(imported.err).toMatch(/✗ .*goodbye\.de\.wav: .*fr, en.*“de”/);
  expect(imported.err).toMatch(/✗ .*nothing\.en\.wav: .*prompts list/);
  expect(imported.err).toMatch(/✗ .*welcome\.fr\.wav: .{20,}/);
  const again = (await cordboard(["prompts", "list"])).out;
  expect(again).toMatch(/goodbye\.fr\.wav,fr,.*,yes/);
  expect(again).toMatch(/piece-n1\.fr\.wav,fr,un,yes/);
  expect(again).toMatch(/piece-n1\.en\.wav,en,one,$/m);
  expect(await cordboard(["prompts", "import", join(folder, "none.wav")])).toMatchObject({ code: 1 });
});

test("asked wrongly, or of a server that is not there, the command says so and ends accordingly", async () => {
  expect(await cordboard(["flow", "diff", "nothing@7", "reception"])).toMatchObject({ code: 64 });
  expect(await cordboard(["trace", "last", "--server", "http://127.0.0.1:9"])).toMatchObject({ code: 3, out: "" });
  expect(
    await cordboard(["trace", "last"], { CORDBOARD_DATA: folder, CORDBOARD_PUBLIC_URL: installation.url }),
  ).toMatchObject({
    code: 2,
    out: "",
  });
  expect(await cordboard(["trace", "call_none"])).toMatchObject({ code: 1, out: "" });
  expect(await cordboard(["dance"])).toMatchObject({ code: 64, out: "" });
  const french = await cordboard(["flow", "pull"], { LANG: "fr_FR.UTF-8" });
  expect(french).toMatchObject({ code: 64, out: "" });
  expect(french.err).toContain("argument");
});

test("a number is dialled for an operator by command; what may not be is refused in a sentence", async () => {
  const premium = await cordboard(["dial", "101", "0899 70 12 34"]);
  expect(premium).toMatchObject({ code: 1, out: "" });
  expect(premium.err).toContain("premium");
  const absent = await cordboard(["dial", "103", "06 12 34 56 78", "--line", "Standard"]);
  expect(absent).toMatchObject({ code: 1, err: expect.stringContaining("shift has not begun") });
  expect((await cordboard(["dial", "101", "1000", "--line", "nonsense"])).err).toContain("no line nonsense");
});

test("a callback is promised by command, once a number; a queue that is none is named, and what is not called back refused", async () => {
  const nowhere = await cordboard(["callback", "06 39 98 01 77", "--queue", "nonsense"]);
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining("no queue nonsense") });
  const [, queue = ""] = /The queues: ([^,]+)/.exec(nowhere.err) ?? [];
  const asked = ["callback", "06 39 98 01 77", "--queue", queue.trim()];
  expect((await cordboard(asked)).out).toContain("06 39 98 01 77 will be called back");
  const again = JSON.parse((await cordboard([...asked, "--json"])).out);
  expect(again).toMatchObject({ created: false, callback: { number: "+33639980177", origin: { kind: "user" } } });
  const times = await cordboard(["callback", "--times", "--queue", queue.trim()]);
  expect(times.out).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect((await cordboard(["callback", "112", "--queue", queue.trim()])).err).toContain(
    "not a number that is called back",
  );
});

// The last one: from now on there are two companies, and who signs in names theirs.
test("a company is made with its administrator, whose password is shown once; it is not made again", async () => {
  const asked = [
    "company",
    "create",
    "acme",
    "--country",
    "GB",
    "--time-zone",
    "Europe/London",
    "--languages",
    "en-GB",
  ];
  const made = await cordboard([...asked, "--admin", "ann@acme.example", "--json"]);
  expect(made).toMatchObject({ code: 0, err: "" });
  const { admin } = JSON.parse(made.out);
  const ann = createClient({ baseUrl: installation.url, fetch, language: "en", keepCookies: true });
  const signedIn = await ann.call("session.signIn", {
    body: { company: "acme", email: admin.email, password: admin.newPassword },
  });
  expect(signedIn.ok).toBe(true);
  expect(await ann.call("company.get")).toMatchObject({ value: { country: "GB", languages: ["en-GB"] } });
  expect(await cordboard([...asked, "--admin", "ann@acme.example"])).toMatchObject({ code: 1, out: "" });
  const elsewhere = await cordboard([...asked, "--admin", "a@b.example", "--server", installation.url]);
  expect(elsewhere).toMatchObject({ code: 2, err: expect.stringContaining("own machine") });
});
