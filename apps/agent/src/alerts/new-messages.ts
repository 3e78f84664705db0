import type { DeskVoicemailBox } from "@cordboard/api";

type Counts = Pick<DeskVoicemailBox, "boxId" | "name" | "unheard" | "kept">;

export interface NewMessages {
  readonly boxId: string;
  readonly name: string;
  readonly count: number;
}

/**
 * In which boxes messages arrived between two looks at them. A message that a colleague marks unheard again is none: it was counted as kept. A box
 * that was not known before says nothing: what is in it may be old.
 */
function newMessages(before: readonly Counts[], now: readonly Counts[]): readonly NewMessages[] {
  const known = new Map(before.map((box) => [box.boxId, box]));
  return now.flatMap(({ boxId, name, unheard, kept }) => {
    const was = known.get(boxId);
    const count = was === undefined ? 0 : Math.min(unheard - was.unheard, unheard + kept - was.unheard - was.kept);
    return count > 0 ? [{ boxId, name, count }] : [];
  });
}

export interface MessageAlertPorts {
  /** Whether the operator has the agent before them. */
  readonly seen: () => Promise<boolean>;
  /** Shows a notification of new messages in a box; returns how to take it away. */
  readonly show: (of: NewMessages) => () => void;
}

export interface MessageAlerts {
  /** The boxes as they are; `leads`: this tab is the one that notifies. */
  look(boxes: readonly Counts[], leads: boolean): void;
}

/**
 * Calls an operator who looks elsewhere to each message that arrives. What is shown goes when nothing new is left in its box, whoever heard it.
 */
export function createMessageAlerts({ seen, show }: MessageAlertPorts): MessageAlerts {
  let last: readonly Counts[] = [];
  const shown = new Map<string, (() => void)[]>();
  return {
    look(boxes, leads) {
      const arrived = newMessages(last, boxes);
      last = boxes;
      for (const [boxId, takeAway] of shown) {
        if (boxes.some((box) => box.boxId === boxId && box.unheard > 0)) continue;
        for (const one of takeAway) one();
        shown.delete(boxId);
      }
      if (!leads || arrived.length === 0) return;
      void seen().then((isSeen) => {
        if (isSeen) return;
        for (const of of arrived) {
          const isStillNew = last.some(({ boxId, unheard }) => boxId === of.boxId && unheard > 0);
          if (isStillNew) shown.set(of.boxId, [...(shown.get(of.boxId) ?? []), show(of)]);
        }
      });
    },
  };
}
