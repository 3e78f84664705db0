import "@xyflow/react/dist/base.css";
import "./react-flow-theme.css";
import {
  Background,
  BackgroundVariant,
  type Connection,
  MiniMap,
  type OnConnectEnd,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type MouseEvent, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type CordEdge, cardGroup, type DrawnNode } from "../model/drawing.ts";
import { movedCommands } from "../model/moved.ts";
import type { Place } from "../model/new-node.ts";
import { typeOf } from "../model/node-facts.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import { CanvasContext } from "./canvas-context.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { Cord } from "./cord.tsx";
import { CordDrawn } from "./cord-drawn.tsx";
import styles from "./flow-canvas.module.css";
import { GroupBox } from "./group-box.tsx";
import { GroupFrame } from "./group-frame.tsx";
import { NodeCard } from "./node-card.tsx";
import { NodePicker } from "./node-picker.tsx";
import { NoteCard } from "./note-card.tsx";
import { nodeTypeInDrag } from "./palette-drag.ts";
import { SelectionTools } from "./selection-tools.tsx";
import { useCanvasKeys } from "./use-canvas-keys.ts";
import { useClipboard } from "./use-clipboard.ts";
import { useInsert } from "./use-insert.ts";
import { useKeepInView } from "./use-keep-in-view.ts";
import { useReadableStart } from "./use-readable-start.ts";

const nodeTypes = { card: NodeCard, note: NoteCard, frame: GroupFrame, box: GroupBox };
const edgeTypes = { cord: Cord };
// What React Flow is given stays the same from drawing to drawing: otherwise it draws every card again.
const isPlain = { animated: false, focusable: false } as const;
const fit = { padding: 0.12, maxZoom: 1, minZoom: 0.05 };
/** What fits on a screen needs no map, which would only lie on it. */
const few = 25;
const manyAtOnce = ["Meta", "Control", "Shift"];
const grid: [number, number] = [4, 4];
const unsigned = { hideAttribution: true };
const mapClass = (drawn: DrawnNode) =>
  styles[drawn.type === "card" ? cardGroup(typeOf(drawn.data.node)?.group) : (drawn.type ?? "")] ?? "";
const allowDrop = (event: DragEvent) => event.preventDefault();

type Asked = { readonly place: Place; readonly left: number; readonly top: number };

/** The drawing: cards and cords, moved, connected, added to and taken from. Every change is one command of the document. */
export function FlowCanvas({ onExtract }: { onExtract?: () => void }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { readOnly } = editor;
  const nodes = useEditorState(({ drawing }) => drawing.nodes);
  const edges = useEditorState(({ drawing }) => drawing.edges);
  const flow = useReactFlow<DrawnNode, CordEdge>();
  const insert = useInsert();
  const [asked, setAsked] = useState<Asked | null>(null);
  const sheet = useRef<HTMLDivElement>(null);
  useCanvasKeys(sheet);
  useClipboard(sheet);
  useKeepInView(sheet);
  useReadableStart(sheet);

  const canvas = useMemo(
    () => ({
      askForNode: (place: Place, at: { left: number; bottom: number }) =>
        setAsked({ place, left: at.left, top: at.bottom + 4 }),
    }),
    [],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) =>
      void editor.run("connect", [{ type: "connect", from: source, output: sourceHandle ?? "", to: target }]),
    [editor],
  );
  // A cord that is let go over nothing asks what shall be there.
  const onConnectEnd: OnConnectEnd = useCallback(
    (event, state) => {
      const { fromHandle, toNode } = state;
      if (readOnly || toNode !== null || fromHandle?.type !== "source" || !fromHandle.id) return;
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!point) return;
      const place = { kind: "after", from: fromHandle.nodeId, output: fromHandle.id } as const;
      setAsked({ place, left: point.clientX, top: point.clientY });
    },
    [readOnly],
  );

  const moved = useCallback(() => {
    const { document, drawing } = editor.store.getState();
    const commands = movedCommands(document, drawing.nodes, editor.selectedNodes("frames"));
    if (commands.length > 0) editor.run("move", commands);
  }, [editor]);

  const onDrop = useCallback(
    (event: DragEvent) => {
      const type = nodeTypeInDrag(event);
      if (type === null || readOnly) return;
      event.preventDefault();
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX - 60, y: event.clientY - 16 });
      insert(type, { kind: "at", position: [Math.round(x), Math.round(y)] });
    },
    [flow, insert, readOnly],
  );
  const { onNodeClick, onPaneClick, onEdgeMouseEnter, onEdgeMouseLeave } = useMemo(
    () => ({
      onNodeClick(event: MouseEvent, node: DrawnNode) {
        if (node.type === "card" && !event.shiftKey && !event.ctrlKey && !event.metaKey)
          editor.openPanel({ node: node.id });
      },
      onPaneClick: () => editor.openPanel(null),
      onEdgeMouseEnter: (_: MouseEvent, edge: CordEdge) => editor.hoverEdge(edge.id),
      onEdgeMouseLeave: () => editor.hoverEdge(null),
    }),
    [editor],
  );

  return (
    <CanvasContext value={canvas}>
      <div className={styles.sheet} ref={sheet} data-canvas>
        <ReactFlow<DrawnNode, CordEdge>
          nodes={nodes as DrawnNode[]}
          edges={edges as CordEdge[]}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          defaultEdgeOptions={isPlain}
          connectionLineComponent={CordDrawn}
          onNodesChange={editor.nodesChanged}
          onEdgesChange={editor.edgesChanged}
          onConnect={onConnect}
          onConnectEnd={onConnectEnd}
          onNodeDragStop={moved}
          onSelectionDragStop={moved}
          onNodeClick={onNodeClick}
          onPaneClick={onPaneClick}
          onEdgeMouseEnter={onEdgeMouseEnter}
          onEdgeMouseLeave={onEdgeMouseLeave}
          onDragOver={allowDrop}
          onDrop={onDrop}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={manyAtOnce}
          selectionKeyCode="Shift"
          zoomActivationKeyCode={null} // The wheel zooms without it; with it, pressing Control paints everything anew.
          nodeDragThreshold={3}
          connectionRadius={28}
          elevateNodesOnSelect={false}
          minZoom={0.05}
          maxZoom={2}
          snapToGrid
          snapGrid={grid}
          fitView
          fitViewOptions={fit}
          proOptions={unsigned}
          aria-label={t("canvas")}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
          {nodes.length > few && (
            <MiniMap<DrawnNode>
              className={styles.map ?? ""}
              pannable
              zoomable
              ariaLabel={t("map")}
              nodeClassName={mapClass}
            />
          )}
          <CanvasControls />
          <SelectionTools onExtract={onExtract} />
        </ReactFlow>
        {asked !== null && (
          <NodePicker
            left={asked.left}
            top={asked.top}
            onClose={() => setAsked(null)}
            onChoose={(type) => {
              insert(type, asked.place);
              setAsked(null);
            }}
          />
        )}
      </div>
    </CanvasContext>
  );
}
