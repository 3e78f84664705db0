import type { CoAuthor } from "@cordboard/api";
import type { FlowDocument } from "@cordboard/flow-schema";
import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CanvasMarks } from "../canvas/marks.ts";
import { type CordEdge, type Drawing, type DrawnNode, draw, edgeId, emptyDrawing } from "../model/drawing.ts";
import { drawnGroups, type Folds, isFolded, noFolds } from "../model/drawn-groups.ts";
import { drawnKeys, groupIn, groupKey, nodesMeant } from "../model/drawn-ids.ts";
import { applyCommands, type EditorCommand } from "../model/editor-command.ts";
import { emptyHistory, type History, remember, type Step, stepBack, stepForward } from "../model/history.ts";
import { withFrames } from "../model/moved.ts";
import { emptyProblems, type Problems } from "../model/problems.ts";
import { type StepSubject, subjectOf } from "../model/step-subject.ts";

/** What the panel at the right shows: a node's settings, the flow's own, or nothing. */
export type PanelSubject = { readonly node: string } | "flow" | null;

export interface EditorState {
  readonly document: FlowDocument;
  readonly history: History;
  /** Nodes by their ids; comments and groups by their keys (drawn-ids.ts). */
  readonly selection: ReadonlySet<string>;
  readonly selectedEdge: string | null;
  readonly hoveredEdge: string | null;
  readonly drawing: Drawing;
  readonly folds: Folds;
  /** The key of the comment or group whose text is being typed on the drawing. */
  readonly typing: string | null;
  /** The outputs that lead somewhere, as edge ids. */
  readonly plugged: ReadonlySet<string>;
  readonly panel: PanelSubject;
  /** The slot (slots.ts) whose panel stands at the left; null: the palette does. */
  readonly side: string | null;
  readonly marks: CanvasMarks | null;
  /** Who else has this flow open. */
  readonly authors: readonly CoAuthor[];
  /** The language of prompts that somebody was led to; null: none yet. */
  readonly language: string | null;
  readonly problems: Problems;
}

export interface RunOptions {
  /** Changes with the same key, soon after each other, are one step of undo. */
  readonly mergeKey?: string;
  /** What is selected afterwards. */
  readonly select?: readonly string[];
  /** What it is done to, where the commands do not tell. */
  readonly subject?: StepSubject;
}

/** What a step did, and to what. */
export type StepName = Pick<Step, "label" | "subject">;

/** One flow being edited: the document, its history, and what is selected. Everything that changes the document goes through `run`. */
export interface Editor {
  readonly store: StoreApi<EditorState>;
  readonly readOnly: boolean;
  /** Does the commands as one step called `label`; false when they cannot be done, and then nothing changes. */
  run(label: string, commands: readonly EditorCommand[], options?: RunOptions): boolean;
  /** What was taken back, or null. */
  undo(): StepName | null;
  redo(): StepName | null;
  select(ids: readonly string[], options?: { edge?: string | null }): void;
  /** The nodes that are selected, with those of a folded box; `frames`: also those of a group that is open. */
  selectedNodes(frames?: "frames"): ReadonlySet<string>;
  /** Folds a group, or unfolds it: in the flow where that may be changed, else for who looks at it. */
  fold(groupId: string, folded: boolean): void;
  type(key: string | null): void;
  openPanel(subject: PanelSubject): void;
  openSide(slot: string | null): void;
  showMarks(marks: CanvasMarks | null): void;
  showAuthors(authors: readonly CoAuthor[]): void;
  /** Prompts show what they say in that language. */
  showLanguage(language: string): void;
  hoverEdge(id: string | null): void;
  showProblems(problems: Problems): void;
  /** What React Flow tells of nodes: measures, drags, selection. A drag becomes one step when it ends. */
  nodesChanged(changes: readonly NodeChange<DrawnNode>[]): void;
  edgesChanged(changes: readonly EdgeChange<CordEdge>[]): void;
}

export function createEditor(given: {
  readonly document: FlowDocument;
  readonly readOnly?: boolean;
  readonly now: () => number;
}): Editor {
  const { readOnly = false, now } = given;
  const none: ReadonlySet<string> = new Set();
  const store = createStore<EditorState>(() => ({
    document: given.document,
    history: emptyHistory,
    selection: none,
    selectedEdge: null,
    hoveredEdge: null,
    drawing: draw(given.document, emptyDrawing, { nodes: none, edge: null }),
    folds: noFolds,
    typing: null,
    plugged: pluggedOf(given.document),
    panel: null,
    side: null,
    marks: null,
    authors: [],
    language: null,
    problems: emptyProblems,
  }));

  /** Shows a document with a selection, keeping what is drawn of it. */
  function show(document: FlowDocument, history: History, wanted: ReadonlySet<string>): void {
    const { drawing, panel, selectedEdge, plugged, folds, document: before } = store.getState();
    const ids = drawnKeys(document);
    const selection = new Set([...wanted].filter((id) => ids.has(id)));
    const gone = panel !== null && panel !== "flow" && !ids.has(panel.node);
    store.setState({
      document,
      history,
      selection,
      // What the pointer was on may be elsewhere now, and says nothing when it goes.
      hoveredEdge: null,
      drawing: draw(document, drawing, { nodes: selection, edge: selectedEdge }, folds),
      plugged: document.edges === before.edges ? plugged : pluggedOf(document),
      panel: gone ? null : panel,
    });
  }

  function travel(step: typeof stepBack): StepName | null {
    const { history, document, selection } = store.getState();
    const moved = step(history, { document, selection });
    if (!moved) return null;
    show(moved.to.document, moved.history, moved.to.selection);
    const side = step === stepBack ? history.past : history.future;
    return side.at(-1) ?? null;
  }

  /** Whoever is led to a node finds it drawn: its group is unfolded, for who looks. */
  function unfoldedFor(node: string | null): Folds {
    const { document, folds } = store.getState();
    const key = node === null ? undefined : drawnGroups(document, folds).hidden.get(node);
    const group = key === undefined ? null : groupIn(key);
    return group === null ? folds : new Map([...folds, [group, false]]);
  }

  function select(ids: readonly string[], { edge = null }: { edge?: string | null } = {}): void {
    const { document, drawing, panel } = store.getState();
    const selection = new Set(ids);
    const [only = null] = ids.length === 1 ? ids : [];
    const folds = unfoldedFor(only);
    // The panel follows the selection while it shows a node.
    const follows = panel !== null && panel !== "flow" && document.nodes.some(({ id }) => id === only);
    store.setState({
      selection,
      selectedEdge: edge,
      folds,
      drawing: draw(document, drawing, { nodes: selection, edge }, folds),
      ...(follows && only !== null ? { panel: { node: only } } : {}),
    });
  }

  const editor: Editor = {
    store,
    readOnly,
    run(label, commands, { mergeKey, select: selectAfter, subject: given } = {}) {
      if (readOnly) return false;
      const { document, history, selection } = store.getState();
      const changed = applyCommands(document, commands);
      if (changed === null || changed === document) return false;
      const subject = given ?? subjectOf(commands, document, changed);
      const step = { label, subject, document, selection, mergeKey: mergeKey ?? null, at: now() };
      show(changed, remember(history, step), selectAfter ? new Set(selectAfter) : selection);
      return true;
    },
    undo: () => (readOnly ? null : travel(stepBack)),
    redo: () => (readOnly ? null : travel(stepForward)),
    select,
    fold(groupId, folded) {
      const { document, folds, history, selection } = store.getState();
      const group = Object.hasOwn(document.groups, groupId) ? document.groups[groupId] : undefined;
      if (!group || isFolded(document, groupId, folds) === folded) return;
      const others = [...folds].filter(([id]) => id !== groupId);
      const inFlow = !readOnly && (group.folded ?? false) !== folded;
      store.setState({ folds: new Map(inFlow ? others : [...others, [groupId, folded]]) });
      if (!inFlow) show(document, history, selection);
      else editor.run(folded ? "fold" : "unfold", [{ type: "setGroup", id: groupId, group: { ...group, folded } }]);
      select([groupKey(groupId)]);
    },
    selectedNodes(frames) {
      const { document, selection, folds } = store.getState();
      return nodesMeant(document, selection, (id) => frames === "frames" || isFolded(document, id, folds));
    },
    type: (typing) => store.setState({ typing }),
    openPanel: (panel) => store.setState({ panel }),
    openSide: (side) => store.setState({ side }),
    showMarks: (marks) => store.setState({ marks }),
    showAuthors: (authors) => store.setState({ authors }),
    showLanguage: (language) => store.setState({ language }),
    hoverEdge: (hoveredEdge) => store.setState({ hoveredEdge }),
    showProblems: (problems) => store.setState({ problems }),
    nodesChanged(changes) {
      const { drawing, selection } = store.getState();
      const selects = changes.filter((change) => change.type === "select");
      const others = changes.filter(({ type }) => type === "dimensions" || type === "position");
      if (others.length > 0) {
        const moves = new Set(others.flatMap((change) => (change.type === "position" ? change.id : [])));
        const nodes = withFrames(drawing.nodes, applyNodeChanges(others, [...drawing.nodes]), moves);
        store.setState({ drawing: { ...drawing, nodes } });
      }
      if (selects.length > 0) {
        const next = new Set(selection);
        for (const { id, selected } of selects) {
          if (selected) next.add(id);
          else next.delete(id);
        }
        select([...next]);
      }
    },
    edgesChanged(changes) {
      const { drawing, selection } = store.getState();
      const selects = changes.filter((change) => change.type === "select");
      const chosen = selects.find(({ selected }) => selected);
      if (chosen) select([...selection], { edge: chosen.id });
      else if (selects.length > 0) {
        store.setState({
          selectedEdge: null,
          drawing: { ...drawing, edges: applyEdgeChanges([...selects], [...drawing.edges]) },
        });
      }
    },
  };
  return editor;
}

function pluggedOf({ edges }: FlowDocument): ReadonlySet<string> {
  return new Set(edges.map(edgeId));
}
