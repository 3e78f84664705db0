import { createContext, useContext } from "react";
import type { Place } from "../model/new-node.ts";

/** What cards and cords may ask of the canvas that they are on. */
export interface Canvas {
  /** Opens the list of node types at a place of the window; what is chosen is put at `place`. */
  askForNode(place: Place, at: Pick<DOMRect, "left" | "top" | "bottom">): void;
}

export const CanvasContext = createContext<Canvas | null>(null);

export function useCanvas(): Canvas {
  const canvas = useContext(CanvasContext);
  if (canvas === null) throw new Error("bug: no CanvasContext around this");
  return canvas;
}
