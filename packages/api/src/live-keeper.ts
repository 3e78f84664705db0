import { type LiveBoard, type LiveMessage, withChanges } from "./live.ts";

type Changes = Extract<LiveMessage, { type: "changes" }>;

/**
 * Keeps a board by what its socket says, and reads it again where that does not fit. Messages that come while it is read are applied to
 * what was read, so that none is missed in between. `read` answers null when the board cannot be had now: the next message, or `refresh`,
 * tries again.
 */
export function createBoardKeeper(given: {
  readonly read: () => Promise<LiveBoard | null>;
  readonly show: (board: LiveBoard) => void;
}) {
  let board: LiveBoard | null = null;
  let meanwhile: Changes[] | null = null;
  let again = false;

  async function refresh(): Promise<void> {
    if (meanwhile !== null) {
      again = true;
      return;
    }
    meanwhile = [];
    again = false;
    const read = await given.read().catch(() => null);
    const waiting: readonly Changes[] = meanwhile;
    meanwhile = null;
    if (read !== null) {
      board = read;
      for (const changes of waiting) if (board !== null) board = withChanges(board, changes);
      given.show(board ?? read);
    }
    if (again || (read !== null && board === null)) await refresh();
  }

  return {
    refresh,
    take(message: LiveMessage): void {
      if (message.type === "settings") void refresh();
      if (message.type !== "changes") return;
      if (meanwhile !== null) {
        meanwhile.push(message);
        return;
      }
      const before = board;
      board = before && withChanges(before, message);
      if (board === null) void refresh();
      else if (board !== before) given.show(board);
    },
  };
}
