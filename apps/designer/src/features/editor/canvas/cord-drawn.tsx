import type { ConnectionLineComponentProps } from "@xyflow/react";
import { cordPath } from "./cord-path.ts";

/** The cord in the hand, while it is drawn from a jack. */
export function CordDrawn({ fromX, fromY, toX, toY }: ConnectionLineComponentProps) {
  const { path } = cordPath([fromX, fromY], [toX, toY]);
  return <path d={path} fill="none" className="react-flow__connection-path" />;
}
