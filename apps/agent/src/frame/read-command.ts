import type { FrameCommand } from "@cordboard/api";

/** A command of the page, or null for anything else that is said between frames. */
export function readCommand(data: unknown): FrameCommand | null {
  if (typeof data !== "object" || data === null) return null;
  const { cordboard, id, type, state, reason, number } = data as Readonly<Record<string, unknown>>;
  if (cordboard !== 1 || typeof id !== "string") return null;
  if (type === "tell") return { cordboard, id, type };
  if (type === "dial") return typeof number === "string" ? { cordboard, id, type, number } : null;
  if (type !== "setState") return null;
  if (state === "available") return { cordboard, id, type, state };
  if (state !== "paused" || (reason !== null && typeof reason !== "string")) return null;
  return { cordboard, id, type, state, reason };
}
