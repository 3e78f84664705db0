import { type ApiProblem, createBoardKeeper, type LiveBoard, type LiveMessage, liveSockets } from "@cordboard/api";
import { useEffect, useState } from "react";
import { keepSocket } from "../../app/keep-socket.ts";
import { useApi } from "../../app/session-context.tsx";

export interface LiveBoardSeen {
  readonly board: LiveBoard | null;
  /** The socket is there: what is shown is what is so. */
  readonly connected: boolean;
  /** Why the board could not be read, until it can be. */
  readonly problem: ApiProblem | null;
  /** How far the server's clock is ahead of this one's, ms: how long somebody waits is counted by the server's. */
  readonly clockOffsetMs: number;
}

/** Without the socket it is read so often; with it, should everything else have failed. */
const lostMs = 5_000;
const liveMs = 60_000;

/** The company's live board, kept by its socket and read again where that has a gap. */
export function useLiveBoard(): LiveBoardSeen {
  const api = useApi();
  const [seen, setSeen] = useState<LiveBoardSeen>({ board: null, connected: false, problem: null, clockOffsetMs: 0 });
  useEffect(() => {
    let open = true;
    const change = (part: Partial<LiveBoardSeen>) => open && setSeen((before) => ({ ...before, ...part }));
    const keeper = createBoardKeeper({
      read: async () => {
        const answer = await api.call("live.get");
        if (answer.ok) return answer.value;
        change({ problem: answer.error });
        return null;
      },
      show: (board) => change({ board, problem: null, clockOffsetMs: Date.parse(board.now) - Date.now() }),
    });
    let readAt = 0;
    let up = false;
    const read = () => {
      readAt = Date.now();
      void keeper.refresh();
    };
    const socket = keepSocket<LiveMessage>({
      namespace: liveSockets.namespace,
      types: ["changes", "settings", "sessionEnded"],
      onMessage: (message) => keeper.take(message),
      onUp: () => {
        up = true;
        change({ connected: true });
        read();
      },
      onDown: () => {
        up = false;
        change({ connected: false });
      },
    });
    read();
    const looking = setInterval(() => {
      if (Date.now() - readAt >= (up ? liveMs : lostMs)) read();
    }, 1_000);
    return () => {
      open = false;
      clearInterval(looking);
      socket.close();
    };
  }, [api]);
  return seen;
}
