import type { TelephoneState } from "@cordboard/simulator/server";
import { WebSocket } from "ws";
import { type Moment, tellStory } from "./telephone-story.ts";
import { until } from "./until.ts";

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

export async function connectLab(labUrl: string): Promise<LabClient> {
  const story = tellStory();
  let telephones: readonly TelephoneState[] = [];
  const socket = new WebSocket(new URL("/lab/socket", labUrl.replace(/^http/, "ws")));
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as { kind: string; telephones: TelephoneState[] };
    if (message.kind !== "state") return;
    telephones = message.telephones;
    for (const telephone of telephones) story.take(telephone);
  });
  await until(() => telephones.length > 0, "the lab's telephones");
  const send = (command: object) => socket.send(JSON.stringify(command));
  return {
    moments: story.moments,
    telephone: (id) => telephones.find((telephone) => telephone.id === id),
    now: story.now,
    call: (from, to) => send({ do: "call", from, to, callerName: "" }),
    answer: (telephone) => send({ do: "answer", telephone }),
    refuse: (telephone) => send({ do: "refuse", telephone }),
    hangUp: (telephone) => send({ do: "hangUp", telephone }),
    press: (telephone, keys) => send({ do: "press", telephone, keys }),
    waitFor: story.waitFor,
    close: () => socket.terminate(),
  };
}
