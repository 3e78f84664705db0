import type { NodeType } from "@cordboard/node-kit";

/** The drawing of a node type: one path on a grid of 24, as a line. A type that is not installed gets a question mark. */
export function NodeIcon({ type, size = 16 }: { type: Pick<NodeType, "icon"> | null; size?: number }) {
  const path = type?.icon ?? "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17.5v.01";
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}
