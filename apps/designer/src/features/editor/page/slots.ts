import { Activity, FlaskConical, type LucideIcon, TextSearch } from "lucide-react";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { DraftKeeper } from "../draft/draft-keeper.ts";

export interface SlotProps {
  readonly flowId: string;
  /** Of the draft that is edited; of a version that is looked at, it keeps nothing. */
  readonly keeper: DraftKeeper;
  /** The number of the version that is looked at; null: the draft. */
  readonly version: number | null;
  readonly onClose: () => void;
}

/**
 * A part of the editor that lives in a folder of its own (`features/<id>`): a side panel at the left, where the palette is otherwise, or a sheet
 * above the editor. It reads and changes the flow through `useEditor`, and shows what it has to show on the drawing by `editor.showMarks`.
 */
export interface EditorSlot {
  /** Its folder, and the namespace of its texts, of which `title` is its name. */
  readonly id: string;
  readonly icon: LucideIcon;
  readonly kind: "side" | "sheet";
  /** Opened by a button in the header, or by an entry of its menu. */
  readonly from: "header" | "menu";
  /** The key that opens it while nothing is typed; it stands in the list of keys. */
  readonly shortcut?: string;
  /** The key that opens it together with Ctrl or ⌘, also while something is typed; pressed again, it leads to the part's field (`data-slot-focus`). */
  readonly chord?: string;
  /** Also of a version that is looked at. */
  readonly ofVersions: boolean;
  readonly Part: LazyExoticComponent<ComponentType<SlotProps>>;
}

/** In the order in which they are shown. */
const editorSlots: readonly EditorSlot[] = [
  {
    ...{ id: "simulator", icon: FlaskConical, kind: "side", from: "header", shortcut: "t", ofVersions: true },
    Part: lazy(async () => ({ default: (await import("../../simulator/simulator-panel.tsx")).SimulatorPanel })),
  },
  {
    ...{ id: "search", icon: TextSearch, kind: "side", from: "menu", chord: "F", ofVersions: true },
    Part: lazy(async () => ({ default: (await import("../../search/search-panel.tsx")).SearchPanel })),
  },
  {
    ...{ id: "flow-history", icon: Activity, kind: "side", from: "header", shortcut: "v", ofVersions: true },
    Part: lazy(async () => ({ default: (await import("../../flow-history/flow-history-panel.tsx")).FlowHistoryPanel })),
  },
];

/** The keys that open a slot, for lists of them; undefined: none do. */
export function keysOf({ shortcut, chord }: EditorSlot): readonly string[] | undefined {
  if (chord !== undefined) return ["Control", chord];
  return shortcut === undefined ? undefined : [shortcut];
}

/** The slots that a draft, or a version that is looked at, has. */
export const slotsFor = (readOnly: boolean): readonly EditorSlot[] =>
  editorSlots.filter(({ ofVersions }) => !readOnly || ofVersions);
