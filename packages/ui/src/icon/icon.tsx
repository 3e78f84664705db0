import type { LucideIcon } from "lucide-react";

/** A lucide icon in our size and stroke: 16 px (20 in large buttons), 1.75. Decoration: the word beside it is what is read aloud. */
export function Icon({ as: Drawing, size = 16 }: { as: LucideIcon; size?: 14 | 16 | 20 }) {
  return <Drawing size={size} strokeWidth={1.75} aria-hidden="true" focusable="false" style={{ flex: "none" }} />;
}
