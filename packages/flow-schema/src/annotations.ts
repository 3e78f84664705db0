import Type, { type Static } from "typebox";

const closed = { additionalProperties: false } as const;

/** What the frame of a group and the ground of a comment can be coloured in. No red and no amber: those say that something is wrong. */
export const ANNOTATION_COLOURS = ["grey", "blue", "green", "teal", "violet", "sand"] as const;
export type AnnotationColour = (typeof ANNOTATION_COLOURS)[number];

const colour = Type.Enum(ANNOTATION_COLOURS);

/** A comment on the drawing, for authors. Its place and size stand in `layout`, under its id: `[x, y, width, height]`. */
export const FlowNote = Type.Object({ text: Type.String({ maxLength: 4_000 }), colour: Type.Optional(colour) }, closed);
export type FlowNote = Static<typeof FlowNote>;

/** Nodes that belong together, drawn in a frame around them; folded, as one box. A node is in one group at most. */
export const FlowGroup = Type.Object(
  {
    title: Type.String({ maxLength: 200 }),
    colour,
    nodes: Type.Array(Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_-]{0,63}$" }), {
      maxItems: 5_000,
      uniqueItems: true,
    }),
    folded: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type FlowGroup = Static<typeof FlowGroup>;

/** The groups without what is not there any more: nodes that are gone, groups that have none left, and a node's second group. Pure. */
export function soundGroups(
  groups: Readonly<Record<string, FlowGroup>>,
  isNode: (id: string) => boolean,
): Record<string, FlowGroup> {
  const taken = new Set<string>();
  const sound: [string, FlowGroup][] = [];
  for (const [id, group] of Object.entries(groups)) {
    const nodes = group.nodes.filter((node) => isNode(node) && !taken.has(node));
    for (const node of nodes) taken.add(node);
    if (nodes.length > 0) sound.push([id, nodes.length === group.nodes.length ? group : { ...group, nodes }]);
  }
  return Object.fromEntries(sound);
}
