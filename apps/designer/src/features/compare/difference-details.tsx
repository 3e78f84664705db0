import type { FlowDocument, ValueChange } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ChangedText } from "../../widgets/changed-text.tsx";
import { outputName } from "../editor/model/output-name.ts";
import styles from "./compare.module.css";
import type { Difference } from "./differences-of.ts";
import {
  type ChangeReader,
  nodeName,
  type SaidChange,
  sayFlowChange,
  sayNodeChange,
  sayPromptChange,
} from "./say-change.ts";

export type NameOf = ChangeReader["nameOf"];

type Props = {
  difference: Difference;
  before: FlowDocument;
  after: FlowDocument;
  nameOf: NameOf;
};

/** What is different at one place, setting by setting: what stood there and what stands there now, and where its outputs lead. */
export function DifferenceDetails({ difference, before, after, nameOf }: Props) {
  const { t } = useTranslation("compare");
  const screen = useUiLanguage();
  const reader = useMemo(
    (): ChangeReader => ({ screen, nameOf, t: (key, values) => t(key, values ?? {}) }),
    [screen, nameOf, t],
  );
  const said = saidOf(difference, { before, after }, reader);
  const leads = leadsOf(difference, { before, after }, screen);
  if (said.length + leads.length === 0) return null;
  return (
    <dl className={styles.details}>
      {[...said, ...leads].map(({ label, before: was, after: is }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two settings may be called the same
        <div className={styles.detail} key={`${index} ${label}`}>
          <dt>{label}</dt>
          <dd>
            <ChangedText before={was} after={is} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Documents = { readonly before: FlowDocument; readonly after: FlowDocument };

/** Every change of a difference in words, but for where outputs lead. */
function saidOf(difference: Difference, { before, after }: Documents, reader: ChangeReader): readonly SaidChange[] {
  const nodeIn = ({ nodes }: FlowDocument) => nodes.find(({ id }) => id === difference.node) ?? null;
  const [was, is] = [
    { document: before, node: nodeIn(before) },
    { document: after, node: nodeIn(after) },
  ];
  const value = (change: ValueChange) =>
    difference.node === null
      ? sayFlowChange(change, { before, after }, reader)
      : sayNodeChange(change, was, is, reader);
  return [
    ...difference.values.map(value),
    ...difference.prompts.flatMap((prompt) => sayPromptChange(prompt, reader)),
    ...difference.variables.map(({ id, before: had, after: has }) => ({
      label: reader.t("variable", { name: id }),
      before: had && variableText(had, reader),
      after: has && variableText(has, reader),
    })),
    ...difference.notes.map(({ before: said, after: says }) => ({
      label: reader.t("note"),
      before: said?.text ?? null,
      after: says?.text ?? null,
    })),
    ...difference.groups.map(({ before: had, after: has }) => ({
      label: reader.t("group", { name: (has ?? had)?.title ?? "" }),
      before: had && groupText(had, before, reader),
      after: has && groupText(has, after, reader),
    })),
  ];
}

/** A group by its title and its nodes. */
function groupText(
  { title, nodes }: { readonly title: string; readonly nodes: readonly string[] },
  document: FlowDocument,
  { screen, t }: ChangeReader,
): string {
  const names = nodes.flatMap((id) => {
    const node = document.nodes.find((one) => one.id === id);
    return node ? nodeName(node, screen) : [];
  });
  return t("member", { label: title, value: names.join(", ") });
}

/** Where its outputs led and lead. */
function leadsOf(difference: Difference, { before, after }: Documents, screen: "fr" | "en"): readonly SaidChange[] {
  const nodes = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]));
  const called = (id: string | null) => {
    const node = id === null ? undefined : nodes.get(id);
    return node ? nodeName(node, screen) : id;
  };
  return difference.leads.map((edge) => {
    const node = nodes.get(edge.from);
    const output = node ? outputName(node, edge.output, screen) : edge.output;
    return { label: `${output} →`, before: called(edge.before), after: called(edge.after) };
  });
}

function variableText(
  { type, initial, secret, description }: FlowDocument["variables"][string],
  { t }: ChangeReader,
): string {
  const first = initial === undefined || initial === "" ? null : t("variable.initial", { value: String(initial) });
  return [t(`variable.${type}`), first, secret ? t("variable.secret") : null, description || null]
    .filter((part) => part !== null)
    .join(", ");
}
