import { isAllowed, type ScreenLanguage, typesetFrench } from "@cordboard/api";
import { Icon, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useReactFlow } from "@xyflow/react";
import {
  BoxSelect,
  ChevronsDownUp,
  ChevronsUpDown,
  Download,
  Group,
  History,
  Keyboard,
  LayoutGrid,
  type LucideIcon,
  Maximize,
  Redo2,
  Save,
  Settings2,
  SquareArrowOutUpRight,
  StickyNote,
  Undo2,
  Upload,
  Waypoints,
} from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../../app/session-context.tsx";
import { type Command, useOfferCommands } from "../../commands/index.ts";
import { NodeIcon } from "../canvas/node-icon.tsx";
import { currentTypes } from "../canvas/palette-drag.ts";
import { toolIcons } from "../canvas/selection-tools.tsx";
import { useAnnotate } from "../canvas/use-annotate.ts";
import { useArrange } from "../canvas/use-arrange.ts";
import { useInsert } from "../canvas/use-insert.ts";
import { useJump } from "../canvas/use-jump.ts";
import { leastFor, selectionTools, useSelectionTools } from "../canvas/use-selection-tools.ts";
import type { EditorDialog } from "../dialogs/editor-dialogs.tsx";
import type { DraftKeeper } from "../draft/draft-keeper.ts";
import { typeOf } from "../model/node-facts.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import { openSlot } from "./open-slot.ts";
import { keysOf, slotsFor } from "./slots.ts";
import { useStepWords } from "./use-step-words.ts";

/** Offers all that the editor can do, its nodes to go to, and the types to add, to the list of commands. Draws nothing. */
export function EditorCommands(props: { keeper: DraftKeeper; openDialog: (dialog: EditorDialog) => void }) {
  useOfferCommands(useOwnCommands(props));
  useOfferCommands(useNodeCommands());
  useOfferCommands(useTypeCommands());
  useOfferCommands(useSelectionCommands());
  return null;
}

function useOwnCommands(props: { keeper: DraftKeeper; openDialog: (dialog: EditorDialog) => void }) {
  const { keeper, openDialog } = props;
  const { editor } = useEditor();
  const { readOnly } = editor;
  const slots = useMemo(() => slotsFor(readOnly), [readOnly]);
  const { t } = useTranslation(["editor", ...slots.map(({ id }) => id)]);
  const { role } = useSignedIn();
  const flow = useReactFlow();
  const arrange = useArrange();
  const annotate = useAnnotate();
  const wordsOf = useStepWords();
  return useMemo((): readonly Command[] => {
    const own = (id: string, icon: LucideIcon, title: string, run: () => void, keys?: readonly string[]): Command => ({
      ...{ id: `editor ${id}`, group: "here", title, icon: <Icon as={icon} />, run, ...(keys && { keys }) },
    });
    const travel = (step: "undo" | "redo") => () => {
      const done = editor[step]();
      if (done) showToast(t(step === "undo" ? "undone" : "redone", { what: wordsOf(done) }));
    };
    const all = () =>
      editor.select(editor.store.getState().drawing.nodes.flatMap(({ id, type }) => (type === "frame" ? [] : id)));
    const changing = [
      ...(isAllowed(role, "write", "flowVersions")
        ? [own("publish", Waypoints, t("publish"), () => openDialog({ kind: "publish" }))]
        : []),
      own("undo", Undo2, t("undo"), travel("undo"), ["Control", "Z"]),
      own("redo", Redo2, t("redo"), travel("redo"), ["Control", "Shift", "Z"]),
      own("save", Save, t("shortcut.save"), () => void keeper.flush(), ["Control", "S"]),
      own("arrange", LayoutGrid, t("arrange"), () => void arrange("all"), ["L"]),
      own("note", StickyNote, t("note.add"), annotate.addNote, ["C"]),
      own("group", Group, t("tool.group"), annotate.group, ["G"]),
      own("extract", SquareArrowOutUpRight, t("tool.extract"), () => openDialog({ kind: "extract" })),
      own("import", Upload, t("more.import"), () => openDialog({ kind: "import", text: null })),
    ];
    return [
      ...(readOnly ? [] : changing),
      ...slots.map((slot) =>
        own(slot.id, slot.icon, t(`${slot.id}:title`), () => openSlot(slot, editor, openDialog), keysOf(slot)),
      ),
      own("all", BoxSelect, t("shortcut.all"), all, ["Control", "A"]),
      own("fold all", ChevronsDownUp, t("group.foldAll"), () => annotate.foldAll(true)),
      own("unfold all", ChevronsUpDown, t("group.unfoldAll"), () => annotate.foldAll(false)),
      own("fit", Maximize, t("fit"), () => void flow.fitView({ padding: 0.12, maxZoom: 1 }), ["F"]),
      own("flow", Settings2, t("flow"), () => editor.openPanel("flow")),
      own("versions", History, t("more.versions"), () => openDialog({ kind: "versions" })),
      own("export", Download, t("more.export"), () => openDialog({ kind: "export" })),
      own("shortcuts", Keyboard, t("more.shortcuts"), () => openDialog({ kind: "shortcuts" }), ["?"]),
    ];
  }, [t, editor, readOnly, slots, role, flow, arrange, annotate, wordsOf, keeper, openDialog]);
}

/** What can be done with the nodes that are selected. */
function useSelectionCommands() {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const count = useEditorState(({ selection }) => (selection.size === 0 ? 0 : editor.selectedNodes("frames").size));
  const use = useSelectionTools();
  return useMemo(
    () =>
      selectionTools
        .flat()
        .filter((tool) => !editor.readOnly && count >= leastFor(tool))
        .map(
          (tool): Command => ({
            ...{
              id: `selection ${tool}`,
              group: "here",
              title: t(`tool.${tool}`),
              icon: <Icon as={toolIcons[tool]} />,
            },
            detail: t("selected", { count }),
            run: () => use(tool),
          }),
        ),
    [t, editor, count, use],
  );
}

/** Every node of the drawing, to go to. */
function useNodeCommands() {
  const { t } = useTranslation("editor");
  const screen = useUiLanguage();
  const jump = useJump();
  const nodes = useEditorState(({ document }) => document.nodes);
  return useMemo(
    () =>
      nodes.map((node): Command => {
        const type = typeOf(node);
        const typeName = type?.texts[screen].name ?? t("unknownType", { type: node.type });
        return {
          ...{ id: `node ${node.id}`, group: "go", title: node.name || typeName, icon: <NodeIcon type={type} /> },
          detail: node.name && node.name !== typeName ? typeName : t("node"),
          run: () => jump(node.id),
        };
      }),
    [nodes, t, screen, jump],
  );
}

const typeset = (text: string, language: ScreenLanguage) => (language === "fr" ? typesetFrench(text) : text);

/** Every type of node, to add. */
function useTypeCommands() {
  const { t } = useTranslation("editor");
  const screen = useUiLanguage();
  const { editor } = useEditor();
  const insert = useInsert();
  return useMemo(
    () =>
      editor.readOnly
        ? []
        : currentTypes().map(
            (type): Command => ({
              ...{ id: `add ${type.type}`, group: "add", icon: <NodeIcon type={type} /> },
              title: t("addType", { type: type.texts[screen].name }),
              detail: typeset(type.texts[screen].description, screen),
              run: () => insert(type),
            }),
          ),
    [t, screen, editor, insert],
  );
}
