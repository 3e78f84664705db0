import { diffFlows, type FlowBundle, type ImportPlan, type PlannedFlow } from "@cordboard/flow-schema";
import { t } from "../texts/t.ts";
import { diffLines } from "./diff-flows.ts";

/** What importing would do, a line each: every flow with its differences from what is here, then what it names that is not. */
export function planLines(
  { flows, names, prompts }: ImportPlan,
  { from }: Pick<FlowBundle, "from">,
): readonly string[] {
  const missing = names.filter(({ here }) => here === null);
  const replaced = names.filter(({ here, id }) => here !== null && here !== id);
  return [
    t("import.from", { from }),
    ...flows.flatMap(flowLines),
    ...replaced.map(({ kind, name, here }) => `= ${t(`import.kind.${kind}`)} ${name} → ${here}`),
    ...prompts.flatMap(({ name, here, differs }) =>
      here === null
        ? `+ ${t("import.promptNew", { name })}`
        : differs
          ? `! ${t("import.promptDiffers", { name })}`
          : [],
    ),
    ...missing.map(({ kind, name }) => `! ${t("import.missing", { kind: t(`import.kind.${kind}`), name })}`),
    ...(missing[0] ? [t("import.missingWords", { kind: missing[0].kind, name: missing[0].name })] : []),
  ];
}

function flowLines({
  flowId,
  state,
  mine,
  document,
  conflicts,
  scenariosChanged,
  scenarios,
  doubled,
  copies,
}: PlannedFlow) {
  const title = `${document.name} (${flowId}): ${t(`import.state.${state}`)}`;
  const differences = mine && state !== "same" ? diffLines(diffFlows(mine, document), mine, document) : [];
  const shown = (value: unknown) => (value === undefined ? "–" : JSON.stringify(value));
  return [
    title,
    ...differences.map((line) => `  ${line}`),
    ...conflicts.map(
      ({ pointer, mine: here, theirs }) =>
        `  ! ${t("import.conflict", { place: pointer, here: shown(here), file: shown(theirs) })}`,
    ),
    ...(scenariosChanged ? [`  ~ ${t("import.scenarios", { count: scenarios.length })}`] : []),
    ...doubled.map((name) => `  ! ${t("import.doubled", { name })}`),
    ...(copies ? [`  ! ${t("import.copies")}`] : []),
  ];
}
