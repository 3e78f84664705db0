import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { telephoneRate, writeWav } from "../media/audio/write-wav.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** A tone, as a recorder would write it. */
function tone(seconds: number, level = 0.5, hertz = 440): Uint8Array {
  const samples = Float32Array.from(
    { length: seconds * telephoneRate },
    (_, at) => level * Math.sin((2 * Math.PI * hertz * at) / telephoneRate),
  );
  return writeWav(samples);
}

const fields = (name: string, replaces: string | null = null) => ({
  name,
  texts: { "fr-FR": "Nous sommes fermés." },
  replaces,
});
const create = async (name: string, replaces: string | null = null) =>
  must(await admin.call("prompts.create", { body: fields(name, replaces) }));
const upload = (promptId: string, language: string, file: Uint8Array) =>
  admin.call("prompts.upload", { params: { promptId, language }, file });

describe("a recording", () => {
  test("is converted, heard by its hash, and taken away again", async () => {
    const { promptId } = await create("Closing");
    const recorded = must(await upload(promptId, "fr-FR", tone(2)));
    const audio = recorded.audio["fr-FR"];
    expect(audio).toMatchObject({ durationMs: 2000, quiet: false });
    const heard = await fetch(`${runtime.baseUrl}/media/${audio?.sha256}.wav`);
    expect(heard.status).toBe(200);
    expect((await heard.arrayBuffer()).byteLength).toBe(44 + 2 * 16_000);
    const params = { promptId, language: "fr-FR" };
    expect(must(await admin.call("prompts.removeAudio", { params })).audio).toEqual({});
    expect(await admin.call("prompts.removeAudio", { params })).toMatchObject({ error: { code: "notFound" } });
  });

  test("of two languages by two people at once loses neither", async () => {
    const { promptId } = await create("Both");
    const [french, english] = await Promise.all([
      upload(promptId, "fr-FR", tone(1)),
      upload(promptId, "en-GB", tone(1, 0.4, 300)),
    ]);
    must(french);
    must(english);
    const after = must(await admin.call("prompts.get", { params: { promptId } }));
    expect(Object.keys(after.audio).sort()).toEqual(["en-GB", "fr-FR"]);
  });

  test("that cannot be used is refused in a sentence, and what was there stays", async () => {
    const { promptId } = await create("Refused");
    must(await upload(promptId, "fr-FR", tone(1)));
    const text = await upload(promptId, "fr-FR", Buffer.from("not a sound"));
    expect(text).toMatchObject({ error: { code: "audioUnreadable", status: 422 } });
    expect(!text.ok && text.error.message).toContain("another type of file");
    expect(await upload(promptId, "fr-FR", new Uint8Array())).toMatchObject({ error: { code: "audioUnreadable" } });
    const silent = await upload(promptId, "fr-FR", tone(1, 0));
    expect(silent).toMatchObject({ error: { code: "audioSilent" } });
    expect(!silent.ok && silent.error.message).toBe("Nothing can be heard in this recording.");
    expect(must(await upload(promptId, "en-GB", tone(1, 0.01))).audio["en-GB"]?.quiet).toBe(true);
    const huge = await upload(promptId, "fr-FR", new Uint8Array(20_000_001));
    expect(huge).toMatchObject({ error: { code: "tooLarge", status: 413 } });
    expect(!huge.ok && huge.error.message).toContain("20 MB");
    const after = must(await admin.call("prompts.get", { params: { promptId } }));
    expect(after.audio["fr-FR"]?.durationMs).toBe(1000);
  });

  test("remembers the text that it was made for, until somebody hears that it is right for another", async () => {
    const { promptId, rev, name } = await create("Drift");
    const texts = { "fr-FR": "Nous sommes fermés.", "en-GB": "We are closed." };
    const change = async (before: number, said: Record<string, string>) =>
      must(
        await admin.call("prompts.change", {
          params: { promptId },
          body: { name, texts: said, replaces: null, rev: before },
        }),
      );
    const written = await change(rev, { "fr-FR": texts["fr-FR"] });
    const recorded = must(await upload(promptId, "fr-FR", tone(1)));
    must(await upload(promptId, "en-GB", tone(1, 0.4, 300)));
    expect(recorded.audio["fr-FR"]?.text).toBe(texts["fr-FR"]);
    expect(written.audio).toEqual({});
    // What was recorded before anything was written is for the first text that is.
    const first = await change(recorded.rev + 1, texts);
    expect(first.audio["en-GB"]?.text).toBe("");
    const second = await change(first.rev, { "fr-FR": "Nous sommes ouverts.", "en-GB": "We are open." });
    expect([second.audio["fr-FR"]?.text, second.audio["en-GB"]?.text]).toEqual([texts["fr-FR"], texts["en-GB"]]);
    const params = { promptId, language: "fr-FR" };
    const sha256 = recorded.audio["fr-FR"]?.sha256 ?? "";
    const said = "Nous sommes ouverts.";
    const right = must(await admin.call("prompts.confirmAudio", { params, body: { sha256, text: said } }));
    expect(right.audio["fr-FR"]).toMatchObject({ sha256, text: said });
    expect(right.audio["en-GB"]?.text).toBe(texts["en-GB"]);
    const other = await admin.call("prompts.confirmAudio", { params, body: { sha256: "0".repeat(64), text: said } });
    expect(other).toMatchObject({ error: { code: "changedMeanwhile" } });
  });

  test("for a flow's own prompt needs no library", async () => {
    const consultant = await runtime.user(company, "consultant");
    const stored = must(await consultant.call("audio.add", { file: tone(1) }));
    expect(stored.durationMs).toBe(1000);
    expect((await fetch(`${runtime.baseUrl}/media/${stored.sha256}.wav`)).status).toBe(200);
    const { promptId } = await create("Not theirs");
    const params = { promptId, language: "fr-FR" };
    expect(await consultant.call("prompts.upload", { params, file: tone(1) })).toMatchObject({
      error: { code: "notAllowed" },
    });
  });
});

describe("an announcement of the product", () => {
  test("is replaced by one prompt of the company", async () => {
    const { promptId } = await create("Our goodbye", "goodbye");
    const listed = must(await admin.call("prompts.builtIn")).items;
    const goodbye = listed.find(({ name }) => name === "goodbye");
    expect(goodbye).toMatchObject({ kind: "speech", replacedBy: promptId });
    expect(goodbye?.texts.fr).toMatch(/\w/);
    expect(listed.filter(({ replacedBy }) => replacedBy !== null)).toHaveLength(1);
    const second = await admin.call("prompts.create", { body: fields("Another goodbye", "goodbye") });
    expect(second).toMatchObject({ error: { code: "alreadyExists", details: { field: "replaces" } } });
    expect(await admin.call("prompts.create", { body: fields("Lost", "noSuchAnnouncement") })).toMatchObject({
      error: { code: "notFound", details: { what: "announcement" } },
    });
    await create("First without");
    await create("Second without");
  });
});

test("a piece of a number is replaced as an announcement is", async () => {
  const { promptId } = await create("Our two", "piece-n2");
  const listed = must(await admin.call("prompts.pieces")).items;
  expect(listed.find(({ name }) => name === "piece-n2")).toMatchObject({
    texts: { fr: "deux", en: "two" },
    replacedBy: promptId,
  });
  expect(listed.filter(({ replacedBy }) => replacedBy !== null)).toHaveLength(1);
  // What is said alike in a language is recorded once: the second of a month is "deux" in French.
  expect(listed.find(({ name }) => name === "piece-date2")?.texts).toEqual({ en: "the second of" });
  expect(await admin.call("prompts.create", { body: fields("Lost", "piece-n100") })).toMatchObject({
    error: { code: "notFound", details: { what: "announcement" } },
  });
});

test("a prompt that a flow says is not deleted, and the flow is named", async () => {
  const { promptId } = await create("Said");
  const document = { id: "says-it", name: "Says it", prompts: { p1: { texts: {}, library: promptId } } };
  const scope = systemScope(company.companyId);
  const usesOf = async () =>
    must(await admin.call("prompts.uses")).items.find((item) => item.promptId === promptId)?.uses ?? [];
  expect(await usesOf()).toEqual([]);
  await runtime.features.flows.create(scope, { name: "Says it", document });
  expect(await usesOf()).toEqual([{ kind: "flow", id: "says-it", name: "Says it", draft: true }]);
  const refused = await admin.call("prompts.delete", { params: { promptId } });
  expect(refused).toMatchObject({
    error: { code: "inUse", details: { uses: [{ kind: "flow", name: "Says it", draft: true }] } },
  });
  await runtime.features.flows.remove(scope, "says-it");
  expect((await admin.call("prompts.delete", { params: { promptId } })).ok).toBe(true);
});

test("a supervisor changes prompts: they are everyday settings", async () => {
  const supervisor = await runtime.user(company, "supervisor");
  const { promptId, rev } = await create("Everyday");
  const body = { ...fields("Every day"), rev };
  expect((await supervisor.call("prompts.change", { params: { promptId }, body })).ok).toBe(true);
});
