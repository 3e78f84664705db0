import type { ConfigProblem, DocumentFacts, FlowVariable } from "@cordboard/flow-schema";
import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { CALL_MEMBERS } from "./call-facts.ts";
import { CONTACT_MEMBERS, contactMembers } from "./contact-facts.ts";
import { expressionProblem } from "./expression-problem.ts";
import type { ExpressionValue } from "./expression-value.ts";

export type { ExpressionValue } from "./expression-value.ts";

/** What an expression may see. Numbers are plain numbers here; the border to CEL is in this file. */
export interface ExpressionScope {
  readonly variables: Readonly<Record<string, ExpressionValue>>;
  readonly call: Readonly<Record<string, unknown>>;
  /** As of `contactMembers`; left out: nobody was looked for. A variable of this name hides it. */
  readonly contact?: Readonly<Record<string, ExpressionValue | Readonly<Record<string, ExpressionValue>>>>;
}

export type Evaluation =
  | { readonly ok: true; readonly value: ExpressionValue }
  | { readonly ok: false; readonly reason: string };

/** An expression ready to be asked; asking never throws and takes bounded time. */
export type Expression = (scope: ExpressionScope) => Evaluation;

const MAX_SOURCE = 1_000;
const MAX_TEXT = 4_000;

/**
 * The functions that authors may use. What is not here is refused: `matches` (a pattern can take minutes), `split` (makes lists as long
 * as a text, and chains of them explode), and whatever the library may add one day.
 */
const FUNCTIONS: ReadonlySet<string> = new Set(
  "size contains startsWith endsWith lowerAscii upperAscii trim indexOf lastIndexOf substring int double string bool".split(
    " ",
  ),
);
/** Functions with a loop in them. One may follow another, none may stand inside another. */
const LOOPS: ReadonlySet<string> = new Set(["exists", "exists_one", "all", "map", "filter"]);

const OPTIONS = {
  limits: { maxAstNodes: 200, maxDepth: 30, maxListElements: 50, maxMapEntries: 0, maxCallArguments: 4 },
  // A list of a text and a variable is one to an author.
  homogeneousAggregateLiterals: false,
};

/** What expressions see beside the variables of their flow. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(["call", "contact"]);
const NOBODY = contactMembers(null);

/** CEL refuses to mix whole and broken numbers; authors do not know the difference, so the operators are completed. */
function withNumbers(environment: Environment): Environment {
  const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
  };
  for (const [operator, run] of Object.entries(operators)) {
    const handler = (a: number | bigint, b: number | bigint) => run(Number(a), Number(b));
    environment.registerOperator(`int ${operator} double`, handler);
    environment.registerOperator(`double ${operator} int`, handler);
  }
  return environment;
}

const running = withNumbers(new Environment({ ...OPTIONS, unlistedVariablesAreDyn: true }));

/** An expression from its source, or why there is none. Pure; the caller keeps what it uses again. */
export function compileExpression(source: string): Expression {
  if (source.length > MAX_SOURCE) return failing("too long");
  try {
    const parsed = running.parse(source);
    const refused = refusedFunction(parsed.ast);
    if (refused !== null) return failing(`${refused} is not allowed`);
    return (scope) => {
      try {
        const value = toHost(
          parsed({
            contact: contactToCel(scope.contact ?? NOBODY),
            ...mapValues(scope.variables, toCel),
            call: scope.call,
          }),
        );
        return value === undefined ? { ok: false, reason: "no usable value" } : { ok: true, value };
      } catch (error) {
        return { ok: false, reason: firstLine(error) };
      }
    };
  } catch (error) {
    return failing(firstLine(error));
  }
}

/**
 * What is wrong with an expression: its syntax, functions that are not allowed, variables that the flow does not have, operators that
 * do not fit their operands, and a result of another type than expected.
 */
export function checkExpression(
  source: string,
  facts: DocumentFacts,
  where: { readonly pointer: string; readonly returns?: FlowVariable["type"] },
): readonly ConfigProblem[] {
  const problem = (code: Parameters<typeof expressionProblem>[0], details: Readonly<Record<string, string>> = {}) => [
    expressionProblem(code, where.pointer, { source, ...details }),
  ];
  if (source.trim() === "") return problem("expressionEmpty");
  if (source.length > MAX_SOURCE) return problem("expressionTooLong", { limit: String(MAX_SOURCE) });
  let ast: ASTNode;
  try {
    ast = running.parse(source).ast;
  } catch (error) {
    return problem("expressionSyntax", { reason: firstLine(error) });
  }
  const refused = refusedFunction(ast);
  if (refused !== null) return problem("expressionFunction", { name: refused });
  for (const name of variablesOf(ast)) {
    if (!ALWAYS_THERE.has(name) && !Object.hasOwn(facts.variables, name))
      return problem("expressionVariable", { name });
  }
  // A number of a flow may be whole or broken: what fits as either is right.
  const checked = checkers(facts).map((environment) => environment.check(source));
  const fits = checked.find((one) => one.valid);
  if (!fits) return problem("expressionType", { reason: firstLine(checked[0]?.error) });
  const type = fits.type === undefined ? undefined : HOST_TYPES[fits.type];
  if (fits.type !== "dyn" && (type === undefined || (where.returns !== undefined && type !== where.returns))) {
    return problem("expressionResult", {
      expected: where.returns ?? "string, number, boolean",
      found: fits.type ?? "?",
    });
  }
  return [];
}

/** The variables of the flow that an expression reads; empty when it cannot be parsed. */
export function expressionVariables(source: string): ReadonlySet<string> {
  try {
    const names = variablesOf(running.parse(source).ast);
    names.delete("call");
    return names;
  } catch {
    return new Set();
  }
}

/**
 * An expression with a variable under another name. Only where the variable is read: not in texts, not where a loop has the name for its
 * own, not after a dot. `unreadable`: it cannot be parsed. `bound`: a loop around a place has the new name for its own. Pure.
 */
export function renameInExpression(
  source: string,
  from: string,
  to: string,
): { readonly ok: true; readonly source: string } | { readonly ok: false; readonly reason: "unreadable" | "bound" } {
  let ast: ASTNode;
  try {
    ast = running.parse(source).ast;
  } catch {
    return { ok: false, reason: "unreadable" };
  }
  const reads = readsIn(ast).filter(({ name }) => name === from);
  if (reads.some(({ bound }) => bound.has(to))) return { ok: false, reason: "bound" };
  if (reads.some(({ start, end }) => source.slice(start, end) !== from)) return { ok: false, reason: "unreadable" };
  let made = source;
  // From the end, so that the places before it stay where they are.
  for (const { start, end } of [...reads].sort((a, b) => b.start - a.start)) {
    made = made.slice(0, start) + to + made.slice(end);
  }
  return { ok: true, source: made };
}

const CEL_TYPES = { string: "string", boolean: "bool" } as const;
const HOST_TYPES: Readonly<Record<string, FlowVariable["type"]>> = {
  string: "string",
  bool: "boolean",
  int: "number",
  uint: "number",
  double: "number",
};

const knownCheckers = new WeakMap<DocumentFacts["variables"], readonly Environment[]>();

/** Building an environment costs a hundred times a check: a document's are kept as long as its variables. */
function checkers(facts: DocumentFacts): readonly Environment[] {
  const known = knownCheckers.get(facts.variables) ?? [checking(facts, "int"), checking(facts, "double")];
  knownCheckers.set(facts.variables, known);
  return known;
}

function checking(facts: DocumentFacts, number: "int" | "double"): Environment {
  const environment = withNumbers(new Environment(OPTIONS));
  environment.registerVariable("call", { schema: { ...CALL_MEMBERS } });
  if (!Object.hasOwn(facts.variables, "contact")) {
    environment.registerVariable("contact", { schema: { ...CONTACT_MEMBERS } });
  }
  for (const [name, { type }] of Object.entries(facts.variables)) {
    if (name !== "call") environment.registerVariable(name, type === "number" ? number : CEL_TYPES[type]);
  }
  return environment;
}

/** The first function in the tree that is not allowed, or a loop inside a loop; null when all are. */
function refusedFunction(ast: ASTNode): string | null {
  for (const { node, loops } of walk(ast, 0)) {
    if (node.op !== "call" && node.op !== "rcall") continue;
    const name = node.args[0];
    if (LOOPS.has(name) ? loops > 0 : !FUNCTIONS.has(name)) return LOOPS.has(name) ? `${name} (in a loop)` : name;
  }
  return null;
}

function variablesOf(ast: ASTNode): Set<string> {
  return new Set(readsIn(ast).map(({ name }) => name));
}

/** A place where a name is read, and the names that loops around it have for their own. */
interface Read {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly bound: ReadonlySet<string>;
}

/** Free names. A name that a loop binds (`[1, 2].exists(x, …)`) is not one, as far as its loop goes. */
function readsIn(ast: ASTNode, bound: ReadonlySet<string> = new Set()): readonly Read[] {
  if (ast.op === "id") return bound.has(ast.args) ? [] : [{ name: ast.args, start: ast.start, end: ast.end, bound }];
  if (ast.op === "rcall" && LOOPS.has(ast.args[0])) {
    const [, receiver, [variable, ...rest]] = ast.args;
    const inner = new Set(bound);
    if (variable?.op === "id") inner.add(variable.args);
    return [...readsIn(receiver, bound), ...rest.flatMap((node) => readsIn(node, inner))];
  }
  return children(ast).flatMap((node) => readsIn(node, bound));
}

function* walk(node: ASTNode, loops: number): Iterable<{ readonly node: ASTNode; readonly loops: number }> {
  yield { node, loops };
  if (node.op === "rcall" && LOOPS.has(node.args[0])) {
    yield* walk(node.args[1], loops);
    for (const argument of node.args[2]) yield* walk(argument, loops + 1);
  } else for (const child of children(node)) yield* walk(child, loops);
}

function children(node: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    else if (isNode(value)) found.push(value);
  };
  collect(node.args);
  return found;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}

function toCel(value: ExpressionValue): ExpressionValue | bigint {
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function contactToCel(contact: NonNullable<ExpressionScope["contact"]>): Record<string, unknown> {
  return mapValues(contact, (value) => (typeof value === "object" ? mapValues(value, toCel) : toCel(value)));
}

function toHost(value: unknown): ExpressionValue | undefined {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : undefined;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return value.length <= MAX_TEXT ? value : undefined;
  return typeof value === "boolean" ? value : undefined;
}

function mapValues<A, B>(values: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}

function failing(reason: string): Expression {
  return () => ({ ok: false, reason });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
