import type { TelephoneState } from "@cordboard/simulator/server";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { WebSocket } from "ws";

/** What the lab tells: how its telephones stand, or that something could not be done. Only what a test call needs of it. */
const LabMessage = Type.Union([
  Type.Object({ kind: Type.Literal("refused"), sentence: Type.String() }),
  Type.Object({
    kind: Type.Literal("state"),
    line: Type.String(),
    telephones: Type.Array(Type.Unsafe<TelephoneState>(Type.Object({ id: Type.String(), phase: Type.String() }))),
  }),
]);
type LabMessage = Static<typeof LabMessage>;

/** The telephone that calls; the others are operators' and the switchboard's. */
const CALLER = "caller";

export interface LabTelephones {
  /** The number that the lab proposes to dial; empty when there is none. */
  readonly line: string;
  caller(): TelephoneState | undefined;
  /** The telephones of operators that ring now. */
  ringing(): readonly string[];
  /** `null`: the caller hides their number. */
  call(from: string | null, to: string): void;
  press(keys: string): void;
  answer(telephone: string): void;
  hangUp(): void;
  /** Told after each change; a refusal comes with its sentence. */
  follow(changed: (refused: string | null) => void): void;
  close(): void;
}

/** Opens the hands on the lab's telephones; `null` when no lab answers there. */
export function connectLab(labUrl: string): Promise<LabTelephones | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(new URL("/lab/socket", labUrl.replace(/^http/, "ws")), { handshakeTimeout: 5_000 });
    let state: Extract<LabMessage, { kind: "state" }> | null = null;
    let told: (refused: string | null) => void = () => undefined;
    const send = (command: object) => socket.send(JSON.stringify(command));
    const find = (id: string) => state?.telephones.find((telephone) => telephone.id === id);
    socket.on("error", () => resolve(null));
    socket.on("close", () => {
      resolve(null);
      told(null);
    });
    socket.on("message", (data) => {
      const message: unknown = JSON.parse(String(data));
      if (!Check(LabMessage, message)) return;
      if (message.kind === "refused") return told(message.sentence);
      state = message;
      resolve({
        line: message.line,
        caller: () => (socket.readyState === socket.OPEN ? find(CALLER) : undefined),
        ringing: () =>
          (state?.telephones ?? []).filter(({ id, phase }) => id !== CALLER && phase === "ringing").map(({ id }) => id),
        call: (from, to) =>
          send({ do: "call", from: from ?? "anonymous", to, callerName: from === null ? "Anonymous" : "" }),
        press: (keys) => send({ do: "press", telephone: CALLER, keys }),
        answer: (telephone) => send({ do: "answer", telephone }),
        hangUp: () => send({ do: "hangUp", telephone: CALLER }),
        follow: (changed) => {
          told = changed;
        },
        close: () => socket.terminate(),
      });
      told(null);
    });
  });
}
