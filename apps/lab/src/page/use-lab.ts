import { useCallback, useEffect, useRef, useState } from "react";
import type { LabCommand, LabMessage } from "../protocol/messages.ts";

export type LabState = Extract<LabMessage, { kind: "state" }> & {
  /** The server's clock minus ours, ms. */
  readonly skew: number;
};

export interface Lab {
  readonly state: LabState | null;
  readonly connected: boolean;
  readonly refusal: string | null;
  /** The lab has been started again while this page was open: the calls on its telephones are gone. */
  readonly restarted: boolean;
  readonly send: (command: LabCommand) => void;
  /** Says something into the caller's telephone: 16 bit samples at 8,000 a second. */
  readonly speak: (samples: Int16Array<ArrayBuffer>) => void;
  readonly forgetRefusal: () => void;
  readonly forgetRestart: () => void;
}

/** The lab's server by a socket that comes back by itself. */
export function useLab(): Lab {
  const [state, setState] = useState<LabState | null>(null);
  const [connected, setConnected] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [restarted, setRestarted] = useState(false);
  const start = useRef<string | null>(null);
  const socket = useRef<WebSocket | null>(null);

  useEffect(() => {
    let over = false;
    let again: ReturnType<typeof setTimeout>;
    const open = () => {
      const made = new WebSocket(new URL("/lab/socket", location.href.replace(/^http/, "ws")));
      socket.current = made;
      made.onopen = () => setConnected(true);
      made.onmessage = ({ data }) => {
        const message = JSON.parse(String(data)) as LabMessage;
        if (message.kind === "refused") setRefusal(message.sentence);
        else {
          if (start.current !== null && start.current !== message.start) setRestarted(true);
          start.current = message.start;
          setState({ ...message, skew: message.now - Date.now() });
        }
      };
      made.onclose = () => {
        setConnected(false);
        if (!over) again = setTimeout(open, 1_000);
      };
    };
    open();
    return () => {
      over = true;
      clearTimeout(again);
      socket.current?.close();
    };
  }, []);

  const send = useCallback((command: LabCommand) => {
    setRefusal(null);
    setRestarted(false);
    if (socket.current?.readyState === WebSocket.OPEN) socket.current.send(JSON.stringify(command));
  }, []);
  const speak = useCallback((samples: Int16Array<ArrayBuffer>) => {
    if (socket.current?.readyState === WebSocket.OPEN) socket.current.send(samples);
  }, []);
  return {
    state,
    connected,
    refusal,
    restarted,
    send,
    speak,
    forgetRefusal: () => setRefusal(null),
    forgetRestart: () => setRestarted(false),
  };
}
