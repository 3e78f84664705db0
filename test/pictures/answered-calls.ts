import type { Installation } from "../support/installation.ts";
import { connectLab } from "../support/lab-client.ts";
import { signInOperator } from "../support/operator-client.ts";
import { until } from "../support/until.ts";
import { type Admin, must } from "./demo-day.ts";

/** Callers whom an operator leads through the questionnaire with every kind of question. */
export async function answerCalls(installation: Installation, admin: Admin) {
  const script = must(await admin.call("scripts.list")).items.find(({ name }) => name === "Tout ce qui se demande");
  const [account] = installation.operators;
  if (!script || !account) throw new Error("the demo company has no questionnaire, or no operator");
  const before = must(await admin.call("queues.list")).items;
  for (const { queueId, ...fields } of before)
    must(await admin.call("queues.change", { params: { queueId }, body: { ...fields, scriptId: script.scriptId } }));
  const lab = await connectLab(installation.labUrl);
  const operator = await signInOperator(installation.url, account, "11");
  for (const [at, client] of [true, true, false].entries()) {
    lab.call(`+3363998124${at}`, "+442079460199");
    await operator.waitFor(({ offer }) => offer !== null, "an offer");
    await operator.accept();
    await lab.waitFor("11", "ringing");
    lab.answer("11");
    const { call } = await operator.waitFor(({ state }) => state === "talking", "talking");
    const address = `/api/desk/calls/${call?.callId}/script`;
    const begun = await operator.post(address);
    if (!begun.ok) throw new Error(await begun.text());
    const changes = Object.entries({
      client,
      sujet: at === 1 ? "a2" : "a1",
      signes: ["b1", "b2"],
      surface: 40 + 25 * at,
    }).map(([key, value], each) => ({ kind: "answer", key, value, seen: 0, givenAt: Date.now() + each }));
    const told = await operator.post(`${address}/${script.scriptId}/changes`, { changes });
    if (!told.ok) throw new Error(await told.text());
    lab.hangUp("caller");
    await lab.waitFor("caller", "idle");
    await operator.waitFor(({ state }) => state === "wrapUp", "wrap-up");
    await operator.ready();
  }
  await operator.signOut();
  lab.close();
  for (const { queueId, ...fields } of before) {
    const { rev } = must(await admin.call("queues.get", { params: { queueId } }));
    must(await admin.call("queues.change", { params: { queueId }, body: { ...fields, rev } }));
  }
  await until(
    async () =>
      must(await admin.call("calls.list", { query: { answer: `${script.scriptId}|client` } })).items.length === 3,
    "the calls to be found by their answers",
  );
  return `${script.scriptId}|client`;
}
