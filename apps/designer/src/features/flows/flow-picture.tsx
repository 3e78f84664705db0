import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { useMemo } from "react";
import { cordPath } from "../editor/canvas/cord-path.ts";
import { cardGroup } from "../editor/model/drawing.ts";
import { outputsOf, typeOf } from "../editor/model/node-facts.ts";
import styles from "./flow-picture.module.css";

/** Of a card without what is written on it, px: its width, what stands above its outputs, and each of these. */
const card = { width: 200, head: 64, output: 24 };
const margin = 24;

/** A flow as it looks from afar: its boxes where they stand, in the colours of the canvas, and its cords. Says nothing: words beside it do. */
export function FlowPicture({ document: json }: { document: unknown }) {
  const drawn = useMemo(() => {
    const read = readFlow(json);
    return read.ok ? pictureOf(read.document) : null;
  }, [json]);
  if (!drawn) return null;
  return (
    <svg className={styles.picture} viewBox={drawn.viewBox} aria-hidden="true" focusable="false" data-picture="flow">
      {drawn.cords.map((path) => (
        <path key={path} className={styles.cord} d={path} />
      ))}
      {drawn.boxes.map(({ id, x, y, height, group }) => (
        <g key={id} className={styles[group]}>
          <rect className={styles.box} x={x} y={y} width={card.width} height={height} rx={10} />
        </g>
      ))}
    </svg>
  );
}

/** What is drawn of a flow, in the canvas's own measures. Pure. */
export function pictureOf(document: FlowDocument) {
  const boxes = document.nodes.map((node) => {
    const [x = 0, y = 0] = document.layout[node.id] ?? [];
    const outputs = outputsOf(node, document);
    const height = card.head + card.output * outputs.length;
    return { id: node.id, x, y, height, outputs, group: cardGroup(typeOf(node)?.group) };
  });
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const cords = document.edges.flatMap(({ from, output, to }) => {
    const [left, right] = [byId.get(from), byId.get(to)];
    if (!left || !right) return [];
    const at = left.y + card.head + card.output * (Math.max(0, left.outputs.indexOf(output)) + 0.5);
    return cordPath([left.x + card.width, at], [right.x, right.y + card.head / 2]).path;
  });
  const edge = (side: (box: (typeof boxes)[number]) => number) => boxes.map(side);
  const [left, top] = [Math.min(...edge(({ x }) => x)) - margin, Math.min(...edge(({ y }) => y)) - margin];
  const right = Math.max(...edge(({ x }) => x + card.width)) + margin;
  const bottom = Math.max(...edge(({ y, height }) => y + height)) + margin;
  return { boxes, cords: [...new Set(cords)], viewBox: [left, top, right - left, bottom - top].join(" ") };
}
