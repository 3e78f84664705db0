/**
 * What is shown on the drawing besides the drawing: where a tried call went, what differs from another version, how many calls came by.
 * One layer at a time; who shows it takes it away.
 */
export interface CanvasMarks {
  /** By node. */
  readonly nodes: ReadonlyMap<string, CanvasMark>;
  /** By edge id (`edgeId`). */
  readonly cords: ReadonlyMap<string, CanvasMark>;
  /** What has no mark steps back. */
  readonly fadesOthers: boolean;
}

export interface CanvasMark {
  readonly tone: MarkTone;
  /** A few characters at the card or on the cord: a count, a share, a word. Never the colour alone tells what is meant. */
  readonly text?: string;
  /** How much of it there is, 0 to 1: the strength of `heat`. */
  readonly level?: number;
}

/** `walked`: came by; `here`: is there now; `added`, `removed`, `changed`: against another version; `heat`: by `level`; `missed`: never came by. */
export type MarkTone = "walked" | "here" | "added" | "removed" | "changed" | "heat" | "missed";
