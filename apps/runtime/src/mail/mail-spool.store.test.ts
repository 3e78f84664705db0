import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Store } from "../store/store.ts";
import { openTestStore, type TestStore } from "../testing/test-store.ts";
import { type VirtualClock, virtualClock } from "../testing/virtual-clock.ts";
import { folderCarrier } from "./folder-carrier.ts";
import type { Carried, LetterToCarry, MailCarrier } from "./mail-carrier.ts";
import { createMailSpool } from "./mail-spool.ts";
import { mailCollection, prepareMails } from "./model.ts";
import { smtpCarrier } from "./smtp-carrier.ts";

let testStore: TestStore;
let store: Store;
let clock: VirtualClock;
const log = { info() {}, warn() {}, error() {} };

beforeAll(async () => {
  testStore = await openTestStore();
  store = await testStore.connect();
  await prepareMails(store.connection);
});
afterAll(() => testStore.close());
beforeEach(() => {
  clock = virtualClock();
});
afterEach(() => mailCollection(store.connection).deleteMany({}));

const mail = (mailId: string) => ({
  ...{ companyId: "co_1", mailId, to: "chef@example.com", subject: "File d’attente", text: "Personne n’est là.\n" },
});

/** A carrier that answers as it is told, and remembers what it was given. */
function scripted(answers: Carried[]) {
  const letters: LetterToCarry[] = [];
  const carrier: MailCarrier = {
    kind: "folder",
    async deliver(letter) {
      letters.push(letter);
      return answers.shift() ?? { kind: "delivered" };
    },
    close() {},
  };
  return { carrier, letters };
}

const stateOf = async (mailId: string) => (await mailCollection(store.connection).findOne({ _id: mailId }))?.state;

test("a mail that is posted twice leaves once, and what it said is not kept", async () => {
  const { carrier, letters } = scripted([]);
  const spool = createMailSpool({ connection: store.connection, clock, carrier, log });
  await spool.post(mail("mail_1"));
  await spool.post(mail("mail_1"));
  await expect.poll(() => stateOf("mail_1")).toBe("sent");
  await spool.post(mail("mail_1"));
  await spool.close();
  expect(letters.map(({ messageId, to }) => [messageId, to])).toEqual([["mail_1", "chef@example.com"]]);
  expect(await mailCollection(store.connection).findOne({ _id: "mail_1" })).toMatchObject({ text: "", html: null });
});

test("what could not be sent is tried again, later and later, until it is", async () => {
  const { carrier, letters } = scripted([
    { kind: "failed", why: "no answer" },
    { kind: "failed", why: "no answer" },
  ]);
  const spool = createMailSpool({ connection: store.connection, clock, carrier, log });
  await spool.post(mail("mail_2"));
  const tried = (times: number) =>
    expect
      .poll(
        async () => (await mailCollection(store.connection).findOne({ _id: "mail_2" }))?.lastProblem && letters.length,
      )
      .toBe(times);
  await tried(1);
  await expect.poll(() => clock.armed).toBe(1);
  await clock.advance(30_000);
  await tried(2);
  expect(await stateOf("mail_2")).toBe("due");
  await expect.poll(() => clock.armed).toBe(1);
  for (let round = 0; round < 4; round += 1) {
    await clock.advance(15_000);
    await expect.poll(() => clock.armed).toBe(1);
  }
  await expect.poll(() => stateOf("mail_2")).toBe("sent");
  await spool.close();
});

test("a process that dies with a mail in hand loses nothing: another sends it when the claim is over", async () => {
  const taken: LetterToCarry[] = [];
  const dying: MailCarrier = {
    kind: "folder",
    deliver(letter) {
      taken.push(letter);
      return new Promise(() => {});
    },
    close() {},
  };
  const first = createMailSpool({ connection: store.connection, clock, carrier: dying, log });
  await first.post(mail("mail_3"));
  await expect.poll(() => taken.length).toBe(1);
  const { carrier, letters } = scripted([]);
  const second = createMailSpool({ connection: store.connection, clock, carrier, log });
  second.start();
  await expect.poll(() => clock.armed).toBe(1);
  expect(letters).toEqual([]);
  clock.stallFor(120_000);
  await clock.advance(15_000);
  await expect.poll(() => letters.length).toBe(1);
  await second.close();
  expect(await stateOf("mail_3")).toBe("sent");
});

test("what a server refuses for good is not tried again; what nobody took is given up after three days", async () => {
  const { carrier, letters } = scripted([{ kind: "refused", why: "550 no such user" }]);
  const spool = createMailSpool({ connection: store.connection, clock, carrier, log });
  await spool.post(mail("mail_4"));
  await expect.poll(() => stateOf("mail_4")).toBe("refused");
  await spool.close();
  expect(letters.length).toBe(1);
  const deaf = scripted([
    { kind: "failed", why: "no answer" },
    { kind: "failed", why: "no answer" },
  ]);
  const other = createMailSpool({ connection: store.connection, clock, carrier: deaf.carrier, log });
  await other.post(mail("mail_5"));
  await expect.poll(() => clock.armed).toBe(1);
  clock.stallFor(3 * 86_400_000);
  await clock.advance(15_000);
  await expect.poll(() => stateOf("mail_5")).toBe("givenUp");
  await other.close();
});

/** Enough of a mail server to take one mail, or to refuse its addressee. */
async function mailServer(refuses: boolean) {
  const taken: string[] = [];
  const server = createServer((socket) => {
    let body: string | null = null;
    socket.write("220 test\r\n");
    socket.on("error", () => {});
    socket.on("data", (data) => {
      for (const line of String(data).split("\r\n")) {
        if (body !== null) {
          if (line === ".") {
            taken.push(body);
            body = null;
            socket.write("250 taken\r\n");
          } else body += `${line}\n`;
        } else if (/^(EHLO|HELO)/.test(line)) socket.write("250 test\r\n");
        else if (/^MAIL/.test(line)) socket.write("250 ok\r\n");
        else if (/^RCPT/.test(line)) socket.write(refuses ? "550 no such user\r\n" : "250 ok\r\n");
        else if (/^DATA/.test(line)) {
          body = "";
          socket.write("354 go on\r\n");
        } else if (/^QUIT/.test(line)) socket.end("221 bye\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, taken, close: () => server.close() };
}

const letter = { to: "chef@example.com", subject: "File d’attente", text: "Personne n’est là.", messageId: "mail_9" };

test("over SMTP a mail arrives with its addresses, subject and words; a refusal is final, a server that is not there is not", async () => {
  const server = await mailServer(false);
  const carrier = smtpCarrier({ url: server.url, from: "Cordboard <cordboard@example.com>" });
  expect(await carrier.deliver(letter)).toEqual({ kind: "delivered" });
  carrier.close();
  server.close();
  const [arrived = ""] = server.taken;
  expect(arrived).toMatch(/^From: Cordboard <cordboard@example.com>$/m);
  expect(arrived).toMatch(/^To: chef@example.com$/m);
  expect(arrived).toMatch(/^Message-ID: <mail_9@cordboard>$/m);
  const refusing = await mailServer(true);
  const refused = smtpCarrier({ url: refusing.url, from: "cordboard@example.com" });
  expect(await refused.deliver(letter)).toMatchObject({ kind: "refused" });
  refused.close();
  refusing.close();
  const gone = smtpCarrier({ url: server.url, from: "cordboard@example.com" });
  expect(await gone.deliver(letter)).toMatchObject({ kind: "failed" });
});

test("without a mail server each mail is a file that mail programs open", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cb-mail-"));
  const carrier = folderCarrier({ folder, from: "cordboard@example.com" });
  const attachments = [{ filename: "day.csv", contentType: "text/csv", base64: btoa("a;b\n") }];
  expect(await carrier.deliver({ ...letter, attachments })).toEqual({ kind: "delivered" });
  expect(await readdir(folder)).toEqual(["mail_9.eml"]);
  const written = await readFile(join(folder, "mail_9.eml"), "utf8");
  expect(written).toMatch(/^To: chef@example.com$/m);
  expect(written).toContain("day.csv");
  await rm(folder, { recursive: true });
});
