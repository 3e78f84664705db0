import Type, { type Static, type TSchema } from "typebox";
import { FlowGroup, FlowNote } from "./annotations.ts";

const LANGUAGE = "^[a-z]{2,3}(-[A-Z]{2})?$";
const IDENTIFIER = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";
const KEY = "^[0-9*#]$";
const VARIABLE_NAME = "^[a-z][A-Za-z0-9_]{0,63}$";

/** How many nodes and edges a document may have; above, a person cannot read it and a browser cannot draw it. */
export const MAX_NODES = 5_000;
export const MAX_EDGES = 50_000;

const closed = { additionalProperties: false } as const;

/** Members by name. A record of TypeBox alone lets every other name pass. */
const named = <S extends TSchema>(pattern: string, value: S) => Type.Record(Type.String({ pattern }), value, closed);

/** A named value of a call. `secret`: in no trace, log or snapshot in clear, and in nothing that is said or shown. */
export const FlowVariable = Type.Object(
  {
    type: Type.Union([Type.Literal("string"), Type.Literal("number"), Type.Literal("boolean")]),
    initial: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    secret: Type.Optional(Type.Boolean()),
    description: Type.Optional(Type.String({ maxLength: 500 })),
  },
  closed,
);
export type FlowVariable = Static<typeof FlowVariable>;

/**
 * What a caller can be made to hear. Per language: recorded audio is preferred, then the text rendered to audio when the flow is
 * published; `builtIn` names an announcement that ships with the product and serves the languages that have no audio here.
 */
export const FlowPrompt = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    texts: named(LANGUAGE, Type.String({ maxLength: 4_000 })),
    audio: Type.Optional(named(LANGUAGE, Type.String({ pattern: "^sha256:[0-9a-f]{64}$" }))),
    /** By language, the text that the recording was made for: what it says, whatever the text has become since. */
    recordedTexts: Type.Optional(named(LANGUAGE, Type.String({ maxLength: 4_000 }))),
    builtIn: Type.Optional(Type.String({ pattern: IDENTIFIER })),
    /** A prompt of the company's library: texts and audio here are a copy, which publishing replaces by what the library has then. */
    library: Type.Optional(Type.String({ pattern: "^prompt_[0-9a-f]{32}$" })),
  },
  closed,
);
export type FlowPrompt = Static<typeof FlowPrompt>;

/**
 * Marks a setting of a node as everyday: whoever runs the place may give it another value, without seeing the drawing. What is drawn is the
 * value that holds until somebody does.
 */
export const EverydayMark = Type.Object(
  {
    /** What the setting is called where it is changed, in the words of whoever changes it. */
    label: Type.String({ minLength: 1, maxLength: 120 }),
    help: Type.Optional(Type.String({ maxLength: 500 })),
    /** Of numbers and durations: closer limits than the node type's own. */
    minimum: Type.Optional(Type.Integer()),
    maximum: Type.Optional(Type.Integer()),
  },
  closed,
);
export type EverydayMark = Static<typeof EverydayMark>;

/** One step of a flow. The id is opaque and never changes; the name is free. `config` has the shape of its node type. */
export const FlowNode = Type.Object(
  {
    id: Type.String({ pattern: IDENTIFIER }),
    name: Type.String({ maxLength: 200 }),
    type: Type.String({ pattern: "^[a-z][A-Za-z0-9.-]{0,63}$" }),
    typeVersion: Type.Integer({ minimum: 1, maximum: 1_000 }),
    config: Type.Record(Type.String(), Type.Unknown()),
    /** By the name of the setting in `config`; absent: the node has no everyday settings. */
    everyday: Type.Optional(named(IDENTIFIER, EverydayMark)),
  },
  closed,
);
export type FlowNode = Static<typeof FlowNode>;

/** From an output of one node to another node; one edge an output. */
export const FlowEdge = Type.Object(
  {
    from: Type.String({ pattern: IDENTIFIER }),
    output: Type.String({ pattern: IDENTIFIER }),
    to: Type.String({ pattern: IDENTIFIER }),
  },
  closed,
);
export type FlowEdge = Static<typeof FlowEdge>;

/**
 * The envelope of a flow document, complete. In a file the members of `COMPLETABLE` may be missing: parseFlow puts empty ones, so that
 * code never asks twice. The shape of each node's `config` is its node type's business.
 */
export const FlowDocument = Type.Object(
  {
    formatVersion: Type.Literal(1),
    id: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$" }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    languages: Type.Array(Type.String({ pattern: LANGUAGE }), { minItems: 1, maxItems: 40, uniqueItems: true }),
    /** What a template asks for when it is adopted: a JSON Schema of an object (see adopt). Empty: this is no template. */
    parameters: Type.Record(Type.String(), Type.Unknown()),
    /** Variables that whoever runs this flow as a sub-flow fills, by their names. */
    inputs: Type.Array(Type.String({ pattern: VARIABLE_NAME }), { maxItems: 100, uniqueItems: true }),
    /** Variables that whoever runs this flow as a sub-flow may take over at its end. */
    results: Type.Array(Type.String({ pattern: VARIABLE_NAME }), { maxItems: 100, uniqueItems: true }),
    variables: named(VARIABLE_NAME, FlowVariable),
    prompts: named(IDENTIFIER, FlowPrompt),
    entry: Type.String({ pattern: IDENTIFIER }),
    /** Keys that lead to a node from wherever the caller hears something; a key that the node at hand uses itself is the node's. */
    keys: named(KEY, Type.String({ pattern: IDENTIFIER })),
    onError: Type.Union([Type.String({ pattern: IDENTIFIER }), Type.Null()]),
    nodes: Type.Array(FlowNode, { minItems: 1, maxItems: MAX_NODES }),
    edges: Type.Array(FlowEdge, { maxItems: MAX_EDGES }),
    /** What authors tell each other on the drawing. Calls know nothing of comments and groups, and the hash of a version does not either. */
    notes: named(IDENTIFIER, FlowNote),
    groups: named(IDENTIFIER, FlowGroup),
    /** Of a node `[x, y]`, of a comment `[x, y, width, height]`. */
    layout: named(IDENTIFIER, Type.Array(Type.Number(), { minItems: 2, maxItems: 4 })),
  },
  closed,
);
export type FlowDocument = Static<typeof FlowDocument>;

/** The members that a file may leave out, with what then stands for them. */
export const COMPLETABLE = {
  parameters: {},
  inputs: [],
  results: [],
  keys: {},
  variables: {},
  prompts: {},
  onError: null,
  edges: [],
  notes: {},
  groups: {},
  layout: {},
} as const satisfies Partial<FlowDocument>;

/** Names that expressions use for something else, or that the expression language reserves. */
export const RESERVED_VARIABLE_NAMES: ReadonlySet<string> = new Set(
  "call as break const continue else false for function if import in let loop namespace null package return true var void while".split(
    " ",
  ),
);
