import type { Notice } from "@cordboard/node-kit";
import { expect, test } from "vitest";
import type { CallDocument } from "../calls/model.ts";
import { createPostNotice } from "./post-notice.ts";

const call = {
  ...{ _id: "call_1", companyId: "co_1" },
  snapshot: { node: { id: "tell", type: "notify", typeVersion: 1 } },
} as CallDocument;
const mail: Notice = { by: "mail", to: "a@example.com; b@example.com", subject: "Two\nlines", text: "Text\nof two" };

function stage() {
  const posted: { mailId: string; to: string; subject: string; text: string }[] = [];
  const told: { key: string; topic: string }[] = [];
  const post = createPostNotice({
    mail: { post: async ({ mailId, to, subject, text }) => void posted.push({ mailId, to, subject, text }) },
    noticed: async (_call, key, { topic }) => void told.push({ key, topic }),
  });
  return { posted, told, ask: (notice: Notice, entry = 7) => post(call, { type: "postNotice", entry, notice }) };
}

test("each address has a mail of its own, with a subject of one line", async () => {
  const { posted, ask } = stage();
  expect(await ask(mail)).toBe("done");
  expect(posted.map(({ to, subject, text }) => [to, subject, text])).toEqual([
    ["a@example.com", "Two lines", "Text\nof two"],
    ["b@example.com", "Two lines", "Text\nof two"],
  ]);
});

test("the same visit has the same ids, however often it is asked; another visit has others", async () => {
  const { posted, told, ask } = stage();
  for (const entry of [7, 7, 8]) await ask(mail, entry);
  expect(new Set(posted.map(({ mailId }) => mailId)).size).toBe(4);
  const hook: Notice = { by: "webhook", topic: "breakdown", text: "", values: {} };
  for (const entry of [7, 7, 8]) await ask(hook, entry);
  expect(new Set(told.map(({ key }) => key)).size).toBe(2);
});

test("an address that is none: nobody is told, not half of them", async () => {
  const { posted, ask } = stage();
  expect(await ask({ ...mail, to: "a@example.com, nobody" })).toBe("failed");
  expect(posted).toEqual([]);
});

test("a store that does not take it is no promise", async () => {
  const post = createPostNotice({
    mail: {
      post: async () => {
        throw new Error("the store is away");
      },
    },
    noticed: async () => undefined,
  });
  await expect(post(call, { type: "postNotice", entry: 1, notice: mail })).rejects.toThrow("away");
});
