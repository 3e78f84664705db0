import type { ApiClient, ApiProblem, CallInHand, PassOnTarget } from "@cordboard/api";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { type ControlAction, controlActions, type NamedTarget, readAction } from "./control-action.ts";

/** What is said once it is done; of the others, how the conversation stands. */
const done = {
  hangUp: "control.done.hangUp",
  keys: "control.done.keys",
  passOn: "control.done.passOn",
  show: "control.plain",
  hold: "control.plain",
  mute: "control.plain",
  record: "control.plain",
} as const;

type Failed = { readonly ok: false; readonly error: ApiProblem };
type Done = { readonly ok: true; readonly value: CallInHand | null };

/** Does something with a conversation on its operator's behalf, and says how it stands then; `last` is the newest call. */
export async function control(
  call: string,
  action: string,
  what: string | undefined,
  options: ServerOptions,
): Promise<ExitCode> {
  const read = readAction(action, what);
  if (typeof read === "string") {
    console.error(t(`control.wrong.${read}`, { action, actions: Object.keys(controlActions).join(", ") }));
    return 64;
  }
  const { client, url } = await connect(options);
  const callId = call === "last" ? await newest(client) : call;
  const answer = await carryOut(client, callId ?? "call_none", read);
  if (answer === "notNamed") {
    console.error(t("control.notNamed", { name: what ?? "" }));
    return 1;
  }
  if (!answer.ok) {
    const code = explain(answer.error, url, t("trace.none", { id: call }));
    if (answer.error.remedy !== "" && code === 1 && answer.error.status === 409) console.error(answer.error.remedy);
    return code;
  }
  if (options.json) console.log(JSON.stringify(answer.value ?? { callId }));
  else console.log(answer.value ? standing(answer.value) : t(done[read.kind], { callId: callId ?? "" }));
  return 0;
}

/** Asks for it. `notNamed`: there is nobody, or nothing, of that name to pass on to. */
export async function carryOut(
  client: Pick<ApiClient, "call">,
  callId: string,
  action: ControlAction,
): Promise<Done | Failed | "notNamed"> {
  const params = { callId };
  const plain = (answer: Failed | { readonly ok: true }): Done | Failed =>
    answer.ok ? { ok: true, value: null } : answer;
  switch (action.kind) {
    case "show":
      return client.call("callControl.get", { params });
    case "hangUp":
      return plain(await client.call("callControl.hangUp", { params }));
    case "hold":
      return client.call("callControl.hold", { params, body: { held: action.held } });
    case "mute":
      return client.call("callControl.mute", { params, body: { muted: action.muted } });
    case "keys":
      return plain(await client.call("callControl.pressKeys", { params, body: { keys: action.keys } }));
    case "record":
      return client.call("callControl.record", { params, body: { wish: action.wish } });
    case "passOn": {
      const found = await targetNamed(client, action.to);
      if ("error" in found) return found;
      if (found.to === null) return "notNamed";
      return plain(await client.call("callControl.passOn", { params, body: { to: found.to } }));
    }
  }
}

/** People name by code or name, the server by id. */
async function targetNamed(
  client: Pick<ApiClient, "call">,
  { kind, name }: NamedTarget,
): Promise<{ readonly to: PassOnTarget | null } | Failed> {
  const is = (...names: readonly string[]) => names.some((one) => one.toLowerCase() === name.toLowerCase());
  switch (kind) {
    case "switchboard":
      return { to: { kind } };
    case "number":
      return { to: { kind, number: name } };
    case "flow":
      return { to: { kind, flowId: name } };
    case "operator": {
      const all = await client.call("operators.list");
      if (!all.ok) return all;
      const found = all.value.items.find((one) => is(one.operatorId, one.code, one.name));
      return { to: found ? { kind, operatorId: found.operatorId } : null };
    }
    case "queue": {
      const all = await client.call("queues.list");
      if (!all.ok) return all;
      const found = all.value.items.find((one) => is(one.queueId, one.name));
      return { to: found ? { kind, queueId: found.queueId } : null };
    }
  }
}

function standing({ operatorName, held, muted, recording }: CallInHand): string {
  const states = [
    ...(held ? [t("control.held")] : []),
    ...(muted ? [t("control.muted")] : []),
    ...(recording === null ? [] : [t(`control.recording.${recording}`)]),
  ];
  return t("control.stands", { operator: operatorName, states: states.join(", ") || t("control.plain") });
}

async function newest(client: ApiClient): Promise<string | null> {
  const listed = await client.call("calls.list", { query: { limit: 1 } });
  return listed.ok ? (listed.value.items[0]?.callId ?? null) : null;
}
