import { builtInPrompts } from "@cordboard/prompts";
import type { TelephoneState } from "@cordboard/simulator/server";
import { WebSocket } from "ws";
import { until } from "./until.ts";

/** What a telephone was heard doing, with the time since the client connected: `12:talking bridged`, `caller:talking demoWelcome`. */
export interface Moment {
  readonly atMs: number;
  readonly telephone: string;
  readonly what: string;
}

/** The lab's telephones, as its page sees them. */
export interface LabClient {
  readonly moments: readonly Moment[];
  telephone(id: string): TelephoneState | undefined;
  /** What a telephone does and hears now: `idle`, `ringing`, `talking holdMusic`, `talking bridged` … */
  now(id: string): string;
  call(from: string, to: string): void;
  answer(id: string): void;
  refuse(id: string): void;
  hangUp(id: string): void;
  press(id: string, keys: string): void;
  /** Waits until a telephone does this. */
  waitFor(id: string, what: string | RegExp, ms?: number): Promise<void>;
  close(): void;
}

const names = new Map<string, string>();
for (const [name, { audio }] of Object.entries(builtInPrompts)) {
  for (const { sha256 } of Object.values(audio)) names.set(sha256, name);
}

export async function connectLab(labUrl: string): Promise<LabClient> {
  const began = Date.now();
  const moments: Moment[] = [];
  let telephones: readonly TelephoneState[] = [];
  const refusals: string[] = [];
  const socket = new WebSocket(new URL("/lab/socket", labUrl.replace(/^http/, "ws")));
  const last = new Map<string, string>();
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as { kind: string; telephones: TelephoneState[]; sentence: string };
    if (message.kind === "refused") {
      refusals.push(message.sentence);
      return;
    }
    telephones = message.telephones;
    for (const telephone of telephones) {
      const what = describe(telephone);
      if (last.get(telephone.id) === what) continue;
      last.set(telephone.id, what);
      moments.push({ atMs: Date.now() - began, telephone: telephone.id, what });
    }
  });
  await until(() => telephones.length > 0, "the lab's telephones");
  const send = (command: object) => socket.send(JSON.stringify(command));
  const story = () =>
    `${moments.map(({ atMs, telephone, what }) => `${atMs} ${telephone}: ${what}`).join("\n")}\n${refusals.join("\n")}`;
  const now = (id: string) => last.get(id) ?? "idle";
  return {
    moments,
    telephone: (id) => telephones.find((telephone) => telephone.id === id),
    now,
    call: (from, to) => send({ do: "call", from, to, callerName: "" }),
    answer: (telephone) => send({ do: "answer", telephone }),
    refuse: (telephone) => send({ do: "refuse", telephone }),
    hangUp: (telephone) => send({ do: "hangUp", telephone }),
    press: (telephone, keys) => send({ do: "press", telephone, keys }),
    async waitFor(id, what, ms = 20_000) {
      const fits = () => (typeof what === "string" ? now(id) === what : what.test(now(id)));
      await until(fits, `${id}: ${what}`, { ms, say: story });
    },
    close: () => socket.terminate(),
  };
}

function describe({ phase, call }: TelephoneState): string {
  if (phase === "idle" || phase === "ringing" || !call) return phase;
  const sound = call.hears;
  if (sound.kind !== "audio") return `${phase} ${sound.kind}`;
  const sha256 = /([0-9a-f]{64})\.wav$/.exec(sound.url)?.[1] ?? "";
  return `${phase} ${names.get(sha256) ?? sound.url}`;
}
